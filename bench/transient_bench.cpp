// Ten times from an hour to ten years: availability and reliability of chains whose rates go from seconds to years.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "model/markov/transient/course.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace {

using nines::markov::Chain;
using nines::markov::StateIndex;

struct Groups {
  Chain chain;
  std::vector<char> down;
};

// Groups of `levels` - 1 units over a common crew, which hands its time to all that is failed; the first loss of a
// group is made good by a failover of a second. Down with two groups short of two units or more, or one of all.
Groups groups(std::size_t groups, std::size_t levels) {
  Groups result;
  std::size_t states = 1;
  for (std::size_t g = 0; g < groups; ++g) states *= levels;
  result.chain.row_begin.push_back(0);
  for (std::size_t s = 0; s < states; ++s) {
    std::size_t failed = 0, low = 0, empty = 0;
    for (std::size_t g = 0, rest = s; g < groups; ++g, rest /= levels) {
      failed += rest % levels;
      low += rest % levels >= 2;
      empty += rest % levels == levels - 1;
    }
    for (std::size_t g = 0, place = 1; g < groups; ++g, place *= levels) {
      const std::size_t here = s / place % levels;
      const auto arrow = [&](std::size_t to, double rate) {
        result.chain.target.push_back(static_cast<StateIndex>(to));
        result.chain.rate.push_back(rate);
      };
      if (here + 1 < levels)
        arrow(s + place, 1e-4 * (1 + 0.3 * static_cast<double>(g)) * static_cast<double>(levels - 1 - here));
      if (here > 0)
        arrow(s - place, (here == 1 ? 3600 : 0.2) * static_cast<double>(here) / static_cast<double>(failed));
    }
    result.chain.row_begin.push_back(result.chain.target.size());
    result.down.push_back(low >= 2 || empty >= 1);
  }
  return result;
}

// Modules beside each other that fail over and are recovered one after the other: 9 x 9 x 12 = 972 states of few
// arrows, or less.
Groups pairs(std::size_t modules) {
  // ok, degraded, detecting, failing over, recovery by hand, both down, repair of one, switch back
  constexpr std::size_t kStates = 7;
  const double rate[kStates][kStates] = {
      {0, 2e-4, 2e-4, 0, 0, 0, 0}, {0.25, 0, 0, 0, 0, 2e-4, 0}, {0, 0, 0, 120, 6, 2e-4, 0}, {0, 900, 0, 0, 9, 0, 0},
      {0, 0, 0, 0, 0, 2e-4, 1},    {0, 0, 0, 0, 0.2, 0, 0},     {0.25, 0, 0, 0, 0, 2e-4, 0}};
  Groups result;
  std::size_t states = 1;
  for (std::size_t g = 0; g < modules; ++g) states *= kStates;
  result.chain.row_begin.push_back(0);
  for (std::size_t s = 0; s < states; ++s) {
    bool down = false;
    for (std::size_t g = 0, place = 1; g < modules; ++g, place *= kStates) {
      const std::size_t here = s / place % kStates;
      down = down || (here >= 2 && here <= 5);
      for (std::size_t to = 0; to < kStates; ++to) {
        if (rate[here][to] == 0) continue;
        result.chain.target.push_back(static_cast<StateIndex>(s - here * place + to * place));
        result.chain.rate.push_back(rate[here][to]);
      }
    }
    result.chain.row_begin.push_back(result.chain.target.size());
    result.down.push_back(down);
  }
  return result;
}

void ten_times(benchmark::State& state, const Groups& system) {
  std::vector<double> times, start(system.chain.size(), 0.0);
  for (int i = 0; i < 10; ++i) times.push_back(std::pow(87600.0, i / 9.0));
  start[0] = 1;
  const std::vector<std::uint32_t> class_of(system.down.begin(), system.down.end());
  for (auto _ : state) {
    const auto availability = nines::markov::courses(system.chain, class_of, 2, start, times);
    const auto reliability = nines::markov::first_passage_courses(system.chain, system.down, start, times);
    if (!availability) return state.SkipWithError(availability.error().message.c_str());
    if (!reliability) return state.SkipWithError(reliability.error().message.c_str());
    state.counters["states"] = static_cast<double>(system.chain.size());
    state.counters["bound"] = std::max(availability->error_bound, reliability->error_bound);
    state.counters["unreliability_1h"] = reliability->at[1][0];
    state.counters["reliability_10y"] = reliability->at[0][9];
  }
}

void three_groups(benchmark::State& state) {
  ten_times(state, groups(3, static_cast<std::size_t>(state.range(0))));
}
void failover_pairs(benchmark::State& state) {
  ten_times(state, pairs(static_cast<std::size_t>(state.range(0))));
}
BENCHMARK(three_groups)->Arg(4)->Arg(7)->Arg(10)->Arg(14)->Unit(benchmark::kMillisecond);
BENCHMARK(failover_pairs)->Arg(2)->Arg(3)->Arg(4)->Unit(benchmark::kMillisecond);

void one_factorisation(benchmark::State& state) {
  const Groups system = groups(3, static_cast<std::size_t>(state.range(0)));
  auto resolvent = nines::markov::Resolvent::of(system.chain);
  if (!resolvent) return state.SkipWithError("refused");
  std::vector<std::complex<double>> row(system.chain.size(), 0.0);
  for (auto _ : state) {
    std::fill(row.begin(), row.end(), 0.0);
    row[0] = 1;
    if (!resolvent->factor({0.1, 0.3})) return state.SkipWithError("singular");
    resolvent->forward(row, row);
    benchmark::DoNotOptimize(row.data());
  }
  state.counters["multiplications"] = resolvent->fronts().multiplications;
}
BENCHMARK(one_factorisation)->Arg(4)->Arg(7)->Arg(10)->Arg(14)->Unit(benchmark::kMillisecond);

}  // namespace
