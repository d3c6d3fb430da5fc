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
  std::span<const double> start;  // by state
};

struct Estimate {
  double at = 0, mean = 0;                                 // probability at the time, its mean over [0, time]
  double error = std::numeric_limits<double>::infinity();  // relative, of both
};
using Estimates = std::vector<Estimate>;  // by class

}  // namespace nines::markov
