// Networks of 40 nodes and 80 links, all of which fail: the diagram, and whole answers.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"
#include "model/structure/network_diagram.hpp"
#include "sim/simulate.hpp"
#include "tests/differential/dice.hpp"

namespace nines::bench {
namespace {

// 40 nodes in five rows of eight, with 13 diagonals; or links between any two, the same for the same seed.
NetworkGraph network(std::uint64_t seed, std::uint32_t ends) {
  NetworkGraph graph;
  const auto element = [&] {
    graph.element_names.push_back("e" + std::to_string(graph.elements()));
    return graph.elements() - 1;
  };
  for (std::uint32_t v = 0; v < 40; ++v) {
    graph.names.push_back("n" + std::to_string(v));
    graph.element_of.push_back(element());
  }
  const auto link = [&](std::uint32_t a, std::uint32_t b) { graph.links.push_back({a, b, element()}); };
  test::Dice dice(seed);
  for (std::uint32_t v = 1; seed > 0 && v < 40; ++v) link(dice.below(v), v);
  for (std::uint32_t v = 0; seed == 0 && v < 40; ++v) {
    if (v % 8 < 7) link(v, v + 1);
    if (v < 32) link(v, v + 8);
  }
  for (std::uint32_t i = 0; seed == 0 && i < 13; ++i) link(i + i / 7, i + i / 7 + 9);
  while (graph.links.size() < 80) {
    const std::uint32_t a = dice.below(40);
    link(a, (a + 1 + dice.below(39)) % 40);
  }
  for (std::uint32_t i = 0; i < ends; ++i) graph.connect.push_back(i * 39 / (ends - 1));
  graph.find_ways();
  return graph;
}

Model model_of(const NetworkGraph& graph) {
  const auto unit = [](double life_h, double restoration_h) {
    return Unit{
        "", {FailureMode{"", Law::exponential(life_h), {RecoveryStep{"", Law::exponential(restoration_h), 1}}}}, 0};
  };
  Model model;
  model.units = {unit(20'000, 4), unit(5'000, 8)};
  Component component;
  component.name = "net";
  component.infrastructure = true;
  component.nodes.assign(graph.elements(), 1);
  for (std::uint32_t v = 0; v < graph.size(); ++v) component.nodes[v] = 0;
  component.redundancy = Network{std::make_shared<const NetworkGraph>(graph)};
  model.components = {component};
  model.system = {{{Expression::Op::name, 0, 0, 0}}};
  model.named = {0};
  model.used = {1};
  model.carries = {0};
  return model;
}

void diagram(benchmark::State& state) {
  const NetworkGraph graph =
      network(static_cast<std::uint64_t>(state.range(0)), static_cast<std::uint32_t>(state.range(1)));
  std::size_t nodes = 0;
  for (auto _ : state) {
    const auto order = structure::order_network(graph);
    std::vector<std::uint32_t> level_of(graph.elements());
    for (std::uint32_t i = 0; i < level_of.size(); ++i) level_of[order.elements[i]] = i;
    structure::Diagrams diagrams(std::vector<std::uint32_t>(level_of.size(), 2));
    benchmark::DoNotOptimize(structure::network_diagram(graph, order, level_of, diagrams));
    nodes = diagrams.exhausted() ? 0 : diagrams.size();
  }
  state.counters["nodes"] = static_cast<double>(nodes);
}
BENCHMARK(diagram)->ArgsProduct({{0, 1, 2, 3}, {2, 4, 40}})->ArgNames({"seed", "ends"})->Unit(benchmark::kMillisecond);

void solve(benchmark::State& state) {
  const Model model = model_of(network(static_cast<std::uint64_t>(state.range(0)), 2));
  for (auto _ : state) benchmark::DoNotOptimize(markov::solve(model));
}
BENCHMARK(solve)->DenseRange(0, 3)->ArgName("seed")->Unit(benchmark::kMillisecond);

void play(benchmark::State& state) {
  const Model model = model_of(network(0, 2));
  sim::SimulateOptions options;
  options.years = 2000;
  options.jobs = 1;
  double events = 0;
  for (auto _ : state) {
    const Model* const models[] = {&model};
    const auto answers = sim::simulate(models, options);
    if (!answers) return state.SkipWithError("not played");
    events += static_cast<double>(answers->front().simulated->events);
  }
  state.counters["events"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
}
BENCHMARK(play)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nines::bench
