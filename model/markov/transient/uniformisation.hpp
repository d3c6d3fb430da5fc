// Chains over time as a Poisson number of steps (Jensen 1953, doi:10.1080/03461238.1953.10419459): every term is
// non-negative, so everything has full relative precision; the work is the number of jumps of the fastest state.
#pragma once

#include <span>
#include <vector>

#include "model/markov/transient/estimate.hpp"

namespace nines::markov {

struct UniformisationCost {
  double steps;
  double multiplications;  // of the steps, which several times share
  double of_sums;          // the same of what each time has to itself
  double error;            // relative, of rounding
};
// For times up to this one, in hours. Memory: some 50 bytes a step of each time.
[[nodiscard]] UniformisationCost uniformisation_cost(const CourseProblem& problem, double time);

// By time. The Poisson tail is cut where what is left out, even if all of it were in one class, is below 1e-13 of
// that class.
[[nodiscard]] std::vector<Estimates> uniformisation(const CourseProblem& problem, std::span<const double> times);

}  // namespace nines::markov
