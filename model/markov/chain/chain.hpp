// A finite continuous-time Markov chain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nines::markov {

using StateIndex = std::uint32_t;

// Compressed rows of off-diagonal rates per hour. Each row names a target once; rates are positive; no self-loops.
// The diagonal is never stored: it is minus the sum of the row.
struct Chain {
  std::vector<std::uint64_t> row_begin;  // size() + 1 offsets into target and rate
  std::vector<StateIndex> target;
  std::vector<double> rate;
  StateIndex start = 0;

  [[nodiscard]] std::size_t size() const { return row_begin.empty() ? 0 : row_begin.size() - 1; }
  [[nodiscard]] std::size_t transitions() const { return target.size(); }
};

}  // namespace nines::markov
