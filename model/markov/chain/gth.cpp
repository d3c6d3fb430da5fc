#include "model/markov/chain/gth.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace nines::markov {
namespace {

constexpr std::size_t kBlock = 48;

template <class Real>
using View = Eigen::Map<Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>, 0, Eigen::OuterStride<>>;

// Between these an entry that is lost to underflow is nothing beside one that is kept.
template <class Real>
constexpr Real kLeastRate = std::is_same_v<Real, double> ? Real(1e-290) : Real(1e-4800L);
template <class Real>
constexpr Real kLeastProbability = std::is_same_v<Real, double> ? Real(1e-250) : Real(1e-2500L);
template <class Real>
constexpr Real kMostProbability = std::is_same_v<Real, double> ? Real(1e20)
                                                               : Real(1e2000L);  // beside the first state's

}  // namespace

template <class Real>
BasicGth<Real>::BasicGth(const Chain& chain, std::span<const StateIndex> order)
    : n_(order.size()), rate_(n_ * n_, Real(0)), out_(n_, Real(0)) {
  std::vector<std::size_t> position(chain.size(), n_);
  for (std::size_t i = 0; i < n_; ++i) position[order[i]] = i;
  for (std::size_t i = 0; i < n_; ++i)
    for (auto t = chain.row_begin[order[i]]; t < chain.row_begin[order[i] + 1]; ++t)
      if (position[chain.target[t]] < n_) at(i, position[chain.target[t]]) += chain.rate[t];
  eliminate();
}

// States go in blocks: within a block one by one, on what lies below it all at once as a matrix product.
template <class Real>
void BasicGth<Real>::eliminate() {
  for (std::size_t end = n_; end > 1;) {
    const std::size_t begin = end > kBlock + 1 ? end - kBlock : 1;
    for (std::size_t k = end; k-- > begin;) {
      long double exact = 0;  // n roundings here would be n^3 in the end
      for (std::size_t j = 0; j < k; ++j) exact += at(k, j);
      const Real sum = static_cast<Real>(exact);
      out_[k] = sum;
      if (!(sum > 0)) {
        fine_ = false;
        return;
      }
      if (sum < kLeastRate<Real>) in_range_ = false;
      std::size_t arrivals = 0;
      for (std::size_t i = 0; i < k; ++i) {
        Real& into = at(i, k);
        if (into == 0) continue;
        ++arrivals;
        if (into < kLeastRate<Real>) in_range_ = false;
        into /= sum;
        const Real share = into;
        // Rows of the block are brought up to date in full, those below only where the block still needs them.
        const std::size_t from = i < begin ? begin : 0;
        Real* row = &rate_[i * n_];
        const Real* eliminated = &rate_[k * n_];
        for (std::size_t j = from; j < k; ++j) row[j] += share * eliminated[j];
      }
      const double summed =
          1 + static_cast<double>(k) * static_cast<double>(std::numeric_limits<long double>::epsilon() /
                                                           std::numeric_limits<Real>::epsilon());
      roundings_ += (static_cast<double>(arrivals) + 1) * (summed + 4);
    }
    const auto low = static_cast<Eigen::Index>(begin), width = static_cast<Eigen::Index>(end - begin);
    const Eigen::OuterStride<> stride(static_cast<Eigen::Index>(n_));
    View<Real> below(rate_.data(), low, low, stride);
    const View<Real> into(rate_.data() + begin, low, width, stride);
    const View<Real> out(rate_.data() + begin * n_, width, low, stride);
    if (begin > 1) below.noalias() += into * out;
    end = begin;
  }
}

template <class Real>
std::vector<Real> BasicGth<Real>::unscaled() const {
  std::vector<Real> p(n_, Real(0));
  p[0] = 1;
  // Row by row, so that memory is walked in order.
  for (std::size_t i = 0; i < n_; ++i)
    for (std::size_t k = i + 1; k < n_; ++k) p[k] += p[i] * at(i, k);
  return p;
}

template <class Real>
std::vector<double> BasicGth<Real>::steady_state() const {
  const auto p = unscaled();
  long double total = 0;
  for (const Real x : p) total += x;
  std::vector<double> scaled(n_);
  for (std::size_t i = 0; i < n_; ++i) scaled[i] = static_cast<double>(p[i] / total);
  return scaled;
}

template <class Real>
double BasicGth<Real>::rounding() const {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (!fine_ || !in_range_) return kInfinity;
  for (const Real x : unscaled())
    if (!(x > kLeastProbability<Real> && x < kMostProbability<Real>)) return kInfinity;
  constexpr double kUnit = static_cast<double>(std::numeric_limits<Real>::epsilon() / 2);
  return std::expm1(2 * roundings_ * kUnit) + 2 * std::numeric_limits<double>::epsilon();
}

template <class Real>
std::vector<double> BasicGth<Real>::hitting(std::vector<double> given) const {
  std::vector<Real> b(given.begin(), given.end());
  for (std::size_t k = n_; k-- > 1;)
    for (std::size_t i = 1; i < k; ++i) b[i] += at(i, k) * b[k];
  std::vector<Real> t(n_, Real(0));
  for (std::size_t k = 1; k < n_; ++k) {
    Real sum = b[k];
    for (std::size_t j = 1; j < k; ++j) sum += at(k, j) * t[j];
    t[k] = sum / out_[k];
  }
  return {t.begin(), t.end()};
}

template class BasicGth<double>;
template class BasicGth<long double>;

}  // namespace nines::markov
