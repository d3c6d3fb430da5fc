#include "tests/markov/chains.hpp"

#include <array>

namespace nines::test {

using markov::Chain;
using markov::StateIndex;

Chain chain_of(std::size_t states, const std::vector<Transition>& transitions, StateIndex start) {
  std::vector<std::map<StateIndex, double>> rows(states);
  for (const auto& [from, to, rate] : transitions) rows[from][to] += rate;
  Chain chain;
  chain.start = start;
  chain.row_begin.push_back(0);
  for (const auto& row : rows) {
    for (const auto& [to, rate] : row) {
      chain.target.push_back(to);
      chain.rate.push_back(rate);
    }
    chain.row_begin.push_back(chain.target.size());
  }
  return chain;
}

Chain birth_death(const std::vector<double>& up, const std::vector<double>& down) {
  std::vector<Transition> transitions;
  for (StateIndex i = 0; i < up.size(); ++i) {
    transitions.emplace_back(i, i + 1, up[i]);
    transitions.emplace_back(i + 1, i, down[i]);
  }
  return chain_of(up.size() + 1, transitions);
}

WorkstationCluster workstation_cluster(int n) {
  // left, right workstations up; left, right switch and backbone up; what the repair unit is at: 0 nothing, 1 + kind
  using State = std::array<int, 6>;
  std::map<State, StateIndex> number;
  std::vector<State> order;
  std::vector<Transition> transitions;
  const auto index = [&](const State& s) {
    const auto [found, fresh] = number.emplace(s, static_cast<StateIndex>(order.size()));
    if (fresh) order.push_back(s);
    return found->second;
  };
  const State full = {n, n, 1, 1, 1, 0};
  index(full);
  const double fails[] = {1.0 / 500, 1.0 / 500, 1.0 / 4000, 1.0 / 4000, 1.0 / 5000};
  const double repairs[] = {2, 2, 0.25, 0.25, 0.125};
  for (StateIndex i = 0; i < order.size(); ++i) {
    const State s = order[i];
    for (std::size_t kind = 0; kind < 5; ++kind) {
      if (s[kind] > 0) {
        State t = s;
        --t[kind];
        transitions.emplace_back(i, index(t), fails[kind] * s[kind]);
      }
      if (s[5] == 0 && s[kind] < full[kind]) {
        State t = s;
        t[5] = static_cast<int>(kind) + 1;
        transitions.emplace_back(i, index(t), 10.0);
      }
    }
    if (s[5] > 0) {
      const auto kind = static_cast<std::size_t>(s[5] - 1);
      State t = s;
      ++t[kind];
      t[5] = 0;
      transitions.emplace_back(i, index(t), repairs[kind]);
    }
  }
  WorkstationCluster cluster{chain_of(order.size(), transitions), {}};
  const int k = 3 * n / 4;
  for (const State& s : order) {
    const bool left = s[0] >= k && s[2], right = s[1] >= k && s[3], both = s[0] + s[1] >= k && s[2] && s[3] && s[4];
    cluster.minimum.push_back(left || right || both);
  }
  return cluster;
}

std::vector<long double> plain_gth(const Chain& chain) {
  const std::size_t n = chain.size();
  std::vector<std::vector<long double>> a(n, std::vector<long double>(n, 0));
  for (StateIndex s = 0; s < n; ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) a[s][chain.target[t]] += chain.rate[t];
  for (std::size_t k = n - 1; k > 0; --k) {
    long double sum = 0;
    for (std::size_t j = 0; j < k; ++j) sum += a[k][j];
    for (std::size_t i = 0; i < k; ++i) {
      a[i][k] /= sum;
      for (std::size_t j = 0; j < k; ++j) a[i][j] += a[i][k] * a[k][j];
    }
  }
  std::vector<long double> p(n, 0);
  long double total = p[0] = 1;
  for (std::size_t k = 1; k < n; ++k) {
    for (std::size_t i = 0; i < k; ++i) p[k] += p[i] * a[i][k];
    total += p[k];
  }
  for (long double& x : p) x /= total;
  return p;
}

}  // namespace nines::test
