#include "model/markov/downtime/outages.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/markov/downtime/any_downtime.hpp"
#include "model/markov/downtime/side.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

constexpr double kPoints = 400;  // thetas that are asked for, about

SolveFailure too_much() {
  return {SolveFailure::Kind::memory, "the chain is too large for its downtime in a period"};
}

}  // namespace

tl::expected<OutageStream, SolveFailure> OutageStream::of(const UpDownChain& whole, double period_h,
                                                          double work_limit) {
  const Chain& chain = whole.chain;
  const std::vector<char>& down = whole.down;
  OutageStream result;
  SideOfChain downs = side_of(whole, true);
  result.begins_.assign(downs.states.size(), 0);
  long double per_hour = 0;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    if (down[s]) continue;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      if (!down[chain.target[t]]) continue;
      result.begins_[downs.number[chain.target[t]]] += whole.long_run[s] * chain.rate[t];
      per_hour += static_cast<long double>(whole.long_run[s]) * chain.rate[t];
    }
  }
  result.leaving_ = std::move(downs.leaving);  // or lost
  for (std::size_t i = 0; i < downs.lost.size(); ++i) result.leaving_[i] += downs.lost[i];
  result.downs_ = std::move(downs.chain);
  result.outages_ = static_cast<double>(per_hour) * period_h;
  if (result.outages_ > 0) {
    if (auto failure = result.prepare(work_limit)) return tl::unexpected(std::move(*failure));
  }
  const auto any = any_downtime(whole, period_h, work_limit);
  result.any_ = any ? *any : -std::expm1(-result.outages_);
  const double clumps = -std::log1p(-std::min(result.any_, 1 - 1e-16));
  if (clumps > 0) result.clump_ = std::max(1.0, result.outages_ / clumps);
  return result;
}

std::optional<SolveFailure> OutageStream::prepare(double work_limit) {
  const std::size_t n = leaving_.size();
  const double begins = std::accumulate(begins_.begin(), begins_.end(), 0.0);
  for (double& b : begins_) b /= begins;
  if (Triangle::work(n) <= work_limit) {
    std::vector<Complex> matrix(n * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      matrix[i * n + i] = leaving_[i];
      for (auto t = downs_.row_begin[i]; t < downs_.row_begin[i + 1]; ++t) {
        matrix[i * n + i] += downs_.rate[t];
        matrix[i * n + downs_.target[t]] -= downs_.rate[t];
      }
    }
    const std::vector<Complex> left(begins_.begin(), begins_.end()), right(n, 1);
    dense_ = Triangle::of(std::move(matrix), left, right);
    if (dense_) return std::nullopt;
  }
  auto resolvent = Resolvent::of(downs_, {});
  if (!resolvent) return resolvent.error();
  if (4 * kPoints * resolvent->fronts().multiplications > work_limit) return too_much();
  fronts_ = std::make_shared<const Fronts>(resolvent->fronts());
  return std::nullopt;
}

// Of an outage: the transform of P(longer than t).
std::vector<Complex> OutageStream::lasting(std::span<const Complex> thetas) const {
  if (dense_) return (*dense_)(thetas);
  std::vector<Complex> result(thetas.size(), Complex(NAN, NAN));
  Resolvent resolvent(fronts_);
  std::vector<Complex> kill(leaving_.size()), row(leaving_.size());
  for (std::size_t k = 0; k < thetas.size(); ++k) {
    for (std::size_t i = 0; i < kill.size(); ++i) {
      kill[i] = thetas[k] + leaving_[i];
      row[i] = begins_[i];
    }
    if (!resolvent.factor(kill)) continue;
    resolvent.forward(row, row);
    result[k] = std::accumulate(row.begin(), row.end(), Complex(0));
  }
  return result;
}

std::vector<Complex> OutageStream::operator()(std::span<const Complex> thetas) const {
  if (!(outages_ > 0)) return std::vector<Complex>(thetas.size(), 0);
  std::vector<Complex> result = lasting(thetas);
  const double last = 1 / clump_;  // the probability that an outage ends its clump
  for (std::size_t k = 0; k < thetas.size(); ++k) {
    const Complex one_less = thetas[k] * result[k];  // 1 - E[exp(-theta length)]
    const Complex exponent = outages_ * last * (one_less / (last + (1 - last) * one_less));
    result[k] = 2.0 * std::exp(-exponent / 2.0) * std::sinh(exponent / 2.0);  // 1 - exp(-exponent), with its digits
  }
  return result;
}

}  // namespace nines::markov
