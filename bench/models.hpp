// Models of a size that a benchmark chooses.
#pragma once

#include "model/description/model.hpp"
#include "model/markov/explore.hpp"

namespace nines::bench {

// Failover pairs with every timing key over two zones: 17 states a pair while both zones are up.
[[nodiscard]] Model pairs_over_two_zones(int pairs);
// One block of all that takes part, explored.
[[nodiscard]] markov::StateSpace explored(const Model& model);

}  // namespace nines::bench
