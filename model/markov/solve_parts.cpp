#include "model/markov/solve_parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "model/markov/refusals.hpp"
#include "model/markov/steady_state.hpp"

namespace nines::markov {
namespace {

SteadyStateOptions steady_options(const SolveOptions& options) {
  SteadyStateOptions steady;
  steady.memory_limit = memory_limit(options);
  return steady;
}

// C(n, j) a^j u^(n-j) for every j, from the likeliest on by ratios, so that both tails keep relative precision.
std::vector<double> binomial(std::uint32_t n, double a, double u) {
  std::vector<double> p(n + std::size_t{1}, 0.0);
  if (a <= 0 || u <= 0) {
    p[a <= 0 ? 0 : n] = 1;
    return p;
  }
  const auto peak = std::min(n, static_cast<std::uint32_t>((n + 1.0) * a));
  std::vector<long double> w(p.size());
  w[peak] = 1;
  const long double odds = static_cast<long double>(a) / u;
  for (std::uint32_t j = peak; j < n; ++j) w[j + 1] = w[j] * odds * (n - j) / (j + 1);
  for (std::uint32_t j = peak; j > 0; --j) w[j - 1] = w[j] / odds * j / (n - j + 1);
  long double total = 0;
  for (const long double x : w) total += x;
  for (std::size_t j = 0; j < p.size(); ++j) p[j] = static_cast<double>(w[j] / total);
  return p;
}

}  // namespace

tl::expected<void, Refusal> solve_stock(Part& stock, const SolveOptions& options) {
  const StateSpace& unit = *stock.unit_space;
  const auto works = [&](StateIndex s) { return unit.state(s)[0] == 0; };
  std::vector<double> failed(unit.chain.size());
  for (StateIndex s = 0; s < failed.size(); ++s) failed[s] = works(s) ? 0 : 1;
  const auto steady = steady_state(unit.chain, failed, steady_options(options));
  if (!steady) return tl::unexpected(unsolved(steady.error()));
  long double a = 0, u = 0, failures = 0;
  for (StateIndex s = 0; s < failed.size(); ++s) {
    (works(s) ? a : u) += steady->probability[s];
    if (!works(s)) continue;
    for (auto t = unit.chain.row_begin[s]; t < unit.chain.row_begin[s + 1]; ++t)
      if (!works(unit.chain.target[t]))
        failures += static_cast<long double>(steady->probability[s]) * unit.chain.rate[t];
  }
  stock.error_bound = steady->error_bound * stock.units;
  const std::uint32_t n = stock.units;
  stock.variable.probability = binomial(n, static_cast<double>(a), static_cast<double>(u));
  if (a <= 0) return {};
  const double rate = static_cast<double>(failures / a);  // of a working unit
  for (std::uint32_t j = n; j > 0; --j) {
    const double flow = stock.variable.probability[j] * j * rate;  // as many pass back, in the long run
    if (flow <= 0) continue;
    stock.variable.flows.push_back({j, j - 1, flow});
    stock.variable.flows.push_back({j - 1, j, flow});
  }
  return {};
}

tl::expected<void, Refusal> solve_block(Part& block, std::span<const double> weight, const SolveOptions& options) {
  const Chain& chain = block.space->chain;
  std::vector<double> reward(chain.size());
  for (StateIndex s = 0; s < reward.size(); ++s) reward[s] = weight[block.value_of[s]];
  const auto steady = steady_state(chain, reward, steady_options(options));
  if (!steady) return tl::unexpected(unsolved(steady.error()));
  block.error_bound = steady->error_bound;

  std::vector<long double> probability(block.values(), 0);
  std::vector<std::pair<std::uint64_t, long double>> passages;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    const double p = steady->probability[s];
    const std::uint64_t from = block.value_of[s];
    probability[from] += p;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const std::uint64_t to = block.value_of[chain.target[t]];
      if (to != from && p > 0) passages.emplace_back(from << 32 | to, static_cast<long double>(p) * chain.rate[t]);
    }
  }
  block.variable.probability.assign(probability.begin(), probability.end());
  std::sort(passages.begin(), passages.end());
  for (std::size_t i = 0; i < passages.size();) {
    const std::uint64_t key = passages[i].first;
    long double sum = 0;
    for (; i < passages.size() && passages[i].first == key; ++i) sum += passages[i].second;
    block.variable.flows.push_back(
        {static_cast<std::uint32_t>(key >> 32), static_cast<std::uint32_t>(key), static_cast<double>(sum)});
  }
  return {};
}

}  // namespace nines::markov
