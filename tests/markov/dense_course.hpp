// Chains over time by squaring dense matrices in long double, for tests: slow, plain, and without subtraction.
#pragma once

#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::test {

struct DenseCourse {
  std::vector<double> times;                           // each twice the one before
  std::vector<std::vector<std::vector<double>>> at;    // by time, by state at the start, by state then
  std::vector<std::vector<std::vector<double>>> mean;  // over [0, time]
};

// From a time at which hardly anything has happened, over as many doublings as it takes to reach `last` hours. P(2h) =
// P(h) P(h), mean(2h) = (mean(h) + P(h) mean(h)) / 2; rows are made to sum to 1 each time, so that what rounds in a
// state's stay, close to 1, does not grow.
[[nodiscard]] DenseCourse dense_course(const markov::Chain& chain, double last);

}  // namespace nines::test
