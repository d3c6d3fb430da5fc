// Steady state by elimination that never subtracts: Grassmann, Taksar, Heyman, "Regenerative analysis and steady state
// distributions for Markov chains", Operations Research 33(5), 1985, doi:10.1287/opre.33.5.1107. Every entry keeps its
// relative precision, however small (O'Cinneide, Numerische Mathematik 65, 1993, doi:10.1007/BF01385743).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/markov/chain.hpp"

namespace nines::markov {

// A dense, irreducible chain, eliminated from the last state to the first. Memory: 8 n^2 bytes.
class Gth {
 public:
  // `order[i]` is the chain's state at position i; the first is never eliminated, so let it be a likely one.
  Gth(const Chain& chain, std::span<const StateIndex> order);

  // False when a rate underflowed and nothing below means anything.
  [[nodiscard]] bool fine() const { return fine_; }
  // By position; sums to 1.
  [[nodiscard]] std::vector<double> steady_state() const;
  // Solves sum_j rate(i, j) (T_i - T_j) = b_i for all i but the first, where T is 0. By position; b >= 0.
  [[nodiscard]] std::vector<double> hitting(std::vector<double> b) const;

 private:
  void eliminate();
  double& at(std::size_t i, std::size_t j) { return rate_[i * n_ + j]; }
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return rate_[i * n_ + j]; }

  std::size_t n_;
  std::vector<double>
      rate_;                 // row-major; above the diagonal, divided by the sum of the column's row, after elimination
  std::vector<double> out_;  // of each state to lower ones, when it was eliminated
  bool fine_ = true;
};

}  // namespace nines::markov
