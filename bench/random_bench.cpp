// What a draw costs, Philox included: from one stream, and in turn from many, as a simulation draws.
#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "sim/random/sampler.hpp"

namespace {

using namespace nines;
using Kind = Law::Kind;

void bits(benchmark::State& state) {
  sim::Stream stream;
  for (auto _ : state) benchmark::DoNotOptimize(stream.next(1, 2, 3));
}
BENCHMARK(bits);

void draw(benchmark::State& state, const Law& law) {
  const sim::Sampler sampler(law);
  std::vector<sim::Stream> streams(static_cast<std::size_t>(state.range(0)));
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(sampler.draw({streams[next], 1, 2, next}));
    if (++next == streams.size()) next = 0;
  }
}
BENCHMARK_CAPTURE(draw, exponential, Law::exponential(1000))->Arg(1)->Arg(2)->Arg(20)->Arg(2000);
BENCHMARK_CAPTURE(draw, weibull, Law{Kind::weibull, {1.5, 2000}, 1805})->Arg(1)->Arg(20)->Arg(2000);
BENCHMARK_CAPTURE(draw, lognormal, Law{Kind::lognormal, {1.76, 0.8}, 8})->Arg(1)->Arg(20)->Arg(2000);
BENCHMARK_CAPTURE(draw, gamma, Law{Kind::gamma, {2.5, 3}, 7.5})->Arg(1);
BENCHMARK_CAPTURE(draw, gamma_of_small_shape, Law{Kind::gamma, {0.5, 3}, 1.5})->Arg(1);
BENCHMARK_CAPTURE(draw, uniform, Law{Kind::uniform, {1, 4}, 2.5})->Arg(1);
BENCHMARK_CAPTURE(draw, triangular, Law{Kind::triangular, {1, 2, 6}, 3})->Arg(1);
BENCHMARK_CAPTURE(draw, empirical, Law{Kind::empirical, {1, 2, 6}, 3})->Arg(1);
BENCHMARK_CAPTURE(draw, fixed, Law{Kind::fixed, {2}, 2})->Arg(1);

// The yardstick: the standard library's.
template <class Distribution>
void standard_library(benchmark::State& state, Distribution distribution) {
  std::mt19937_64 generator(1);
  for (auto _ : state) benchmark::DoNotOptimize(distribution(generator));
}
BENCHMARK_CAPTURE(standard_library, exponential, std::exponential_distribution<double>(0.001));
BENCHMARK_CAPTURE(standard_library, weibull, std::weibull_distribution<double>(1.5, 2000));
BENCHMARK_CAPTURE(standard_library, lognormal, std::lognormal_distribution<double>(1.76, 0.8));
BENCHMARK_CAPTURE(standard_library, gamma, std::gamma_distribution<double>(2.5, 3));

}  // namespace
