#include "model/markov/trajectory/cluster_states.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

constexpr std::size_t kFewStates = 64;  // so many are all kept
constexpr double kShareLeftOut = 1e-5;  // of the time that some group is down, given what is shared

void look(const std::vector<StateIndex>& shared_state, ClusterStates& c) {
  std::map<std::pair<StateIndex, std::uint32_t>, std::uint32_t> number;
  for (StateIndex s = 0; s < shared_state.size(); ++s) number.try_emplace({shared_state[s], c.part->value_of[s]}, 0);
  for (auto& [pair, at] : number) {
    at = static_cast<std::uint32_t>(c.seen.size());
    c.seen.push_back({pair.first, pair.second});
    c.given[pair.first].values.push_back(pair.second);
  }
  for (StateIndex s = 0; s < shared_state.size(); ++s)
    c.seen_of.push_back(number.at({shared_state[s], c.part->value_of[s]}));
  c.in_all.probability.assign(c.seen.size(), 0.0);
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> flows;
  const Chain& chain = c.part->space->chain;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    c.in_all.probability[c.seen_of[s]] += c.probability[s];
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
      if (const auto to = c.seen_of[chain.target[t]]; to != c.seen_of[s])
        flows[{c.seen_of[s], to}] += c.probability[s] * chain.rate[t];
  }
  for (const auto& [pair, flow] : flows)
    if (flow > 0) c.in_all.flows.push_back({pair.first, pair.second, flow});
}

// States that together take a small share of the time in which any one of its groups is down are left out.
void keep_states(const std::vector<std::size_t>& own, ClusterStates& c) {
  std::vector<std::vector<StateIndex>> in(c.given.size());
  for (StateIndex s = 0; s < c.probability.size(); ++s) in[c.shared_of(s)].push_back(s);
  c.place.assign(c.probability.size(), kNoPart);
  for (StateIndex z = 0; z < in.size(); ++z) {
    auto& states = in[z];
    double all = 0;
    for (const StateIndex s : states) all += c.probability[s];
    double least = all;
    for (const std::size_t member : own) {
      double down = 0;
      for (const StateIndex s : states)
        if (!c.part->sights[c.part->value_of[s]].up[member]) down += c.probability[s];
      if (down > 0) least = std::min(least, down);
    }
    std::sort(states.begin(), states.end(), [&](StateIndex a, StateIndex b) {
      return c.probability[a] != c.probability[b] ? c.probability[a] > c.probability[b] : a < b;
    });
    double left_out = 0;
    while (states.size() > kFewStates && left_out + c.probability[states.back()] <= kShareLeftOut * least) {
      left_out += c.probability[states.back()];
      states.pop_back();
    }
    std::sort(states.begin(), states.end());
    for (std::uint32_t i = 0; i < states.size(); ++i) c.place[states[i]] = i;
    c.given[z].states = std::move(states);
  }
}

// Moves from one state of what is shared to another carry the states of the cluster along, weighed by how often.
void start_after_moves(const SharedStates& shared, ClusterStates& c) {
  const Chain& chain = c.part->space->chain;
  for (StateIndex z = 0; z < c.given.size(); ++z)
    c.given[z].start.assign(shared.before[z].size() * c.given[z].states.size(), 0.0);
  for (StateIndex s = 0; s < chain.size(); ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const StateIndex from = c.shared_of(s), to = c.shared_of(chain.target[t]);
      const std::uint32_t place = c.place[chain.target[t]];
      if (from == to || place == kNoPart) continue;
      const auto& before = shared.before[to];
      const auto row = static_cast<std::size_t>(std::lower_bound(before.begin(), before.end(), from) - before.begin());
      c.given[to].start[row * c.given[to].states.size() + place] += c.probability[s] * chain.rate[t];
    }
  for (auto& given : c.given) {
    const std::size_t n = given.states.size();
    for (std::size_t row = 0; row * n < given.start.size(); ++row) {
      const auto begin = given.start.begin() + static_cast<std::ptrdiff_t>(row * n);
      const double sum = std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(n), 0.0);
      if (sum > 0) std::for_each(begin, begin + static_cast<std::ptrdiff_t>(n), [&](double& x) { x /= sum; });
    }
  }
}

}  // namespace

tl::expected<ClusterStates, Refusal> cluster_states(const SharedStates& shared, const Part& part,
                                                    const std::vector<std::size_t>& own, const SolveOptions& options) {
  ClusterStates c;
  c.part = &part;
  const Chain& chain = part.space->chain;
  SteadyStateOptions steady;
  steady.memory_limit = memory_limit(options);
  std::vector<double> reward(chain.size());
  for (StateIndex s = 0; s < chain.size(); ++s) {
    const auto& up = part.sights[part.value_of[s]].up;
    reward[s] = std::any_of(own.begin(), own.end(), [&](std::size_t member) { return !up[member]; }) ? 1 : 0;
  }
  auto solved = steady_state(chain, reward, steady);
  if (!solved) return tl::unexpected(unsolved(solved.error()));
  c.error_bound = solved->error_bound;
  c.probability = std::move(solved->probability);
  c.given.resize(shared.size());
  look(part.shared_state, c);
  keep_states(own, c);
  start_after_moves(shared, c);
  return c;
}

ClusterStates alone(const SharedStates& shared, const Part& part) {
  ClusterStates c;
  c.part = &part;
  c.probability = shared.probability;
  c.given.resize(shared.size());
  std::vector<StateIndex> itself(shared.size());
  std::iota(itself.begin(), itself.end(), 0u);
  look(itself, c);
  keep_states({}, c);
  start_after_moves(shared, c);
  return c;
}

}  // namespace nines::markov
