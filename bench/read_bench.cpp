#include <benchmark/benchmark.h>

#include <string>

#include "model/description/model_file.hpp"

namespace {

void read(benchmark::State& state, const std::string& name) {
  for (auto _ : state) {
    nines::text::Sources sources;
    const auto file = nines::load_model_file(sources, NINES_EXAMPLES "/" + name);
    benchmark::DoNotOptimize(nines::read_designs(sources, *file, {}, {}));
  }
}
BENCHMARK_CAPTURE(read, pair, "pair.yaml")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(read, web_shop_three_designs, "web-shop.yaml")->Unit(benchmark::kMicrosecond);

}  // namespace
