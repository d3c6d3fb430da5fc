// The part of a chain that one class of states is fed from.
#pragma once

#include <cstdint>
#include <vector>

#include "model/markov/transient/estimate.hpp"

namespace nines::markov {

// What can still reach one class: all else is as good as killed.
struct Feeding {
  Chain chain;
  std::vector<std::uint32_t> class_of;  // 0 in the class, 1 elsewhere
  std::vector<double> start, kill;
  bool killed = false;  // anywhere
};
[[nodiscard]] Feeding feeding(const CourseProblem& problem, std::uint32_t wanted);

}  // namespace nines::markov
