// What single variables do to a function, of many variables at once: in a few passes over its diagram, where asking for
// each by itself would take as many.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/structure/weights.hpp"

namespace nines::structure {

// A thing that is up for some values of one variable, and of which a function asks nothing else about that variable.
struct OneVariable {
  std::uint32_t level = 0;
  std::vector<char> up;  // by value; some are, some are not
};

struct OfOneVariable {
  double down_if_up = 0, down_if_down = 0;  // P(not f), given that
  double birnbaum = 0;                      // P(not f if it is down, f if it is up)
};

// By thing, no two of one level. `f` is coherent: what comes up takes nothing down. All are sums of what is not
// negative, but for the third in large diagrams, where it is a sum of differences as long as what they lose is bounded
// by 1e-13 of it.
[[nodiscard]] std::vector<OfOneVariable> weigh_each(Weights& weights, Ref f, std::span<const OneVariable> things);

// True where f is, or would be if some one of the things were up.
[[nodiscard]] Ref up_but_for_one(Diagrams& diagrams, Ref f, std::span<const OneVariable> things);

}  // namespace nines::structure
