// Events per second of the simulation, as a ratio to a plain program for the same model in the same run. They take
// turns, and the counters are medians: `plain`, `one_thread`, `two_threads` in millions of events a second; `ratio` of
// one thread to the plain program, by processor time; `speedup` of two threads to one, by the clock on the wall (of use
// only where two cores are idle); `spread`: the largest ratio over the smallest. `unavailability` and
// `plain_unavailability` must agree.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include "bench/models.hpp"
#include "bench/plain_simulation.hpp"
#include "sim/simulate.hpp"

namespace {

using namespace nines;
using bench::PlainModel;

constexpr double kHoursPerYear = 8760;

std::string yaml(const PlainModel& model) {
  const auto hours = [](double h) { return std::to_string(h) + " h"; };
  std::string unit = "mtbf: " + hours(model.life_h) + ", mttr: " + hours(model.restoration_h);
  if (!model.exponential)
    unit = "mtbf: {weibull: {shape: " + std::to_string(model.life_shape) + ", scale: " + hours(model.life_h) +
           "}}, mttr: {lognormal: {mean: " + hours(model.restoration_h) +
           ", cv: " + std::to_string(model.restoration_cv) + "}}";
  if (model.crew > 0) unit += ", crew: field";
  return "nines: 1\n" + (model.crew > 0 ? "crews: {field: " + std::to_string(model.crew) + "}\n" : std::string()) +
         "components:\n  it: {redundancy: cluster, nodes: " + std::to_string(model.units) +
         ", need: " + std::to_string(model.need) + ", " + unit + "}\n";
}

// What was done, and how long it took.
struct Measured {
  double events = 0, unavailability = 0;
  double processor_s = 0, wall_s = 0;
};

template <class Play>
Measured measured(Play play) {
  const auto wall = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  Measured made = play();
  made.processor_s = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
  made.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  return made;
}

// No events where there is no model or no answer.
Measured by_engine(const std::optional<Model>& model, double years, unsigned jobs) {
  if (!model) return {};
  return measured([&]() -> Measured {
    sim::SimulateOptions options;
    options.years = years;
    options.jobs = jobs;
    const Model* const models[] = {&*model};
    const auto answers = sim::simulate(models, options);
    if (!answers) return {};
    return {static_cast<double>(answers->front().simulated->events),
            answers->front().measures.unavailability.value_or(0)};
  });
}

Measured by_plain_program(const PlainModel& model, double years, std::uint64_t seed) {
  return measured([&]() -> Measured {
    const auto answer = bench::simulate_plainly(model, years * kHoursPerYear, seed);
    return {static_cast<double>(answer.events), answer.down_h / (years * kHoursPerYear)};
  });
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

constexpr double kMillion = 1e6;

void against_plain(benchmark::State& state, const PlainModel& plain, double years) {
  const auto model = bench::model_of(yaml(plain));
  std::vector<double> plain_rate, rate, rate_of_two, ratio, speedup, plain_down, down;
  for (auto _ : state) {
    const auto other = by_plain_program(plain, years, 1 + plain_rate.size());
    const auto one = by_engine(model, years, 1), two = by_engine(model, years, 2);
    if (one.events == 0 || two.events == 0) {
      state.SkipWithError(model ? "the engine gave no answer" : "the model was not read");
      break;
    }
    state.SetIterationTime(one.processor_s);
    plain_rate.push_back(other.events / other.processor_s / kMillion);
    rate.push_back(one.events / one.processor_s / kMillion);
    rate_of_two.push_back(two.events / two.wall_s / kMillion);
    ratio.push_back(rate.back() / plain_rate.back());
    speedup.push_back(one.wall_s / two.wall_s);
    plain_down.push_back(other.unavailability);
    down.push_back(one.unavailability);
  }
  if (ratio.empty()) return;
  state.counters["plain"] = median(plain_rate);
  state.counters["one_thread"] = median(rate);
  state.counters["two_threads"] = median(rate_of_two);
  state.counters["ratio"] = median(ratio);
  state.counters["spread"] =
      *std::max_element(ratio.begin(), ratio.end()) / *std::min_element(ratio.begin(), ratio.end());
  state.counters["speedup"] = median(speedup);
  state.counters["unavailability"] = median(down);
  state.counters["plain_unavailability"] = median(plain_down);
}

PlainModel aging(std::size_t units, std::size_t need, std::size_t crew) {
  PlainModel model;
  model.units = units;
  model.need = need;
  model.crew = crew;
  model.exponential = false;
  model.life_h = 2000;
  return model;
}

// By itself, to be compared with what it gives elsewhere.
void plain_program(benchmark::State& state, const PlainModel& plain, double years) {
  double events = 0, down = 0;
  for (auto _ : state) {
    const auto answer = by_plain_program(plain, years, 1);
    events += answer.events;
    down = answer.unavailability;
  }
  state.counters["unavailability"] = down;
  state.counters["events"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
}

// Some four million events, more of the quickest: two threads are compared over a good part of a second.
void register_all(const char* name, const PlainModel& model, double years) {
  benchmark::RegisterBenchmark((std::string("plain_program/") + name).c_str(), plain_program, model, years)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark((std::string("against_plain/") + name).c_str(), against_plain, model, years)
      ->Iterations(7)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}
const bool kRegistered = [] {
  register_all("two_exponential", PlainModel(), 460'000);
  register_all("twenty_and_a_crew", aging(20, 16, 2), 20'000);
  register_all("two_thousand", aging(2000, 1600, 0), 200);
  return true;
}();

// How the cost of an event grows with the number of units: not faster than its logarithm.
void growth(benchmark::State& state) {
  const auto units = static_cast<std::size_t>(state.range(0));
  const auto model = bench::model_of(yaml(aging(units, units * 4 / 5, 0)));
  const double years = 400'000 / static_cast<double>(units);
  double events = 0, seconds = 0;
  for (auto _ : state) {
    const auto one = by_engine(model, years, 1);
    if (one.events == 0) {
      state.SkipWithError(model ? "the engine gave no answer" : "the model was not read");
      break;
    }
    state.SetIterationTime(one.processor_s);
    events += one.events;
    seconds += one.processor_s;
  }
  if (events > 0) state.counters["ns_per_event"] = seconds / events * 1e9;
}
BENCHMARK(growth)
    ->RangeMultiplier(10)
    ->Range(10, 100'000)
    ->Iterations(3)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
