// A network in the process: what is remembered of its paths against looking anew, and its elements as units.
#include "model/process/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/process/process.hpp"
#include "tests/description/read.hpp"
#include "tests/differential/dice.hpp"

namespace nines::test {
namespace {

using process::Route;

TEST(NetworkRoutes, WhatIsRememberedIsWhatIsThere) {
  Dice dice(7);
  int looked_up = 0, changes = 0;
  for (int round = 0; round < 100; ++round) {
    NetworkGraph graph;
    graph.directed = dice.one_in(3);
    const std::uint32_t nodes = 3 + dice.below(5);
    const auto element = [&](bool fails) {
      if (!fails) return kPerfect;
      graph.element_names.push_back("e");
      return graph.elements() - 1;
    };
    for (std::uint32_t v = 0; v < nodes; ++v) {
      graph.names.push_back("n");
      graph.element_of.push_back(element(dice.one_in(2)));
    }
    for (std::uint32_t l = 0; l < 2 * nodes; ++l) {
      const std::uint32_t from = dice.below(nodes);
      graph.links.push_back({from, (from + 1 + dice.below(nodes - 1)) % nodes, element(!dice.one_in(6))});
    }
    graph.connect = {0, nodes - 1};
    if (!graph.directed && dice.one_in(2)) graph.connect.push_back(1);
    graph.find_ways();
    if (graph.elements() == 0) continue;
    std::vector<char> up(graph.elements(), 1);
    Route kept;
    bool joined = is_joined(graph, up, kept);
    for (int event = 0; event < 300; ++event) {
      std::vector<std::uint32_t> went_down, came_up;
      const std::uint32_t shocked = dice.one_in(10) ? 1 + dice.below(3) : 1;
      for (std::uint32_t i = 0; i < shocked; ++i) {
        const std::uint32_t e = dice.below(graph.elements());
        // Mostly up, as elements are.
        const bool to = up[e] == 0 || !dice.one_in(2) ? true : false;
        if ((up[e] != 0) == to) continue;
        up[e] = to ? 1 : 0;
        (to ? came_up : went_down).push_back(1000 + e);
      }
      const bool before = joined;
      joined = is_still_joined(graph, up, joined, went_down, came_up, 1000, kept);
      Route fresh;
      ASSERT_EQ(joined, is_joined(graph, up, fresh)) << "round " << round << ", event " << event;
      changes += before != joined;
      looked_up += joined && kept.known;
    }
  }
  EXPECT_GT(changes, 500);
  EXPECT_GT(looked_up, 5000);
}

TEST(NetworkRoutes, ElementsAreUnitsThatNobodyMixesUp) {
  const auto reading = read(
      "nines: 1\ntypes: {line: {mtbf: 10 h, mttr: 5 h}}\nnetworks: {net: {links: [[a, b, line], [a, b, line], [b, c, "
      "line]], connect: [a, c]}}\nsystem: net\n");
  const ComponentId members[] = {0};
  const process::Process process(reading.model, members);
  const auto& wiring = process.wiring();
  ASSERT_EQ(wiring.nodes.size(), 3U);
  EXPECT_EQ(wiring.orbits.size(), 3U);
  process::Signals signals;
  const auto up = [&](std::vector<process::Slot> slots) {
    process.look(slots, {}, signals);
    return signals.up[0] != 0;
  };
  EXPECT_TRUE(up({0, 0, 0}));
  EXPECT_TRUE(up({1, 0, 0}));
  EXPECT_TRUE(up({0, 1, 0}));
  EXPECT_FALSE(up({1, 1, 0}));
  EXPECT_FALSE(up({0, 0, 1}));
}

}  // namespace
}  // namespace nines::test
