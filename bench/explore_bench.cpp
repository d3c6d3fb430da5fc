#include <benchmark/benchmark.h>

#include "bench/models.hpp"

namespace {

// items = states
void explore(benchmark::State& state) {
  const nines::Model model = nines::bench::pairs_over_two_zones(static_cast<int>(state.range(0)));
  std::int64_t states = 0;
  for (auto _ : state) states += static_cast<std::int64_t>(nines::bench::explored(model).chain.size());
  state.SetItemsProcessed(states);
}
BENCHMARK(explore)->DenseRange(1, 4)->Unit(benchmark::kMillisecond);

}  // namespace
