// Modules joined, each seen twice: as it is, and as it would be under some other condition.
#pragma once

#include <optional>
#include <span>

#include "model/description/expression.hpp"

namespace nines::structure {

// Whether one thing is up at a first and at a second look. The four sum to 1; none is got by subtraction.
struct Pair {
  double both = 0, first = 0, second = 0, neither = 0;  // up at both looks, at the first alone, at the second alone
  [[nodiscard]] double up_first() const { return both + first; }
};

// `expression` names module i at most once; empty: always up. Nothing where a vote is too large for operands of which
// some are up at the first look alone and others at the second alone; any other vote costs as in join().
[[nodiscard]] std::optional<Pair> join_pairs(const Expression& expression, std::span<const Pair> modules);

}  // namespace nines::structure
