// What is too large is refused in words, before time and memory are gone; what is not, isn't.
#include <gtest/gtest.h>

#include <cmath>

#include "model/markov/solve.hpp"
#include "model/markov/space/explore.hpp"
#include "model/markov/space/state_bound.hpp"
#include "tests/description/read.hpp"

namespace nines::markov {
namespace {

Model model_of(const std::string& components) {
  return test::read("nines: 1\n" + components).model;
}

std::string zones(int count) {
  std::string list = "infrastructure:\n", placement;
  for (int i = 0; i < count; ++i) {
    list += "  z" + std::to_string(i) + ": {mtbf: 5 years, mttr: 1 h}\n";
    placement += (i ? ", z" : "z") + std::to_string(i);
  }
  return list + "components:\n  db: {redundancy: cluster, nodes: " + std::to_string(count) +
         ", mtbf: 90 days, mttr: 4 h, detection: 10 s, failover: 30 s, pause: all, placement: [" + placement + "]}\n";
}

std::string standbys(int nodes, const std::string& more = "") {
  return "components:\n  db: {redundancy: primary-standby, nodes: " + std::to_string(nodes) +
         ", mtbf: 90 days, mttr: 4 h, detection: 10 s, failover: 30 s" + more + "}\n";
}

TEST(Budget, NoChainHasFewerStatesThanAreSure) {
  const std::string steps = "recovery: [{takes: 1 min, works: 50 %}, {takes: 1 h}]";
  for (const std::string& text :
       {zones(3), standbys(3), standbys(4, ", standby: cold, coverage: 90 %, manual_recovery: 1 h"),
        standbys(3, ", failback: 1 min, false_failover: 1 year"),
        "components:\n  c: {redundancy: cluster, nodes: 4, load_sharing: 1, failures: {a: {mtbf: 1 day, " + steps +
            "}, b: {mtbf: 9 days, mttr: never}}}\n",
        "crews: {ops: 1}\ncomponents:\n  c: {redundancy: cluster, nodes: 4, mtbf: 9 days, " + steps +
            ", crew: ops}\n  d: {mtbf: 9 days, mttr: 1 h, crew: ops}\n"}) {
    const Model model = model_of(text);
    std::vector<ComponentId> members;
    for (ComponentId id = 0; id < model.components.size(); ++id) members.push_back(id);
    const auto space = explore(process::Process(model, members));
    ASSERT_TRUE(space.has_value());
    const double sure = states_at_least(model, members);
    EXPECT_GT(sure, 1) << text;
    EXPECT_LE(sure, static_cast<double>(space->chain.size())) << text;
  }
}

TEST(Budget, WhatIsSurelyTooLargeIsSaidAtOnce) {
  const auto many_zones = solve(model_of(zones(1000)));
  ASSERT_FALSE(many_zones.has_value());
  EXPECT_EQ(many_zones.error().code, "too-many-states");
  ASSERT_FALSE(many_zones.error().notes.empty());
  EXPECT_EQ(many_zones.error().notes[0], "it has 1.0e+300 at least");
  for (const char* more : {"", ", standby: cold"}) {
    const auto many_nodes = solve(model_of(standbys(200'000, more)));
    ASSERT_FALSE(many_nodes.has_value());
    EXPECT_TRUE(many_nodes.error().code == "memory" || many_nodes.error().code == "too-many-states");
  }
}

// 602 states of 202 slots.
TEST(Budget, LargeStatesAreChargedForTheirWork) {
  const Model model = model_of(standbys(200));
  SolveOptions options;
  EXPECT_TRUE(solve(model, options).has_value());
  options.max_states = 1000;
  const auto solved = solve(model, options);
  ASSERT_FALSE(solved.has_value());
  EXPECT_EQ(solved.error().code, "too-many-states");
  EXPECT_NE(solved.error().message.find("202 units"), std::string::npos) << solved.error().message;
  // As many small ones are no work at all.
  options.max_states = 30;
  EXPECT_TRUE(solve(model_of(standbys(8)), options).has_value());
}

TEST(Budget, WhatIsSeenOfABlockIsChargedForItsMemory) {
  const Model model = model_of(zones(4));
  SolveOptions options;
  options.memory_limit = 100'000;
  const auto solved = solve(model, options);
  ASSERT_FALSE(solved.has_value());
  EXPECT_EQ(solved.error().code, "memory");
}

// The reader takes fewer steps; a program that makes its own model may not.
TEST(Budget, AUnitOfVeryManySteps) {
  Model model = model_of("components: {a: {mtbf: 1000 h, mttr: 1 h}}\n");
  auto& recovery = model.units[0].modes[0].recovery;
  recovery.assign(6000, {"", Law::exponential(1), 0.01});
  recovery.back().works = 1;
  const auto solved = solve(model);
  ASSERT_TRUE(solved.has_value()) << solved.error().message;
  const double down = (1 - std::pow(0.99, 6000)) / 0.01;
  EXPECT_NEAR(*solved->measures.unavailability / (down / (1000 + down)), 1, 1e-9);
  SolveOptions options;
  options.max_states = 100;
  EXPECT_EQ(solve(model, options).error().code, "too-many-states");
}

}  // namespace
}  // namespace nines::markov
