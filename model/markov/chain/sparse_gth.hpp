// Elimination without subtraction on a sparse chain, in an order that keeps it sparse: for chains on which sweeps do
// not settle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

struct SparseResult {
  std::vector<double> probability;  // by state, sums to 1
  double rounding = 0;              // of a ratio of sums of it, relative: see BasicGth::rounding()
  // Solves sum_j rate(i, j) (T_i - T_j) = b_i for all states but the start, where T is 0; b >= 0.
  std::function<std::vector<double>(std::vector<double> b)> hitting;
};

inline constexpr std::uint64_t kMostElimination = 800'000'000;  // entries read or written: some ten seconds

// Irreducible chains, in long double. Memory: some 72 bytes an entry. Nothing when the fill passes `entry_limit`
// entries, the work `work_limit`, or a rate underflows.
[[nodiscard]] std::optional<SparseResult> sparse_gth(const Chain& chain, std::size_t entry_limit,
                                                     std::uint64_t work_limit = kMostElimination);

}  // namespace nines::markov
