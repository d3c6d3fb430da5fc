// Chains out of files, read, solved and certified: `chains: {cluster: {file: ...}}` of the workstation cluster.
#include <benchmark/benchmark.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "bench/cluster_chain.hpp"
#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

namespace {

std::string model_of(std::uint32_t n, double environment) {
  const auto folder = std::filesystem::temp_directory_path() / "nines-bench-chain";
  std::filesystem::create_directories(folder);
  const std::string base = "c" + std::to_string(n) + (environment > 0 ? "-surroundings" : "");
  const std::string path = (folder / (base + ".yaml")).string();
  if (std::filesystem::exists(path)) return path;
  if (!nines::bench::write_cluster(n, environment, (folder / base).string())) return "";
  std::ofstream(path) << "nines: 1\nchains: {cluster: {file: " << base << ".tra, up: minimum}}\nsystem: cluster\n";
  return path;
}

void solve(benchmark::State& state, double environment) {
  const std::string path = model_of(static_cast<std::uint32_t>(state.range(0)), environment);
  for (auto _ : state) {
    nines::text::Sources sources;
    const auto file = nines::load_model_file(sources, path);
    const auto readings = file ? nines::read_designs(sources, *file, {}, {})
                               : nines::text::Expected<std::vector<nines::Reading>>(tl::unexpect);
    const auto answer = readings ? nines::markov::solve(readings->front().model)
                                 : tl::expected<nines::Answer, nines::markov::Refusal>(tl::unexpect);
    if (!answer) return state.SkipWithError("no answer");
    state.counters["states"] = static_cast<double>(answer->method.states);
    state.counters["unavailability"] = *answer->measures.unavailability;
    state.counters["bound"] = *answer->method.error_bound;
  }
}

void cluster(benchmark::State& state) {
  solve(state, 0);
}
void nearly_decomposable(benchmark::State& state) {
  solve(state, 1e-6);
}
BENCHMARK(cluster)->Arg(2)->Arg(16)->Arg(64)->Arg(128)->Arg(256)->Unit(benchmark::kMillisecond);
BENCHMARK(nearly_decomposable)->Arg(16)->Arg(64)->Arg(128)->Unit(benchmark::kMillisecond);

}  // namespace
