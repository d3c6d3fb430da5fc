// What the methods for chains over time share.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

// A chain of which every state can be reached from `start`, and has a class.
struct CourseProblem {
  const Chain& chain;
  std::span<const std::uint32_t> class_of;
  std::uint32_t classes;
  std::span<const double> start;      // by state
  std::span<const double> kill = {};  // by state, rates out of the chain for good; empty for none
};

inline constexpr double kUnknown = std::numeric_limits<double>::infinity();

struct Estimate {
  double at = 0, mean = 0;                            // probability at the time, its mean over [0, time]
  double at_error = kUnknown, mean_error = kUnknown;  // relative
  bool ringing = false;                               // as if eigenvalues lay far from the real axis
};
// What an absolute error is of a value that must be positive, the sum of terms of this size. Where the terms are at the
// end of the range of numbers there is nothing to be right or wrong.
[[nodiscard]] inline double relative_error(double value, double error, double size) {
  if (size < 1e-285) return 0;
  return value > 0 ? error / value : kUnknown;
}

using Estimates = std::vector<Estimate>;  // by class

}  // namespace nines::markov
