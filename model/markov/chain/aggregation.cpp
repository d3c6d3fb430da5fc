#include "model/markov/chain/aggregation.hpp"

#include <cmath>
#include <numeric>
namespace nines::markov {

Aggregation::Aggregation(const Sweeps& sweeps) : sweeps_(sweeps) {
  const auto out = sweeps.outgoing();
  const std::size_t n = sweeps.order().size();
  constexpr std::uint32_t kNew = UINT32_MAX, kOpen = UINT32_MAX - 1;
  std::vector<StateIndex> next(n);
  for (std::size_t i = 0; i < n; ++i) {
    auto fastest = out.begin[i];
    for (auto t = out.begin[i]; t < out.begin[i + 1]; ++t)
      if (out.rate[t] > out.rate[fastest]) fastest = t;
    next[i] = out.to[fastest];
  }
  home_.assign(n, kNew);
  home_[n - 1] = 0;  // the start, the reference of T and F, stays by itself
  homes_ = 2;        // home 1 is all that leads to it
  std::vector<std::size_t> path;
  for (std::size_t from = n; from-- > 0;) {
    path.clear();
    std::size_t at = from;
    while (home_[at] == kNew) {
      home_[at] = kOpen;
      path.push_back(at);
      at = next[at];
    }
    std::uint32_t home = home_[at];
    if (home == kOpen) home = static_cast<std::uint32_t>(homes_++);
    if (home == 0) home = 1;
    for (const std::size_t i : path) home_[i] = home;
  }
  if (!useful()) return;
  for (StateIndex i = 0; i < n; ++i)
    for (auto t = out.begin[i]; t < out.begin[i + 1]; ++t)
      if (home_[out.to[t]] != home_[i]) crossings_.push_back({i, home_[out.to[t]], out.rate[t]});
}

Chain Aggregation::chain_between(std::span<const double> y, std::vector<double>& mass) const {
  std::vector<double> flow(homes_ * homes_, 0.0);
  mass.assign(homes_, 0.0);
  for (std::size_t i = 0; i < y.size(); ++i) mass[home_[i]] += y[i];
  for (const Crossing& c : crossings_) flow[home_[c.from] * homes_ + c.to_home] += y[c.from] * c.rate;
  Chain chain;
  chain.row_begin.push_back(0);
  for (std::size_t a = 0; a < homes_; ++a) {
    for (std::size_t b = 0; b < homes_; ++b) {
      const double passing = flow[a * homes_ + b];
      if (a == b || passing <= 0 || mass[a] <= 0) continue;
      chain.target.push_back(static_cast<StateIndex>(b));
      chain.rate.push_back(passing / mass[a]);
    }
    chain.row_begin.push_back(chain.target.size());
  }
  return chain;
}

Aggregation::Coarse Aggregation::coarse(const std::vector<double>& y) const {
  Coarse result;
  result.aggregation = this;
  result.y = y;
  if (!useful()) return result;
  const Chain chain = chain_between(y, result.mass);
  for (const double m : result.mass)
    if (!(m > 0)) return result;  // not everything has been reached yet
  std::vector<StateIndex> order(homes_);
  std::iota(order.begin(), order.end(), StateIndex{0});
  Gth gth(chain, order);
  if (gth.fine()) result.gth = std::move(gth);
  return result;
}

void Aggregation::rescale(std::vector<double>& y) const {
  const Coarse between = coarse(y);
  if (!between.gth) return;
  const auto p = between.gth->steady_state();
  std::vector<double> scale(homes_);
  for (std::size_t h = 0; h < homes_; ++h) scale[h] = p[h] / between.mass[h];
  for (std::size_t i = 0; i < y.size(); ++i) y[i] *= scale[home_[i]];
}

void Aggregation::Coarse::correct(Sweeps::Rough& rough, std::span<const double> f) const {
  if (!gth) return;
  const auto& home = aggregation->home_;
  const std::size_t homes = aggregation->homes_;
  const auto out = aggregation->sweeps_.outgoing();
  const auto order = aggregation->sweeps_.order();
  // The elimination takes what is not negative, so what is missing and what is too much go apart.
  std::vector<double> missing_t(homes, 0.0), excess_t(homes, 0.0), missing_f(homes, 0.0), excess_f(homes, 0.0);
  std::vector<double> rest_t(homes, 0.0), rest_f(homes, 0.0);
  for (std::size_t i = 0; i + 1 < y.size(); ++i) {
    double t = 1, g = f[order[i]];
    for (auto at = out.begin[i]; at < out.begin[i + 1]; ++at) {
      t -= out.rate[at] * (rough.time[i] - rough.time[out.to[at]]);
      g -= out.rate[at] * (rough.gathered[i] - rough.gathered[out.to[at]]);
    }
    rest_t[home[i]] += y[i] * t;
    rest_f[home[i]] += y[i] * g;
  }
  for (std::size_t h = 1; h < homes; ++h) {
    (rest_t[h] > 0 ? missing_t : excess_t)[h] = std::abs(rest_t[h]) / mass[h];
    (rest_f[h] > 0 ? missing_f : excess_f)[h] = std::abs(rest_f[h]) / mass[h];
  }
  const auto more_t = gth->hitting(missing_t), less_t = gth->hitting(excess_t);
  const auto more_f = gth->hitting(missing_f), less_f = gth->hitting(excess_f);
  for (std::size_t i = 0; i + 1 < y.size(); ++i) {
    rough.time[i] += more_t[home[i]] - less_t[home[i]];
    rough.gathered[i] += more_f[home[i]] - less_f[home[i]];
  }
}

}  // namespace nines::markov
