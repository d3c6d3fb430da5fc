// Groups over shared infrastructure that are taken apart: many kinds of them, and many of one kind.
#include <string>

#include <benchmark/benchmark.h>

#include "bench/models.hpp"
#include "model/markov/solve.hpp"

namespace nines {
namespace {

const std::string kRegion =
    "nines: 1\ninfrastructure:\n  region: {mtbf: 10 years, mttr: 2 h}\n"
    "  az-a: {mtbf: 2 years, mttr: 2 h, needs: [region]}\n  az-b: {mtbf: 2 years, mttr: 2 h, needs: [region]}\n"
    "  az-c: {mtbf: 2 years, mttr: 2 h, needs: [region]}\ncomponents:\n";

std::string group(int number, int days, int nodes) {
  const std::string redundancy =
      nodes == 2 ? "primary-standby" : "cluster, pause: leader, need: " + std::to_string((nodes * 4) / 5);
  return "  c" + std::to_string(number) + ": {redundancy: " + redundancy + ", nodes: " + std::to_string(nodes) +
         ", mtbf: " + std::to_string(days) +
         " days, mttr: 4 h, detection: 10 s, failover: 30 s, coverage: 98 %, manual_recovery: 30 min, placement: " +
         (nodes == 2 ? "[az-a, az-b]" : "[az-a, az-b, az-c]") + "}\n";
}

void solve(benchmark::State& state, const std::string& words) {
  const auto model = bench::model_of(words);
  if (!model) return state.SkipWithError("errors in the model");
  for (auto _ : state) {
    const auto answer = markov::solve(*model);
    if (!answer || !answer->method.approximation_error) state.SkipWithError("not taken apart");
    benchmark::DoNotOptimize(answer);
  }
}

void ten_kinds(benchmark::State& state) {
  std::string words = kRegion;
  for (int i = 0; i < 10; ++i) words += group(i, 60 + 10 * i, i < 6 ? 2 : 3);
  solve(state, words);
}
BENCHMARK(ten_kinds)->Unit(benchmark::kMillisecond);

void many_of_one_kind(benchmark::State& state) {
  std::string words = kRegion;
  for (int i = 0; i < state.range(0); ++i) words += group(i, 90, 10);
  solve(state, words);
}
BENCHMARK(many_of_one_kind)->Arg(10)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nines
