// Crews: who is restored, who waits, and who comes next.
#include <gtest/gtest.h>

#include "model/markov/solve.hpp"
#include "model/process/process.hpp"

namespace nines::process {
namespace {

class Never final : public Chooser {
 public:
  bool happens(double) override { return true; }
};

// `nodes` equal units of one mode, all restored by crew 0.
Model crewed(std::uint32_t nodes, std::uint32_t need, Crew crew) {
  Model model;
  model.crews = {std::move(crew)};
  Unit unit;
  unit.modes = {{"", Law::exponential(100), {{"", Law::exponential(10), 1}}, 0, 0}};
  model.units = {unit};
  Component c;
  c.name = "c";
  Cluster cluster;
  cluster.need = need;
  c.redundancy = cluster;
  c.nodes.assign(nodes, 0);
  model.components = {c};
  model.used = {1};
  model.named = {0};
  model.system.terms = {{Expression::Op::name, 0, 0, 0}};
  return model;
}

struct Play {
  explicit Play(Model m) : model(std::move(m)), process(model, members), state(process.start()) {}
  void fire(ActivityId activity) {
    Never chooser;
    process.fire(activity, state, chooser);
  }
  void fail(NodeId node, std::uint32_t mode = 0) { fire(process.wiring().nodes[node].first_activity + mode); }
  void restore(NodeId node) {
    const Running running = process.running_of_node(node, state);
    ASSERT_EQ(running.count, 1U);
    fire(running.first);
  }
  [[nodiscard]] bool is_served(NodeId node) const {
    const auto& kind = process.wiring().kinds[process.wiring().nodes[node].kind];
    const Slot slot = state.slots[process.wiring().nodes[node].slot];
    return slot != 0 && !kind.is_idle(slot);
  }
  [[nodiscard]] bool works(NodeId node) const { return state.slots[process.wiring().nodes[node].slot] == 0; }

  std::vector<ComponentId> members{0};
  Model model;
  Process process;
  State state;
};

TEST(Crew, FirstComeFirstServed) {
  Play play(crewed(4, 1, {"ops", 1, false}));
  for (const NodeId node : {2U, 0U, 3U}) play.fail(node);
  EXPECT_TRUE(play.is_served(2));
  EXPECT_FALSE(play.is_served(0));
  EXPECT_EQ(play.process.running_of_node(0, play.state).count, 0U);  // who waits has no clock
  play.restore(2);
  EXPECT_TRUE(play.works(2));
  EXPECT_TRUE(play.is_served(0));
  play.fail(2);
  play.restore(0);
  EXPECT_TRUE(play.is_served(3));
  play.restore(3);
  EXPECT_TRUE(play.is_served(2));
  play.restore(2);
  play.fail(1);
  EXPECT_TRUE(play.is_served(1));
}

TEST(Crew, HighestPriorityFirstAndEqualsByNumber) {
  Model model = crewed(5, 1, {"ops", 1, true});
  Unit urgent = model.units[0];
  urgent.modes[0].priority = 3;
  model.units.push_back(urgent);
  model.components[0].nodes = {0, 0, 1, 0, 1};
  Play play(std::move(model));
  for (const NodeId node : {0U, 3U, 1U, 4U, 2U}) play.fail(node);
  std::vector<NodeId> order;
  play.process.queue_members(play.process.wiring().crews[0].line, play.state.slots, order);
  EXPECT_EQ(order, (std::vector<NodeId>{2, 4, 1, 3}));
  play.restore(0);
  EXPECT_TRUE(play.is_served(2));
}

TEST(Crew, AStepThatDoesNotWorkKeepsTheCrew) {
  Model model = crewed(2, 1, {"ops", 1, false});
  model.units[0].modes[0].recovery = {{"restart", Law::exponential(1), 0.5}, {"replace", Law::exponential(5), 1}};
  Play play(std::move(model));
  play.fail(0);
  play.fail(1);
  class Fails final : public Chooser {
   public:
    bool happens(double) override { return false; }
  } fails;
  play.process.fire(play.process.running_of_node(0, play.state).first, play.state, fails);
  EXPECT_TRUE(play.is_served(0));
  EXPECT_FALSE(play.is_served(1));
}

TEST(Crew, WithEnoughMembersThereIsNoQueue) {
  const Play play(crewed(3, 1, {"ops", 3, false}));
  EXPECT_TRUE(play.process.wiring().crews.empty());
}

// Machine repair, M/M/c//n: birth and death rates by hand.
TEST(Crew, SolvedAsMachineRepair) {
  const std::uint32_t n = 6, size = 2, need = 4;
  const auto answer = markov::solve(crewed(n, need, {"ops", size, false}));
  ASSERT_TRUE(answer.has_value());
  std::vector<double> p{1};  // by number of failed units
  for (std::uint32_t j = 0; j < n; ++j) p.push_back(p[j] * (n - j) / 100.0 / (std::min(j + 1, size) / 10.0));
  double total = 0, down = 0;
  for (std::uint32_t j = 0; j <= n; ++j) {
    total += p[j];
    if (n - j < need) down += p[j];
  }
  EXPECT_NEAR(*answer->measures.unavailability / (down / total), 1, 1e-12);
}

std::vector<std::vector<NodeId>> orbits(const Model& model) {
  std::vector<ComponentId> members;
  for (ComponentId id = 0; id < model.components.size(); ++id) members.push_back(id);
  const Process process(model, members);
  std::vector<std::vector<NodeId>> lists;
  for (const Orbit& orbit : process.wiring().orbits) lists.push_back(orbit.nodes);
  return lists;
}

// Nodes 0 and 2 stand on one zone, node 1 on another: by number, node 1 waits between them.
TEST(Crew, EqualsThatWaitByNumberAreAlikeOnlyAsNeighbours) {
  for (const bool by_priority : {false, true}) {
    Model model = crewed(3, 1, {"ops", 1, by_priority});
    Unit alone = model.units[0];
    alone.modes[0].crew = kNoCrew;
    model.units.push_back(alone);
    Component zone;
    zone.infrastructure = true;
    zone.nodes = {1};
    model.components.insert(model.components.end(), 2, zone);
    model.components[0].placement = {1, 2, 1};
    EXPECT_EQ(orbits(model).size(), by_priority ? 5U : 4U);
    model.components[0].placement = {1, 1, 2};
    EXPECT_EQ(orbits(model).size(), 4U);
  }
}

// Of two failed nodes the first by number is restored first. In a detection it matters which of them was serving.
TEST(Crew, EqualsThatWaitByNumberAreNotAlikeWhereOneIsRemembered) {
  Model model = crewed(2, 1, {"ops", 1, true});
  PrimaryStandby pair;
  model.components[0].redundancy = pair;
  EXPECT_EQ(orbits(model).size(), 1U);
  pair.detection = Law::exponential(1);
  model.components[0].redundancy = pair;
  EXPECT_EQ(orbits(model).size(), 2U);
  model.crews[0].by_priority = false;
  EXPECT_EQ(orbits(model).size(), 1U);
}

// A crew that is never short ties nobody to anybody: its units are solved alone, where there is no crew.
TEST(Crew, SolvedWhereItIsNeverShort) {
  const auto answer = markov::solve(crewed(2, 1, {"ops", 2, false}));
  ASSERT_TRUE(answer.has_value());
  EXPECT_NEAR(*answer->measures.unavailability * 121, 1, 1e-12);
}

}  // namespace
}  // namespace nines::process
