// The program as a whole, process start included.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

namespace {

void run(benchmark::State& state, const std::string& arguments) {
  const std::string command = std::string(NINES_PROGRAM) + " " + arguments + " > /dev/null 2>&1";
  for (auto _ : state)
    if (std::system(command.c_str()) != 0) state.SkipWithError("the program failed");
}
BENCHMARK_CAPTURE(run, version, "--version")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(run, solve_pair, "solve " NINES_EXAMPLES "/pair.yaml")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(run, compare_web_shop, "compare " NINES_EXAMPLES "/web-shop.yaml")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
