// With which orders the fits of laws are solved, and what is said of how far they are to be believed.
#pragma once

#include <functional>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/phase_type/fitted_laws.hpp"
#include "model/markov/solve.hpp"

namespace nines::markov {

// An answer and the laws that have fits in their place, in all blocks.
struct FittedAnswer {
  Answer answer;
  std::vector<FittedLaw> laws;
};

using SolveWith = std::function<tl::expected<FittedAnswer, Refusal>(const SolveOptions&, const Fitting&)>;

// Solves with fits of every law by moments and, unless they are exact, with fits by distribution of two orders, which
// say how far off they are. More stages are taken as long as that is not close and the states stay few. Refuses where
// the fits stay apart.
[[nodiscard]] tl::expected<Answer, Refusal> solve_by_orders(const SolveOptions& options, const SolveWith& solve_with);

}  // namespace nines::markov
