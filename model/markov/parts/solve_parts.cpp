#include "model/markov/parts/solve_parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

SteadyStateOptions steady_options(const SolveOptions& options) {
  SteadyStateOptions steady;
  steady.memory_limit = memory_limit(options);
  return steady;
}

// The states of a block by value, as [begin[v], begin[v + 1]).
struct ByValue {
  std::vector<StateIndex> begin, states;
};

ByValue by_value(const Part& block) {
  ByValue result;
  result.begin.assign(block.values() + 2, 0);
  for (const std::uint32_t value : block.value_of) ++result.begin[value + 2];
  for (std::size_t v = 2; v < result.begin.size(); ++v) result.begin[v] += result.begin[v - 1];
  result.states.resize(block.value_of.size());
  for (StateIndex s = 0; s < result.states.size(); ++s) result.states[result.begin[block.value_of[s] + 1]++] = s;
  return result;
}

// Probabilities of the values and passages between them. The states of one value go together, so that one row of sums
// is enough: sorting all passages took a tenth of a solve.
void add_up(Part& block, const std::vector<double>& p) {
  const Chain& chain = block.space->chain;
  const ByValue grouped = by_value(block);
  const auto values = static_cast<std::uint32_t>(block.values());
  std::vector<long double> flow(values, 0);
  std::vector<std::uint32_t> reached;
  block.variable.probability.resize(values);
  for (std::uint32_t from = 0; from < values; ++from) {
    long double probability = 0;
    for (StateIndex i = grouped.begin[from]; i < grouped.begin[from + 1]; ++i) {
      const StateIndex s = grouped.states[i];
      probability += p[s];
      if (!(p[s] > 0)) continue;
      for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
        const std::uint32_t to = block.value_of[chain.target[t]];
        if (to == from) continue;
        if (flow[to] == 0) reached.push_back(to);
        flow[to] += static_cast<long double>(p[s]) * chain.rate[t];
      }
    }
    block.variable.probability[from] = static_cast<double>(probability);
    std::sort(reached.begin(), reached.end());
    for (const std::uint32_t to : reached) {
      block.variable.flows.push_back({from, to, static_cast<double>(flow[to])});
      flow[to] = 0;
    }
    reached.clear();
  }
}

}  // namespace

// From the likeliest on by ratios.
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
  stock.variable.rising = true;
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

namespace {

// Only the sums over the two matter, so that both need a bound: whatever they weigh, the error is no worse.
tl::expected<void, Refusal> solve_two_values(Part& block, const SolveOptions& options) {
  SteadyStateOptions steady = steady_options(options);
  steady.sum_only = true;
  std::vector<double> reward(block.space->chain.size());
  const std::uint32_t other = 1 - block.value_of[block.space->chain.start];  // mostly the rare one
  for (const std::uint32_t rare : {other, 1 - other}) {
    for (StateIndex s = 0; s < reward.size(); ++s) reward[s] = block.value_of[s] == rare ? 1 : 0;
    const auto solved = steady_state(block.space->chain, reward, steady);
    if (!solved) return tl::unexpected(unsolved(solved.error()));
    long double share = 0;
    for (StateIndex s = 0; s < reward.size(); ++s)
      if (reward[s] > 0) share += solved->probability[s];
    constexpr long double kMost = 0.9L;  // of what is relative to 1 the rest has fewer digits
    if (rare == other && share > kMost && share < 1) continue;
    block.error_bound =
        solved->error_bound * static_cast<double>(std::max(1.0L, share < 1 ? share / (1 - share) : 1.0L));
    add_up(block, solved->probability);
    return {};
  }
  return {};
}

tl::expected<void, Refusal> solve_alone(Part& block, std::span<const double> weight, const SolveOptions& options) {
  if (block.values() == 2) return solve_two_values(block, options);
  const Chain& chain = block.space->chain;
  std::vector<double> reward(chain.size());
  for (StateIndex s = 0; s < reward.size(); ++s) reward[s] = weight[block.value_of[s]];
  const auto steady = steady_state(chain, reward, steady_options(options));
  if (!steady) return tl::unexpected(unsolved(steady.error()));
  block.error_bound = steady->error_bound;

  add_up(block, steady->probability);
  return {};
}

}  // namespace

tl::expected<void, Refusal> solve_block(Parts& parts, std::uint32_t number, std::span<const double> weight,
                                        const SolveOptions& options) {
  Part& block = parts.list[number];
  const auto found = parts.solved.find(parts.like[number]);
  if (found != parts.solved.end() && (block.values() == 2 || std::ranges::equal(found->second.weight, weight))) {
    block.variable = found->second.variable;
    block.error_bound = found->second.error_bound;
    return {};
  }
  if (auto done = solve_alone(block, weight, options); !done) return done;
  if (found == parts.solved.end())
    parts.solved.emplace(parts.like[number],
                         SolvedBlock{{weight.begin(), weight.end()}, block.variable, block.error_bound});
  return {};
}

tl::expected<void, Refusal> solve_stocks(Parts& parts, const SolveOptions& options) {
  for (std::uint32_t number = 0; number < parts.list.size(); ++number) {
    Part& stock = parts.list[number];
    if (stock.is_block) continue;
    if (const Part& first = parts.list[parts.like[number]]; &first != &stock) {
      stock.variable = first.variable;
      stock.error_bound = first.error_bound;
    } else if (auto done = solve_stock(stock, options); !done) {
      return done;
    }
  }
  return {};
}

}  // namespace nines::markov
