// Probabilities of classes of a chain's states over time, each with full relative precision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain/chain.hpp"
#include "model/markov/chain/steady_state.hpp"

namespace nines::markov {

struct Courses {                          // by class, by time
  std::vector<std::vector<double>> at;    // probability at the time
  std::vector<std::vector<double>> mean;  // its mean over [0, time]
  double error_bound = 0;                 // relative, of every one of these that is above kLeastCourse
};
inline constexpr double kLeastCourse = 1e-280;  // what is rarer may be lost to the range of numbers

struct CourseOptions {
  double wanted_error = 1e-10;                      // relative, of every class however rare
  std::size_t memory_limit = std::size_t{4} << 30;  // bytes beside the chain
  double work_limit = 3e10;                         // multiplications of all: some ten to twenty seconds
  double most_eliminated = 2;  // multiplications of an elimination over those of iteration, which is tried first beyond
};

// `class_of[state]` < `classes`; `start`: the distribution at time 0, by state; `times` > 0, hours, in any order. What
// cannot be reached is exactly 0. Fails when some class at some time does not reach the wanted error, or the limits are
// too narrow, with figures.
[[nodiscard]] tl::expected<Courses, SolveFailure> courses(const Chain& chain, std::span<const std::uint32_t> class_of,
                                                          std::uint32_t classes, std::span<const double> start,
                                                          std::span<const double> times,
                                                          const CourseOptions& options = {});

// The chain stopped in the first `down` state (nonzero = down) it enters. Class 0: not entered by the time, 1: entered;
// each by itself, never as 1 minus the other.
[[nodiscard]] tl::expected<Courses, SolveFailure> first_passage_courses(const Chain& chain, std::span<const char> down,
                                                                        std::span<const double> start,
                                                                        std::span<const double> times,
                                                                        const CourseOptions& options = {});

}  // namespace nines::markov
