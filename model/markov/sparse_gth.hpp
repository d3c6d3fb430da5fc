// Elimination without subtraction on a sparse chain, in an order that keeps it sparse: for chains on which sweeps do
// not settle.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/markov/chain.hpp"

namespace nines::markov {

struct SparseResult {
  std::vector<double> probability;    // by state, sums to 1
  std::vector<double> to_ref;         // mean time to the start
  std::vector<double> reward_to_ref;  // reward gathered on the way
};

// Irreducible chains. Nothing when the fill passes `entry_limit` entries, the work some ten
// seconds, or a rate underflows.
[[nodiscard]] std::optional<SparseResult> sparse_gth(const Chain& chain, const std::vector<double>& reward,
                                                     std::size_t entry_limit);

}  // namespace nines::markov
