#include <benchmark/benchmark.h>

#include <cmath>

#include "bench/models.hpp"
#include "model/markov/chain/steady_state.hpp"

namespace {

using namespace nines::markov;

// A birth-death chain filled up with long jumps, so that elimination has all its work.
Chain dense_chain(StateIndex n) {
  Chain chain;
  chain.row_begin.push_back(0);
  for (StateIndex s = 0; s < n; ++s) {
    for (const StateIndex step : {StateIndex{1}, n / 3, n / 2 + 1, n - 1}) {
      if (step == 0 || step >= n) continue;
      chain.target.push_back((s + step) % n);
      chain.rate.push_back(0.001 * (1 + s % 7) * (step == 1 ? 1000 : 1));
    }
    chain.row_begin.push_back(chain.target.size());
  }
  return chain;
}

void elimination(benchmark::State& state) {
  const Chain chain = dense_chain(static_cast<StateIndex>(state.range(0)));
  const std::vector<double> reward(chain.size(), 1);
  for (auto _ : state) benchmark::DoNotOptimize(steady_state(chain, reward));
}
BENCHMARK(elimination)->Arg(10)->Arg(50)->Arg(300)->Arg(1000)->Arg(1500)->Unit(benchmark::kMicrosecond);

// With its certificate; items = states.
void sweeps(benchmark::State& state) {
  const auto space = nines::bench::explored(nines::bench::pairs_over_two_zones(static_cast<int>(state.range(0))));
  std::vector<double> reward(space.chain.size(), 1);
  reward[space.chain.start] = 0;
  SteadyStateOptions options;
  options.dense_limit = 1;
  double bound = 0;
  for (auto _ : state) bound = steady_state(space.chain, reward, options)->error_bound;
  state.counters["states"] = static_cast<double>(space.chain.size());
  state.counters["bound"] = bound;
}
BENCHMARK(sweeps)->DenseRange(1, 4)->Unit(benchmark::kMillisecond);

// The states rarer than 10^-range alone, three pairs: what rarity costs.
void rare(benchmark::State& state) {
  const auto space = nines::bench::explored(nines::bench::pairs_over_two_zones(3));
  const auto all = steady_state(space.chain, std::vector<double>(space.chain.size(), 1));
  std::vector<double> reward;
  for (const double p : all->probability)
    reward.push_back(p < std::pow(10.0, -static_cast<double>(state.range(0))) ? 1 : 0);
  double bound = 0;
  for (auto _ : state) bound = steady_state(space.chain, reward)->error_bound;
  state.counters["bound"] = bound;
}
BENCHMARK(rare)->Arg(10)->Arg(20)->Arg(30)->Unit(benchmark::kMillisecond);

// Rings that are left for the next at a rate of kSeldom: range(0) rings of range(1) states.
void nearly_decomposable(benchmark::State& state) {
  constexpr double kSeldom = 1e-9;
  const auto rings = static_cast<StateIndex>(state.range(0)), size = static_cast<StateIndex>(state.range(1));
  Chain chain;
  chain.row_begin.push_back(0);
  for (StateIndex ring = 0; ring < rings; ++ring)
    for (StateIndex i = 0; i < size; ++i) {
      chain.target.push_back(ring * size + (i + 1) % size);
      chain.rate.push_back(1 + i % 5);
      if (i == size / 2) {
        chain.target.push_back((ring + 1) % rings * size);
        chain.rate.push_back(kSeldom * (1 + ring));
      }
      chain.row_begin.push_back(chain.target.size());
    }
  std::vector<double> reward(chain.size(), 0);
  reward.back() = 1;
  double bound = 0;
  for (auto _ : state) bound = steady_state(chain, reward)->error_bound;
  state.counters["states"] = static_cast<double>(chain.size());
  state.counters["bound"] = bound;
}
BENCHMARK(nearly_decomposable)->Args({4, 5})->Args({5, 100})->Args({10, 1000})->Unit(benchmark::kMillisecond);

}  // namespace
