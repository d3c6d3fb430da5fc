// Diagrams of networks against the definition, subset by subset.
#include "model/structure/network_diagram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "model/structure/weights.hpp"
#include "tests/differential/dice.hpp"

namespace nines::structure {
namespace {

using test::Dice;

NetworkGraph random_graph(std::uint64_t seed, bool directed) {
  Dice dice(seed);
  NetworkGraph graph;
  graph.directed = directed;
  const std::uint32_t nodes = 2 + dice.below(5);
  const auto element = [&](bool fails) {
    if (!fails || graph.elements() == 12) return kPerfect;
    graph.element_names.push_back("e");
    return graph.elements() - 1;
  };
  for (std::uint32_t v = 0; v < nodes; ++v) {
    graph.names.push_back("n" + std::to_string(v));
    graph.element_of.push_back(element(dice.one_in(2)));
  }
  for (std::uint32_t l = 0; l < nodes + dice.below(nodes + 2); ++l) {
    const std::uint32_t from = dice.below(nodes), to = (from + 1 + dice.below(nodes - 1)) % nodes;
    graph.links.push_back({from, to, element(!dice.one_in(5))});
  }
  std::vector<std::uint32_t> all(nodes);
  std::iota(all.begin(), all.end(), 0U);
  for (std::uint32_t i = nodes; i > 1; --i) std::swap(all[i - 1], all[dice.below(i)]);
  const std::uint32_t ends = directed || dice.one_in(2) ? 2 : dice.one_in(2) ? nodes : 2 + dice.below(nodes - 1);
  graph.connect.assign(all.begin(), all.begin() + std::min(ends, nodes));
  graph.find_ways();
  return graph;
}

// By its definition: what is reached grows until it doesn't.
bool joined(const NetworkGraph& graph, std::uint32_t up) {
  const auto is_up = [&](std::uint32_t element) { return element == kPerfect || (up >> element & 1U) != 0; };
  std::vector<char> reached(graph.size(), 0);
  reached[graph.connect[0]] = is_up(graph.element_of[graph.connect[0]]);
  for (std::uint32_t round = 0; round < graph.size(); ++round)
    for (const NetworkLink& link : graph.links) {
      if (!is_up(link.element) || !is_up(graph.element_of[link.from]) || !is_up(graph.element_of[link.to])) continue;
      if (reached[link.from]) reached[link.to] = 1;
      if (!graph.directed && reached[link.to]) reached[link.from] = 1;
    }
  return std::all_of(graph.connect.begin(), graph.connect.end(), [&](auto end) { return reached[end] != 0; });
}

struct Case {
  NetworkGraph graph;
  NetworkOrder order;
  std::vector<Variable> variables;
  std::vector<std::uint32_t> level_of;
};

Case case_of(NetworkGraph graph, std::uint64_t seed) {
  Dice dice(seed + 1);
  Case c{std::move(graph), {}, {}, {}};
  c.order = order_network(c.graph);
  c.level_of.resize(c.graph.elements());
  for (std::uint32_t i = 0; i < c.order.elements.size(); ++i) {
    c.level_of[c.order.elements[i]] = i;
    const double down = dice.between(1e-5, 0.3), flow = dice.between(0.01, 1);
    c.variables.push_back({{down, 1 - down}, {{1, 0, flow}, {0, 1, flow}}, true});
  }
  return c;
}

// The same with other slots, as they would be on a frontier as wide as any.
NetworkOrder in_last_slots(NetworkOrder order) {
  const std::uint32_t by = kWidestFrontier - order.widest;
  for (FrontierStep& step : order.steps) {
    step.slot += by;
    step.from_slot += by;
    step.to_slot += by;
    for (std::uint32_t& slot : step.leaving) slot += by;
    for (auto& ahead : step.ahead) ahead.slot += by;
    for (auto& slots : step.one_ahead)
      for (std::uint32_t& slot : slots) slot += by;
  }
  order.widest = kWidestFrontier;
  return order;
}

class Networks : public testing::TestWithParam<bool> {};

TEST_P(Networks, EverySubsetOfElements) {
  int some = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    const Case c = case_of(random_graph(seed, GetParam()), seed);
    ASSERT_EQ(c.order.elements.size(), c.graph.elements());
    Diagrams diagrams(std::vector<std::uint32_t>(c.variables.size(), 2));
    const Ref f = network_diagram(c.graph, c.order, c.level_of, diagrams);
    EXPECT_EQ(network_diagram(c.graph, in_last_slots(c.order), c.level_of, diagrams), f);
    ASSERT_FALSE(diagrams.exhausted());
    double up = 0, down = 0, passages = 0;
    const std::uint32_t subsets = 1U << c.graph.elements();
    std::vector<std::uint32_t> from_below(c.level_of);
    for (std::uint32_t& level : from_below) level = c.graph.elements() - 1 - level;
    Diagrams turned(std::vector<std::uint32_t>(c.variables.size(), 2));
    const Ref g = network_diagram(c.graph, c.order, from_below, turned);
    for (std::uint32_t set = 0; set < subsets; ++set) {
      const bool want = joined(c.graph, set);
      ASSERT_EQ(diagrams.evaluate(f, [&](std::uint32_t level) { return set >> c.order.elements[level] & 1U; }), want);
      ASSERT_EQ(
          turned.evaluate(
              g, [&](std::uint32_t level) { return set >> c.order.elements[from_below.size() - 1 - level] & 1U; }),
          want);
      double p = 1;
      for (std::uint32_t e = 0; e < c.graph.elements(); ++e) p *= c.variables[c.level_of[e]].probability[set >> e & 1U];
      (want ? up : down) += p;
      for (std::uint32_t e = 0; want && e < c.graph.elements(); ++e) {
        const Variable& variable = c.variables[c.level_of[e]];
        if ((set >> e & 1U) != 0 && !joined(c.graph, set & ~(1U << e)))
          passages += p / variable.probability[1] * variable.flows[0].per_hour;
      }
    }
    Weights weights(diagrams, c.variables);
    EXPECT_NEAR(weights.up(f), up, 1e-12 * up);
    EXPECT_NEAR(weights.down(f), down, 1e-12 * down);
    EXPECT_NEAR(weights.down_passages(f), passages, 1e-12 * passages);
    some += up > 0 && down > 0;
  }
  EXPECT_GT(some, 200);
}

// What is left out never matters; of an undirected network what is left in does, in some state of the rest.
TEST_P(Networks, RelevanceIsWhatMatters) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    NetworkGraph graph = random_graph(seed, GetParam());
    graph.element_names.clear();  // every link an element, and every node up
    for (std::uint32_t& node : graph.element_of) node = kPerfect;
    if (graph.links.size() > 12) graph.links.resize(12);
    for (std::uint32_t l = 0; l < graph.links.size(); ++l) {
      graph.links[l].element = l;
      graph.element_names.push_back("e");
    }
    const NetworkRelevance relevant = relevance(graph);
    const std::uint32_t all = (1U << graph.links.size()) - 1;
    ASSERT_EQ(relevant.joined, joined(graph, all));
    if (!relevant.joined) continue;
    for (std::uint32_t l = 0; l < graph.links.size(); ++l) {
      bool matters = false;
      for (std::uint32_t set = 0; set <= all && !matters; ++set)
        matters = (set >> l & 1U) != 0 && joined(graph, set) && !joined(graph, set & ~(1U << l));
      if (matters || !graph.directed) {
        EXPECT_EQ(relevant.links[l] != 0, matters) << l;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(OneWayOrBoth, Networks, testing::Bool(),
                         [](const auto& one) { return one.param ? "Directed" : "Undirected"; });

NetworkGraph grid(std::uint32_t wide, std::uint32_t high, bool all) {
  NetworkGraph graph;
  const auto element = [&] {
    graph.element_names.push_back("e");
    return graph.elements() - 1;
  };
  for (std::uint32_t v = 0; v < wide * high; ++v) {
    graph.names.push_back("n");
    graph.element_of.push_back(element());
    if (all || v == 0 || v + 1 == wide * high) graph.connect.push_back(v);
  }
  for (std::uint32_t v = 0; v < wide * high; ++v) {
    if (v % wide + 1 < wide) graph.links.push_back({v, v + 1, element()});
    if (v + wide < wide * high) graph.links.push_back({v, v + wide, element()});
  }
  graph.find_ways();
  return graph;
}

// 66 of 66 links of a row of squares: 12 x 3 nodes, where every path could be listed by nobody.
TEST(NetworkDiagram, LargeGridsAreSmall) {
  for (const bool all : {false, true}) {
    const Case c = case_of(grid(12, 4, all), 1);
    Diagrams diagrams(std::vector<std::uint32_t>(c.variables.size(), 2));
    const Ref f = network_diagram(c.graph, c.order, c.level_of, diagrams);
    EXPECT_FALSE(diagrams.exhausted());
    EXPECT_LE(c.order.widest, 6U);
    EXPECT_LT(diagrams.size(), 20'000U);
    Weights weights(diagrams, c.variables);
    EXPECT_NEAR(weights.up(f) + weights.down(f), 1, 1e-12);
  }
}

// Large diagrams take passages as differences; the same as terms that are not.
TEST(NetworkDiagram, PassagesOfLargeDiagrams) {
  Case c = case_of(grid(7, 6, false), 2);
  for (Variable& variable : c.variables) variable.probability = {1e-6, 1 - 1e-6};
  Diagrams diagrams(std::vector<std::uint32_t>(c.variables.size(), 2));
  const Ref f = network_diagram(c.graph, c.order, c.level_of, diagrams);
  ASSERT_GT(diagrams.size(), 10'000U);
  const double rising = Weights(diagrams, c.variables).down_passages(f);
  for (Variable& variable : c.variables) variable.rising = false;
  const double terms = Weights(diagrams, c.variables).down_passages(f);
  ASSERT_FALSE(diagrams.exhausted());
  EXPECT_NEAR(rising, terms, 1e-13 * terms);
}

TEST(NetworkDiagram, TooWideIsSaid) {
  const Case c = case_of(grid(70, 70, false), 3);
  Diagrams diagrams(std::vector<std::uint32_t>(c.variables.size(), 2));
  (void)network_diagram(c.graph, c.order, c.level_of, diagrams);
  EXPECT_TRUE(diagrams.exhausted());
}

// Two nodes and thousands of ways between them: deep, and nothing to call itself on.
TEST(NetworkDiagram, ManyParallelWays) {
  NetworkGraph graph;
  graph.names = {"a", "b"};
  graph.element_of = {kPerfect, kPerfect};
  graph.connect = {0, 1};
  for (std::uint32_t i = 0; i < 5000; ++i) {
    graph.element_names.push_back("e");
    graph.links.push_back({0, 1, i});
  }
  for (std::uint32_t i = 0; i < 5000; ++i) {
    graph.names.push_back("m");
    graph.element_of.push_back(5000 + i);
    graph.element_names.push_back("e");
    graph.links.push_back({0, 2 + i, kPerfect});
    graph.links.push_back({2 + i, 1, kPerfect});
  }
  graph.find_ways();
  const Case c = case_of(std::move(graph), 4);
  Diagrams diagrams(std::vector<std::uint32_t>(c.variables.size(), 2));
  const Ref f = network_diagram(c.graph, c.order, c.level_of, diagrams);
  ASSERT_FALSE(diagrams.exhausted());
  EXPECT_EQ(diagrams.size(), 10'002U);
  EXPECT_TRUE(diagrams.evaluate(f, [](std::uint32_t level) { return level == 9'999 ? 1U : 0U; }));
}

}  // namespace
}  // namespace nines::structure
