// Large structures: how long a model takes once it has been read.
#include <benchmark/benchmark.h>

#include <string>

#include "bench/models.hpp"
#include "model/markov/solve.hpp"

namespace {

std::string names(int count) {
  std::string list;
  for (int i = 0; i < count; ++i) list += (i ? ", c" : "c") + std::to_string(i);
  return list;
}

std::string components(int count, const std::string& keys) {
  std::string text = "components:\n";
  for (int i = 0; i < count; ++i) text += "  c" + std::to_string(i) + ": {" + keys + "}\n";
  return text;
}

const char* const kZones =
    "infrastructure: {a: {mtbf: 5 years, mttr: 1 h}, b: {mtbf: 5 years, mttr: 1 h}, c: {mtbf: 5 years, mttr: 1 h}}\n";
const char* const kCluster = "redundancy: cluster, nodes: 10, need: 8, mtbf: 2000 h, mttr: 4 h, placement: [a, b, c]";

void solve(benchmark::State& state, const std::string& text, bool importance = false) {
  const auto model = nines::bench::model_of("nines: 1\n" + text);
  if (!model) return state.SkipWithError("the model has errors");
  nines::markov::SolveOptions options;
  options.importance = importance;
  for (auto _ : state) {
    auto answer = nines::markov::solve(*model, options);
    if (!answer) return state.SkipWithError(answer.error().message.c_str());
    benchmark::DoNotOptimize(answer);
  }
}

void plain_cluster(benchmark::State& state) {
  solve(state, "components: {c: {redundancy: cluster, nodes: 10000, need: 9950, mtbf: 1000 h, mttr: 4 h}}\n");
}
BENCHMARK(plain_cluster)->Unit(benchmark::kMillisecond);

// 10 000 named components in one vote.
void vote_of_names(benchmark::State& state) {
  const int count = 10'000;
  solve(state, components(count, "mtbf: 1000 h, mttr: 4 h") + "system: " + std::to_string(state.range(0)) + " of (" +
                   names(count) + ")\n");
}
BENCHMARK(vote_of_names)->Arg(9950)->Arg(5000)->Unit(benchmark::kMillisecond);

// 1000 clusters over three zones, all of them needed; or so many.
void clusters_over_zones(benchmark::State& state) {
  const int count = 1000;
  solve(state, kZones + components(count, kCluster) + "system: " + std::to_string(state.range(0)) + " of (" +
                   names(count) + ")\n");
}
BENCHMARK(clusters_over_zones)->Arg(1000)->Arg(990)->Arg(500)->Unit(benchmark::kMillisecond);

void importance_of_clusters(benchmark::State& state) {
  solve(state, kZones + components(1000, kCluster), true);
}
BENCHMARK(importance_of_clusters)->Unit(benchmark::kMillisecond);

void need_one_zone(benchmark::State& state) {
  solve(state, kZones + components(20'000, "mtbf: 1000000 h, mttr: 1 h, needs: [a]"));
}
BENCHMARK(need_one_zone)->Unit(benchmark::kMillisecond);

// Equal pairs with every timing key: explored and solved once.
void equal_pairs(benchmark::State& state) {
  solve(state, components(1000,
                          "redundancy: primary-standby, mtbf: 180 days, mttr: 4 h, detection: 10 s, failover: "
                          "30 s, coverage: 95 %, manual_recovery: 30 min"));
}
BENCHMARK(equal_pairs)->Unit(benchmark::kMillisecond);

}  // namespace
