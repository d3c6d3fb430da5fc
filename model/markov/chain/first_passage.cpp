#include <cmath>
#include <limits>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/chain/sweeps.hpp"

namespace nines::markov {
namespace {

// The chain that goes back to its start instead of entering a down state, over the up states it can reach.
struct Restarting {
  Chain chain;
  std::vector<double> rate_down;  // by state
};

Restarting restart(const Chain& chain, std::span<const char> down) {
  constexpr StateIndex kUnseen = UINT32_MAX;
  Restarting result;
  std::vector<StateIndex> number(chain.size(), kUnseen), order{chain.start};
  number[chain.start] = 0;
  result.chain.row_begin.push_back(0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    double into_down = 0, back = 0;
    for (auto t = chain.row_begin[order[i]]; t < chain.row_begin[order[i] + 1]; ++t) {
      const StateIndex to = chain.target[t];
      if (down[to]) {
        into_down += chain.rate[t];
        continue;
      }
      if (to == chain.start) {
        back += chain.rate[t];
        continue;
      }
      if (number[to] == kUnseen) {
        number[to] = static_cast<StateIndex>(order.size());
        order.push_back(to);
      }
      result.chain.target.push_back(number[to]);
      result.chain.rate.push_back(chain.rate[t]);
    }
    if (i > 0 && into_down + back > 0) {
      result.chain.target.push_back(0);
      result.chain.rate.push_back(into_down + back);
    }
    result.chain.row_begin.push_back(result.chain.target.size());
    result.rate_down.push_back(into_down);
  }
  return result;
}

}  // namespace

tl::expected<FirstPassage, SolveFailure> mean_time_to_first(const Chain& chain, std::span<const char> down,
                                                            const SteadyStateOptions& options) {
  if (down[chain.start]) return FirstPassage{0, 0};
  const Restarting restarting = restart(chain, down);
  const FirstPassage never{std::numeric_limits<double>::infinity(), 0};
  // An up state that never comes back to the start, not even through an outage, may keep the chain up for ever.
  if (backward_order(restarting.chain, 0).size() < restarting.chain.size()) return never;
  const auto steady = steady_state(restarting.chain, restarting.rate_down, options);
  if (!steady) return tl::unexpected(steady.error());
  long double flow = 0;
  for (std::size_t s = 0; s < restarting.rate_down.size(); ++s)
    flow += static_cast<long double>(steady->probability[s]) * restarting.rate_down[s];
  if (!(flow > 0)) return never;
  return FirstPassage{static_cast<double>(1 / flow), steady->error_bound};
}

}  // namespace nines::markov
