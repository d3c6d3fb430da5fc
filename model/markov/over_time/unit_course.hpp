// One unit by itself from new on, where there is a closed form.
#pragma once

#include <vector>

#include "model/description/model.hpp"
#include "model/markov/parts/part.hpp"

namespace nines::markov {

// A probability and what is left to 1; neither is got from the other.
struct UpDown {
  double up = 1, down = 0;
};

// How the units of a stock are followed over time.
enum class UnitCourse {
  for_good,  // whatever fails is never repaired: the law of the first failure is all there is
  chain,     // all times are exponential, or taken as such and said to be approximate
  renewal,   // as new whenever it works again: one mode of failure, or several without a memory
  unknown    // the age of some mode outlasts repairs of others
};
[[nodiscard]] UnitCourse course_of(const Model& model, const Part& stock);

// That none of its modes has failed yet. Of units that are never repaired: that it is up.
[[nodiscard]] UpDown unfailed(const Unit& unit, double hours);
// Where that jumps or bends.
[[nodiscard]] std::vector<double> bends_of(const Unit& unit);
// All of `count` such, independent.
[[nodiscard]] UpDown all_of(UpDown one, std::uint32_t count);
// Two things, independent, that must both be.
[[nodiscard]] UpDown both(UpDown a, UpDown b);

}  // namespace nines::markov
