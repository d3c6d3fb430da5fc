// A bound on the error of a steady state, not a residual. It needs no spectral gap and no converged adjoint.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

// Upper functions for a chain and a reference state: `to_ref` about the mean time to the reference, `reward_to_ref`
// about the reward gathered on the way; both are 0 there. They need to be rough only.
struct Witness {
  StateIndex reference = 0;
  std::vector<double> to_ref;
  std::vector<double> reward_to_ref;
  // Where there is a factorisation: solves -QX = b off the reference, b >= 0, without subtraction. It turns what is
  // left of the two into a bound state by state, which keeps its meaning for rewards of any rarity.
  std::function<std::vector<double>(std::vector<double> b)> solve = {};
  // Empty, or about the solution of -QG = (out-rate x F), 0 at the reference. What rounding leaves of -QF = f is in
  // that proportion, so it bounds rewards that are too rare for a bound by mean times.
  std::vector<double> spread = {};
};

// The relative error of sum(y f) / sum(y) against the steady state of an irreducible chain, for any y > 0.
//
// With r = -yQ, the exact T (-QT = 1 off the reference) and F (-QF = f off it), sum(yf) misses by r.F and sum(y) by
// r.T when both are scaled alike at the reference. -Q without the reference's row and column is an M-matrix, so
// componentwise bounds of -QT and -QF for the rough ones bound the exact ones (Berman & Plemmons, Nonnegative Matrices
// in the Mathematical Sciences, ch. 6). Infinity when the witness proves nothing. r is computed in long double.
[[nodiscard]] double certify(const Chain& chain, std::span<const double> y, std::span<const double> f,
                             const Witness& witness);

}  // namespace nines::markov
