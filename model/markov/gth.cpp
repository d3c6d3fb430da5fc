#include "model/markov/gth.hpp"

#include <Eigen/Core>
#include <algorithm>

namespace nines::markov {
namespace {

constexpr std::size_t kBlock = 48;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<RowMajor, 0, Eigen::OuterStride<>>;

}  // namespace

Gth::Gth(const Chain& chain, std::span<const StateIndex> order) : n_(order.size()), rate_(n_ * n_, 0.0), out_(n_, 0.0) {
  std::vector<std::size_t> position(chain.size(), n_);
  for (std::size_t i = 0; i < n_; ++i) position[order[i]] = i;
  for (std::size_t i = 0; i < n_; ++i)
    for (auto t = chain.row_begin[order[i]]; t < chain.row_begin[order[i] + 1]; ++t)
      if (position[chain.target[t]] < n_) at(i, position[chain.target[t]]) += chain.rate[t];
  eliminate();
}

// States go in blocks: within a block one by one, on what lies below it all at once as a matrix product.
void Gth::eliminate() {
  for (std::size_t end = n_; end > 1;) {
    const std::size_t begin = end > kBlock + 1 ? end - kBlock : 1;
    for (std::size_t k = end; k-- > begin;) {
      double sum = 0;
      for (std::size_t j = 0; j < k; ++j) sum += at(k, j);
      out_[k] = sum;
      if (!(sum > 0)) {
        fine_ = false;
        return;
      }
      for (std::size_t i = 0; i < k; ++i) {
        double& into = at(i, k);
        if (into == 0) continue;
        into /= sum;
        const double share = into;
        // Rows of the block are brought up to date in full, those below only where the block still needs them.
        const std::size_t from = i < begin ? begin : 0;
        double* row = &rate_[i * n_];
        const double* eliminated = &rate_[k * n_];
        for (std::size_t j = from; j < k; ++j) row[j] += share * eliminated[j];
      }
    }
    const auto low = static_cast<Eigen::Index>(begin), width = static_cast<Eigen::Index>(end - begin);
    const Eigen::OuterStride<> stride(static_cast<Eigen::Index>(n_));
    View below(rate_.data(), low, low, stride);
    const View into(rate_.data() + begin, low, width, stride);
    const View out(rate_.data() + begin * n_, width, low, stride);
    if (begin > 1) below.noalias() += into * out;
    end = begin;
  }
}

std::vector<double> Gth::steady_state() const {
  std::vector<double> p(n_, 0.0);
  p[0] = 1;
  // Row by row, so that memory is walked in order.
  for (std::size_t i = 0; i < n_; ++i)
    for (std::size_t k = i + 1; k < n_; ++k) p[k] += p[i] * at(i, k);
  long double total = 0;
  for (const double x : p) total += x;
  for (double& x : p) x = static_cast<double>(x / total);
  return p;
}

std::vector<double> Gth::hitting(std::vector<double> b) const {
  for (std::size_t k = n_; k-- > 1;)
    for (std::size_t i = 1; i < k; ++i) b[i] += at(i, k) * b[k];
  std::vector<double> t(n_, 0.0);
  for (std::size_t k = 1; k < n_; ++k) {
    double sum = b[k];
    for (std::size_t j = 1; j < k; ++j) sum += at(k, j) * t[j];
    t[k] = sum / out_[k];
  }
  return t;
}

}  // namespace nines::markov
