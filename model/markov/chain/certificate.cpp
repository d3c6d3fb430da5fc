#include "model/markov/chain/certificate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace nines::markov {

double certify(const Chain& chain, std::span<const double> y, std::span<const double> f, const Witness& witness) {
  constexpr double kNothing = std::numeric_limits<double>::infinity();
  constexpr double kRounding = 1e-14;
  const std::size_t n = chain.size();
  const auto& time = witness.to_ref;
  const auto& gathered = witness.reward_to_ref;

  std::vector<long double> residual(n, 0);           // -yQ
  std::vector<double> passing(n, 0.0);               // y times the out-rate, of which the residual is a difference
  std::vector<std::uint32_t> arrivals(n, 0);         // terms of the residual's sum
  std::vector<double> left_of_time, left_of_reward;  // |1 + QT|, |f + QF|, off the reference
  if (witness.solve) {
    left_of_time.assign(n, 0.0);
    left_of_reward.assign(n, 0.0);
  }
  constexpr long double kUnit = std::numeric_limits<long double>::epsilon() / 2;
  const auto& spread = witness.spread;
  long double least = kNothing, most = 0, eta = 0;
  long double in_spread = spread.empty() ? kNothing : 0;  // |f + QF| <= in_spread (-Q spread)
  long double reward = 0, total = 0, largest_f = 0;
  for (StateIndex s = 0; s < n; ++s) {
    long double out = 0, drift = 0, gain = 0, wide = 0;  // (-Q T)_s, (-Q F)_s, (-Q G)_s
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const StateIndex to = chain.target[t];
      const long double rate = chain.rate[t];
      out += rate;
      drift += rate * (static_cast<long double>(time[s]) - time[to]);
      gain += rate * (static_cast<long double>(gathered[s]) - gathered[to]);
      if (!spread.empty()) wide += rate * (static_cast<long double>(spread[s]) - spread[to]);
      residual[to] -= static_cast<long double>(y[s]) * rate;
      ++arrivals[to];
    }
    passing[s] = static_cast<double>(y[s] * out);
    residual[s] += static_cast<long double>(y[s]) * out;
    reward += static_cast<long double>(y[s]) * f[s];
    total += y[s];
    largest_f = std::max(largest_f, static_cast<long double>(f[s]));
    if (s == witness.reference) continue;
    least = std::min(least, drift);
    most = std::max(most, drift);
    eta = std::max(eta, std::abs(gain - f[s]));
    if (!spread.empty()) {
      // Each sum of differences is rounded beside the sum of its terms, which is at most out x own + (that - the sum).
      const auto terms = static_cast<long double>(chain.row_begin[s + 1] - chain.row_begin[s] + 4);
      const long double missing = std::abs(gain - f[s]) + 2 * terms * kUnit * (2 * out * gathered[s] + std::abs(gain));
      const long double room = wide - 2 * terms * kUnit * (2 * out * spread[s] + std::abs(wide));
      in_spread = missing == 0 ? in_spread : room > 0 ? std::max(in_spread, missing / room) : kNothing;
    }
    if (witness.solve) {
      constexpr long double kLast = 4e-19L;  // what the sums above round
      left_of_time[s] = static_cast<double>(std::abs(drift - 1) + kLast * out * time[s]);
      left_of_reward[s] = static_cast<double>(std::abs(gain - f[s]) + kLast * out * gathered[s]);
    }
  }
  if (n == 1) return kRounding;
  if (reward <= 0) return largest_f > 0 ? kNothing : kRounding;
  long double signed_reward = 0, signed_time = 0, lost_reward = 0, lost_time = 0;
  for (StateIndex s = 0; s < n; ++s) {
    signed_reward += residual[s] * gathered[s];
    signed_time += residual[s] * time[s];
    // What the residual and these sums may have lost: in a chain that is nearly decomposable it is not little.
    const auto terms = static_cast<long double>(arrivals[s] + (chain.row_begin[s + 1] - chain.row_begin[s]) + 4);
    const long double size = std::abs(residual[s]);
    const long double noise = kUnit * (2 * terms * (passing[s] + size) + static_cast<long double>(n) * size);
    lost_reward += noise * gathered[s];
    lost_time += noise * time[s];
    residual[s] = size + noise;  // from here on its size only
  }
  long double missed_reward = 0, missed_time = 0;
  if (witness.solve) {
    constexpr long double kSolved = 1.01L;  // the solver keeps relative precision, state by state
    const auto reward_off = witness.solve(std::move(left_of_reward)), time_off = witness.solve(std::move(left_of_time));
    for (StateIndex s = 0; s < n; ++s) {
      missed_reward += kSolved * residual[s] * reward_off[s];
      missed_time += kSolved * residual[s] * time_off[s];
    }
  } else {
    if (!(least > 0)) return kNothing;
    const long double delta = std::max(std::abs(most - 1), std::abs(1 - least));
    long double absolute_time = 0;
    for (StateIndex s = 0; s < n; ++s) absolute_time += residual[s] * time[s];
    missed_reward = eta / least * absolute_time;
    if (!spread.empty() && std::isfinite(in_spread)) {
      long double absolute_spread = 0;
      for (StateIndex s = 0; s < n; ++s) absolute_spread += residual[s] * spread[s];
      missed_reward = std::min(missed_reward, in_spread * absolute_spread);
    }
    missed_time = delta / least * absolute_time;
  }
  // Relative to the sums of y; what is asked for is relative to the exact ones.
  const long double of_reward = (std::abs(signed_reward) + lost_reward + missed_reward) / reward;
  const long double of_total = (std::abs(signed_time) + lost_time + missed_time) / total;
  if (!(of_reward < 1)) return kNothing;
  const long double bound = (of_reward + of_total) / (1 - of_reward);
  return std::isfinite(bound) ? static_cast<double>(bound) + kRounding : kNothing;
}

}  // namespace nines::markov
