// Elimination without subtraction in one dense block of rates, real or complex.
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace nines::markov {

// Row i holds rates from i to the block's states and, in the last column, out of the chain (the kill). The diagonal
// means nothing. Complex numbers are kept as two planes, which vectorises; the order of operations, and so every bit of
// the result, is the same whatever the width of the vectors.
template <class Scalar>
class DenseBlock {
 public:
  static constexpr bool kComplex = !std::is_same_v<Scalar, double>;

  void clear(std::size_t rows);  // all 0, rows x (rows + 1)
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] Scalar get(std::size_t i, std::size_t j) const {
    if constexpr (kComplex)
      return {real_[i * stride_ + j], imaginary_[i * stride_ + j]};
    else
      return real_[i * stride_ + j];
  }
  void add(std::size_t i, std::size_t j, Scalar x) {
    if constexpr (kComplex) {
      real_[i * stride_ + j] += x.real();
      imaginary_[i * stride_ + j] += x.imag();
    } else {
      real_[i * stride_ + j] += x;
    }
  }

  // Eliminates the first `pivots` states (Grassmann, Taksar, Heyman 1985, with a kill). Then row k < pivots holds right
  // of its diagonal the rates out of state k when it went, column k below the diagonal the shares, rate / d_k, that the
  // later states had in it; `out`[k] = d_k, the sum of the row with its kill. False where a d_k is 0 or not finite.
  [[nodiscard]] bool eliminate(std::size_t pivots, Scalar* out);

 private:
  void update(std::size_t row, std::size_t first, std::size_t last, std::size_t from, std::size_t to);

  std::size_t rows_ = 0, stride_ = 0;
  std::vector<double> real_, imaginary_;
};

extern template class DenseBlock<double>;
extern template class DenseBlock<std::complex<double>>;

}  // namespace nines::markov
