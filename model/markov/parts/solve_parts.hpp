// The long run of every part: probabilities and flows of its values.
#pragma once

#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/parts/part.hpp"

namespace nines::markov {

// C(n, j) a^j u^(n-j) for every j, a + u = 1: both tails keep relative precision.
[[nodiscard]] std::vector<double> binomial(std::uint32_t n, double a, double u);

// Solves a stock: its units are independent, so the numbers that work are binomial. The unit's chain has the right
// means whatever the laws, and that is all that matters in the long run (docs/theory.md).
[[nodiscard]] tl::expected<void, Refusal> solve_stock(Part& stock, const SolveOptions& options);
// All of them, those that are equal once.
[[nodiscard]] tl::expected<void, Refusal> solve_stocks(Parts& parts, const SolveOptions& options);

// Solves a block, unless one that is equal to it was. `weight` (by value): how likely the system is down given the
// value; its error is bounded for this.
[[nodiscard]] tl::expected<void, Refusal> solve_block(Parts& parts, std::uint32_t block, std::span<const double> weight,
                                                      const SolveOptions& options);

}  // namespace nines::markov
