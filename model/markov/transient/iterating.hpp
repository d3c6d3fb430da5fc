// Rows times (kill - Q)^-1 by iteration, for chains whose elimination fills up.
#pragma once

#include <memory>

#include "model/markov/transient/row_solver.hpp"

namespace nines::markov {

// Solves for y = x / h, h the share of each state in the chain's time up to an exponential one of mean `horizon_h`:
// that is the size of what courses up to then do, however rare the state, so y is of the size of 1 everywhere and what
// a norm says of it holds for every state. h is the long run of the chain that is put back to its start once per
// horizon. By BiCGSTAB (van der Vorst 1992, doi:10.1137/0913035) with an incomplete elimination before it (ILUT, Saad
// 1994, doi:10.1002/nla.1680010405), which is nearly complete here: two or three steps. Then the residual is taken of
// the chain's own rates in long double, and solved for again.
//
// off(): the inverse of kill - Q has no negative entry, so |error| <= |residual| (kill - Q)^-1, which is one more
// solve; a bound but for that solve's own digits.
class Iterating final : public RowSolver {
 public:
  // Of a chain without kills of its own. Keeps references.
  Iterating(const CourseProblem& problem, double horizon_h, std::size_t memory_limit);
  ~Iterating() override;
  Iterating(const Iterating&) = delete;
  Iterating& operator=(const Iterating&) = delete;

  // `kill` > 1 / horizon.
  [[nodiscard]] bool factor(double kill) override;
  [[nodiscard]] bool forward(std::span<const double> source, std::span<double> out) override;
  [[nodiscard]] std::vector<double> off() override;

  // Multiplications of `solves` of them, about.
  [[nodiscard]] static double work(const Chain& chain, double solves) {
    return 120 * solves * static_cast<double>(chain.transitions() + chain.size());
  }

 private:
  class System;
  std::unique_ptr<System> system_;
};

}  // namespace nines::markov
