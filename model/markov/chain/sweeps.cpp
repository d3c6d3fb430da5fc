#include "model/markov/chain/sweeps.hpp"

#include <algorithm>
#include <cmath>

namespace nines::markov {

std::vector<StateIndex> backward_order(const Chain& chain, StateIndex start) {
  const std::size_t n = chain.size();
  std::vector<std::uint64_t> begin(n + 2, 0);
  for (const StateIndex to : chain.target) ++begin[to + 2];
  for (std::size_t s = 2; s < begin.size(); ++s) begin[s] += begin[s - 1];
  std::vector<StateIndex> from(chain.transitions());
  for (StateIndex s = 0; s < n; ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) from[begin[chain.target[t] + 1]++] = s;
  std::vector<StateIndex> order{start};
  std::vector<char> seen(n, 0);
  seen[start] = 1;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (auto t = begin[order[i]]; t < begin[order[i] + 1]; ++t) {
      if (seen[from[t]]) continue;
      seen[from[t]] = 1;
      order.push_back(from[t]);
    }
  return order;
}

Sweeps::Sweeps(const Chain& chain, std::span<const StateIndex> order)
    : chain_(chain), position_(chain.size()), order_(order.rbegin(), order.rend()), dwell_(chain.size()) {
  const std::size_t n = chain.size();
  for (StateIndex i = 0; i < n; ++i) position_[order_[i]] = i;
  out_begin_.assign(n + 1, 0);
  in_begin_.assign(n + 2, 0);
  out_to_.resize(chain.transitions());
  out_rate_.resize(chain.transitions());
  for (StateIndex i = 0; i < n; ++i) {
    const StateIndex s = order_[i];
    std::uint64_t at = out_begin_[i];
    double out = 0;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t, ++at) {
      out_to_[at] = position_[chain.target[t]];
      out_rate_[at] = chain.rate[t];
      out += chain.rate[t];
      ++in_begin_[out_to_[at] + 2];
    }
    out_begin_[i + 1] = at;
    dwell_[i] = 1 / out;
  }
  for (std::size_t i = 2; i < in_begin_.size(); ++i) in_begin_[i] += in_begin_[i - 1];
  in_from_.resize(chain.transitions());
  in_rate_.resize(chain.transitions());
  for (StateIndex i = 0; i < n; ++i)
    for (auto t = out_begin_[i]; t < out_begin_[i + 1]; ++t) {
      const std::uint64_t at = in_begin_[out_to_[t] + 1]++;
      in_from_[at] = i;
      in_rate_[at] = out_rate_[t];
    }
}

std::vector<double> Sweeps::begin() const {
  std::vector<double> y(order_.size(), 0.0);
  y.back() = 1;
  return y;
}

double Sweeps::improve(std::vector<double>& y, std::size_t from) const {
  double change = 0;
  const std::size_t n = y.size();
  for (std::size_t i = from; i < n; ++i) {
    // Two sums side by side: one alone waits for each of its additions.
    double even = 0, odd = 0;
    auto t = in_begin_[i];
    for (const auto end = in_begin_[i + 1]; t + 1 < end; t += 2) {
      even += y[in_from_[t]] * in_rate_[t];
      odd += y[in_from_[t + 1]] * in_rate_[t + 1];
    }
    if (t < in_begin_[i + 1]) even += y[in_from_[t]] * in_rate_[t];
    const double sum = (even + odd) * dwell_[i];
    const double difference = std::abs(sum - y[i]);
    if (difference > change * sum) change = difference / sum;
    y[i] = sum;
  }
  // The start is the scale: held at 1, so that nothing overflows or dies away.
  if (!(y.back() > 0)) y.back() = 1;  // what leads back to it is not among the positions swept
  const double scale = 1 / y.back();
  for (std::size_t i = from; i < n; ++i) y[i] *= scale;
  return change;
}

std::vector<double> Sweeps::by_state(const std::vector<double>& y) const {
  long double total = 0;
  for (const double value : y) total += value;
  std::vector<double> p(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) p[order_[i]] = static_cast<double>(y[i] / total);
  return p;
}

double Sweeps::refine(Rough& rough, std::span<const double> f) const {
  const std::size_t n = order_.size();
  auto& time = rough.time;
  auto& gathered = rough.gathered;
  time.resize(n, 0.0);
  gathered.resize(n, 0.0);
  double change = 0, longest = 0;
  for (std::size_t i = n - 1; i-- > 0;) {
    double t = 1, g = f[order_[i]];
    for (auto at = out_begin_[i]; at < out_begin_[i + 1]; ++at) {
      t += out_rate_[at] * time[out_to_[at]];
      g += out_rate_[at] * gathered[out_to_[at]];
    }
    t *= dwell_[i];
    change = std::max(change, std::abs(t - time[i]));
    longest = std::max(longest, t);
    time[i] = t;
    gathered[i] = g * dwell_[i];
  }
  return longest > 0 ? change / longest : 0;
}

Witness Sweeps::witness(const Rough& rough) const {
  const std::size_t n = order_.size();
  Witness result;
  result.reference = order_.back();
  result.to_ref.resize(n);
  result.reward_to_ref.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    result.to_ref[order_[i]] = rough.time[i];
    result.reward_to_ref[order_[i]] = rough.gathered[i];
  }
  return result;
}

}  // namespace nines::markov
