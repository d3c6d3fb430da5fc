// A second solver that shares nothing with the first but the process: every unit by itself, one chain of everything,
// Gaussian elimination with pivoting in long double, measures by their definitions, state by state.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"
#include "model/markov/space/explore.hpp"
#include "model/process/process.hpp"

namespace nines::test {

// Everything that takes part, explored as one.
struct Whole {
  process::Process process;
  markov::StateSpace space;
};
std::optional<Whole> explore_naively(const Model& model, std::size_t max_states);

// Nothing when the chain has more than `max_states` states.
std::optional<Answer> solve_naively(const Model& model, std::size_t max_states);

// The same over time: the whole matrix of the chain, squared again and again.
std::optional<std::vector<AtTime>> follow_naively(const Model& model, std::size_t max_states,
                                                  const std::vector<double>& at_h);

}  // namespace nines::test
