#include "model/markov/transient/dense_block.hpp"

#include <algorithm>
#include <cmath>

// Wider vectors where the machine has them, chosen when the program starts. No fused operations, so that all give the
// same bits. Sanitizers start before such choices can be made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__gnu_linux__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NINES_WIDE __attribute__((target_clones("default", "avx2", "avx512f"), optimize("fp-contract=off")))
#else
#define NINES_WIDE
#endif

namespace nines::markov {
namespace {

constexpr std::size_t kPanel = 32, kTile = 96;  // rows of a panel times a tile stay in the nearest cache

// into[j] += sum over four k of share[k] * row[k][j]
NINES_WIDE void add_four(double* __restrict into, const double* share, const double* const* row, std::size_t count) {
  const double s0 = share[0], s1 = share[1], s2 = share[2], s3 = share[3];
  const double *r0 = row[0], *r1 = row[1], *r2 = row[2], *r3 = row[3];
  for (std::size_t j = 0; j < count; ++j) into[j] += (s0 * r0[j] + s1 * r1[j]) + (s2 * r2[j] + s3 * r3[j]);
}

NINES_WIDE void add_one(double* __restrict into, double share, const double* __restrict row, std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) into[j] += share * row[j];
}

NINES_WIDE void add_two_complex(double* __restrict re, double* __restrict im, const double* share_re,
                                const double* share_im, const double* const* row_re, const double* const* row_im,
                                std::size_t count) {
  const double a0 = share_re[0], a1 = share_re[1], b0 = share_im[0], b1 = share_im[1];
  const double *x0 = row_re[0], *x1 = row_re[1], *y0 = row_im[0], *y1 = row_im[1];
  for (std::size_t j = 0; j < count; ++j) {
    re[j] += (a0 * x0[j] - b0 * y0[j]) + (a1 * x1[j] - b1 * y1[j]);
    im[j] += (a0 * y0[j] + b0 * x0[j]) + (a1 * y1[j] + b1 * x1[j]);
  }
}

NINES_WIDE void add_one_complex(double* __restrict re, double* __restrict im, double a, double b,
                                const double* __restrict x, const double* __restrict y, std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) {
    re[j] += a * x[j] - b * y[j];
    im[j] += a * y[j] + b * x[j];
  }
}

}  // namespace

template <class Scalar>
void DenseBlock<Scalar>::clear(std::size_t rows) {
  rows_ = rows;
  stride_ = rows + 1;
  real_.assign(rows * stride_, 0.0);
  if constexpr (kComplex) imaginary_.assign(rows * stride_, 0.0);
}

// Adds to a row, in columns [from, to), the rows [first, last) by the shares that stand in its columns of these
// numbers.
template <class Scalar>
void DenseBlock<Scalar>::update(std::size_t row, std::size_t first, std::size_t last, std::size_t from,
                                std::size_t to) {
  double* re = real_.data() + row * stride_;
  const auto real_row = [&](std::size_t i) { return real_.data() + i * stride_ + from; };
  std::size_t k = first;
  if constexpr (kComplex) {
    double* im = imaginary_.data() + row * stride_;
    const auto imaginary_row = [&](std::size_t i) { return imaginary_.data() + i * stride_ + from; };
    for (; k + 2 <= last; k += 2) {
      const double* x[] = {real_row(k), real_row(k + 1)};
      const double* y[] = {imaginary_row(k), imaginary_row(k + 1)};
      add_two_complex(re + from, im + from, re + k, im + k, x, y, to - from);
    }
    for (; k < last; ++k) add_one_complex(re + from, im + from, re[k], im[k], real_row(k), imaginary_row(k), to - from);
  } else {
    for (; k + 4 <= last; k += 4) {
      const double* x[] = {real_row(k), real_row(k + 1), real_row(k + 2), real_row(k + 3)};
      add_four(re + from, re + k, x, to - from);
    }
    for (; k < last; ++k) add_one(re + from, re[k], real_row(k), to - from);
  }
}

template <class Scalar>
bool DenseBlock<Scalar>::eliminate(std::size_t pivots, Scalar* out) {
  const std::size_t columns = rows_ + 1;
  for (std::size_t begin = 0; begin < pivots; begin += kPanel) {
    const std::size_t end = std::min(pivots, begin + kPanel);
    // Rows of the panel are kept up to date in full, rows below it only where the panel needs them.
    for (std::size_t k = begin; k < end; ++k) {
      Scalar sum = 0;
      for (std::size_t j = k + 1; j < columns; ++j) sum += get(k, j);
      const double size = std::abs(sum);
      if (!(size > 0) || !std::isfinite(size)) return false;
      out[k] = sum;
      const Scalar inverse = 1.0 / sum;
      for (std::size_t i = k + 1; i < rows_; ++i) {
        if constexpr (kComplex) {
          double &re = real_[i * stride_ + k], &im = imaginary_[i * stride_ + k];
          if (re == 0 && im == 0) continue;
          const double a = re, b = im;
          re = a * inverse.real() - b * inverse.imag();
          im = a * inverse.imag() + b * inverse.real();
        } else {
          double& re = real_[i * stride_ + k];
          if (re == 0) continue;
          re *= inverse;
        }
        update(i, k, k + 1, k + 1, i < end ? columns : end);
      }
    }
    for (std::size_t from = end; from < columns; from += kTile)
      for (std::size_t i = end; i < rows_; ++i) update(i, begin, end, from, std::min(columns, from + kTile));
  }
  return true;
}

template class DenseBlock<double>;
template class DenseBlock<std::complex<double>>;

}  // namespace nines::markov
