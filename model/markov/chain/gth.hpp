// Steady state by elimination that never subtracts: Grassmann, Taksar, Heyman, "Regenerative analysis and steady state
// distributions for Markov chains", Operations Research 33(5), 1985, doi:10.1287/opre.33.5.1107. Every entry keeps its
// relative precision, however small (O'Cinneide, Numerische Mathematik 65, 1993, doi:10.1007/BF01385743).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

// A dense, irreducible chain, eliminated from the last state to the first. Memory: sizeof(Real) n^2 bytes. `long
// double` is some ten times slower and holds where `double` is too short: many states, or probabilities below its
// range.
template <class Real>
class BasicGth {
 public:
  // `order[i]` is the chain's state at position i; the first is never eliminated, so let it be a likely one.
  BasicGth(const Chain& chain, std::span<const StateIndex> order);

  // False when a rate underflowed and nothing below means anything.
  [[nodiscard]] bool fine() const { return fine_; }
  // By position; sums to 1.
  [[nodiscard]] std::vector<double> steady_state() const;
  // Solves sum_j rate(i, j) (T_i - T_j) = b_i for all i but the first, where T is 0. By position; b >= 0.
  [[nodiscard]] std::vector<double> hitting(std::vector<double> b) const;

  // What rounding may have done to a ratio of sums of steady_state(), relative, however near to decomposable the chain
  // is; infinity when something came near the end of the range of numbers. Eliminating k rounds the rates of the states
  // that lead to it, each by a factor 1 + s, |s| <= 4 units. By the Markov chain tree theorem an unscaled probability
  // is a sum of products with one rate of each state, so it moves by at most that many factors (O'Cinneide 1993 has the
  // argument for full matrices); the way back adds a factor a product and a sum.
  [[nodiscard]] double rounding() const;

 private:
  void eliminate();
  [[nodiscard]] std::vector<Real> unscaled() const;
  Real& at(std::size_t i, std::size_t j) { return rate_[i * n_ + j]; }
  [[nodiscard]] Real at(std::size_t i, std::size_t j) const { return rate_[i * n_ + j]; }

  std::size_t n_;
  std::vector<Real> rate_;  // row-major; above the diagonal, divided by the sum of the column's row, after elimination
  std::vector<Real> out_;   // of each state to lower ones, when it was eliminated
  double roundings_ = 0;    // units of last place, as above
  bool fine_ = true, in_range_ = true;
};

extern template class BasicGth<double>;
extern template class BasicGth<long double>;
using Gth = BasicGth<double>;

}  // namespace nines::markov
