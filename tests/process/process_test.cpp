// Rules of the process, one at a time: which clocks run, and where an event leads.
#include "model/process/process.hpp"

#include <gtest/gtest.h>

#include "model/markov/space/explore.hpp"

namespace nines::process {
namespace {

Unit unit() {
  return {"", {{"", Law::exponential(1000), {{"", Law::exponential(10), 1}}}}, 0};
}

Model model_of(std::vector<Component> components) {
  Model model;
  model.units = {unit()};
  model.components = std::move(components);
  model.used.assign(model.components.size(), 1);
  return model;
}

Component component(Redundancy redundancy, std::uint32_t nodes) {
  Component c;
  c.name = "c";
  c.redundancy = std::move(redundancy);
  c.nodes.assign(nodes, 0);
  return c;
}

// Gives one answer to every question.
class Always final : public Chooser {
 public:
  explicit Always(bool answer) : answer_(answer) {}
  bool happens(double) override {
    ++asked;
    return answer_;
  }
  int asked = 0;

 private:
  bool answer_;
};

struct Play {
  Model model;
  Process process;
  State state;

  Play(Model m, std::vector<ComponentId> members)
      : model(std::move(m)), process(model, members), state(process.start()) {}
  void fail(NodeId node, bool answer = true) { fire(process.wiring().nodes[node].first_activity, answer); }
  void restore(NodeId node) { fire(process.wiring().nodes[node].first_activity + 1, true); }
  void ring(GroupId group, Activity::Kind kind, bool answer = true) {
    fire(group_activity(process.wiring().groups[group], kind), answer);
  }
  Slot mode(GroupId group) const { return state.slots[process.wiring().groups[group].slot]; }
  Slot about(GroupId group) const { return state.slots[process.wiring().groups[group].slot + 1]; }
  double speed_of(NodeId node) const {
    const Running running = process.running_of_node(node, state);
    return running.count == 0 ? 0 : running.speed;
  }

 private:
  void fire(ActivityId activity, bool answer) {
    Always chooser(answer);
    process.fire(activity, state, chooser);
    Signals fresh;
    process.look(state.slots, {}, fresh);
    EXPECT_EQ(fresh.node_up, state.signals.node_up);  // what is kept beside the state agrees with it
    EXPECT_EQ(fresh.nodes_up, state.signals.nodes_up);
    EXPECT_EQ(fresh.up, state.signals.up);
  }
};

PrimaryStandby timed_pair() {
  PrimaryStandby pair;
  pair.detection = Law::exponential(0.1);
  pair.failover = Law::exponential(0.2);
  return pair;
}

TEST(PrimaryStandby, DetectsSwitchesServes) {
  Play play(model_of({component(timed_pair(), 2)}), {0});
  play.fail(0);
  EXPECT_EQ(play.mode(0), mode::kDetecting);
  EXPECT_FALSE(play.state.signals.up[0]);
  play.ring(0, Activity::Kind::detection);
  EXPECT_EQ(play.mode(0), mode::kSwitching);
  play.ring(0, Activity::Kind::failover);
  EXPECT_EQ(play.mode(0), mode::kServing);
  EXPECT_EQ(play.about(0), 1);
  EXPECT_TRUE(play.state.signals.up[0]);
  play.restore(0);  // it stays in waiting
  EXPECT_EQ(play.about(0), 1);
}

TEST(PrimaryStandby, ANodeThatReturnsBeforeDetectionServesOn) {
  Play play(model_of({component(timed_pair(), 2)}), {0});
  play.fail(0);
  play.restore(0);
  EXPECT_EQ(play.mode(0), mode::kServing);
  EXPECT_EQ(play.about(0), 0);
}

TEST(PrimaryStandby, AFailoverThatDoesNotWorkIsMendedByHand) {
  auto pair = timed_pair();
  pair.coverage = 0.9;
  pair.manual_recovery = Law::exponential(1);
  Play play(model_of({component(pair, 2)}), {0});
  play.fail(0);
  play.ring(0, Activity::Kind::detection);
  play.ring(0, Activity::Kind::failover, false);
  EXPECT_EQ(play.mode(0), mode::kManual);
  EXPECT_EQ(play.process.mode_cause(0, play.state.slots, play.state.signals), Cause::by_hand);
  play.fail(1);
  EXPECT_EQ(play.mode(0), mode::kManual);  // until the clock rings
  play.ring(0, Activity::Kind::manual_recovery);
  EXPECT_EQ(play.mode(0), mode::kAllDown);
  play.restore(1);
  EXPECT_EQ(play.mode(0), mode::kServing);
  EXPECT_EQ(play.about(0), 1);
}

TEST(PrimaryStandby, AFalseFailoverLeavesTheFormerForLastAndFailbackReturns) {
  auto pair = timed_pair();
  pair.false_failover_mean_h = 100;
  Play play(model_of({component(pair, 3)}), {0});
  play.ring(0, Activity::Kind::false_failover);
  EXPECT_EQ(play.mode(0), mode::kSwitching);
  play.ring(0, Activity::Kind::failover);
  EXPECT_EQ(play.about(0), 1);

  pair.failback = Law::exponential(0.1);
  Play back(model_of({component(pair, 3)}), {0});
  back.ring(0, Activity::Kind::false_failover);
  back.ring(0, Activity::Kind::failover);
  EXPECT_EQ(back.mode(0), mode::kFailback);  // the first node is up, so duty returns at once
  EXPECT_EQ(back.process.mode_cause(0, back.state.slots, back.state.signals), Cause::failback);
  back.ring(0, Activity::Kind::failback);
  EXPECT_EQ(back.mode(0), mode::kServing);
  EXPECT_EQ(back.about(0), 0);
}

TEST(PrimaryStandby, StandbyStress) {
  auto pair = timed_pair();
  pair.standby_stress = 0.25;
  Play play(model_of({component(pair, 2)}), {0});
  EXPECT_EQ(play.speed_of(0), 1);
  EXPECT_EQ(play.speed_of(1), 0.25);
  play.fail(0);
  EXPECT_EQ(play.speed_of(1), 0.25);  // nobody serves
}

TEST(Cluster, AHoldingTakeoverStartsAnewAndEndsInRecovering) {
  Cluster cluster;
  cluster.need = 1;
  cluster.detection = Law::exponential(0.1);
  cluster.failover = Law::exponential(0.1);
  cluster.pause = Pause::leader;
  cluster.coverage = 0.9;
  cluster.manual_recovery = Law::exponential(1);
  Play play(model_of({component(cluster, 4)}), {0});
  play.fail(0, true);  // covered, and it was the leader
  EXPECT_EQ(play.mode(0), mode::kTakeoverDetecting);
  EXPECT_FALSE(play.state.signals.up[0]);
  play.ring(0, Activity::Kind::detection);
  EXPECT_EQ(play.mode(0), mode::kTakeoverSwitching);
  play.fail(1, true);
  EXPECT_EQ(play.mode(0), mode::kTakeoverDetecting);
  play.fail(2, false);
  EXPECT_EQ(play.mode(0), mode::kRecovering);
  play.fail(3, true);
  EXPECT_EQ(play.mode(0), mode::kRecovering);
  play.ring(0, Activity::Kind::manual_recovery);
  EXPECT_FALSE(play.state.signals.up[0]);  // no node is up
  play.restore(0);
  EXPECT_TRUE(play.state.signals.up[0]);
}

TEST(Cluster, SurvivorsWorkHarder) {
  Cluster cluster;
  cluster.need = 1;
  cluster.load_sharing = 2;
  Play play(model_of({component(cluster, 4)}), {0});
  play.fail(0);
  play.fail(1);
  EXPECT_DOUBLE_EQ(play.speed_of(2), 4);
}

Component zone() {
  Component z = component(Series{}, 1);
  z.infrastructure = true;
  return z;
}

TEST(Infrastructure, TakesNodesAwayAndGivesThemBack) {
  Component db = component(timed_pair(), 2);
  db.placement = {0, 1};
  Play play(model_of({zone(), zone(), db}), {0, 1, 2});
  play.fail(0);  // the first zone
  EXPECT_EQ(play.mode(2), mode::kDetecting);
  EXPECT_EQ(play.state.slots[play.process.wiring().nodes[2].slot], 0);  // its node is not failed
  EXPECT_EQ(play.speed_of(2), 1);                                       // and may fail all the same
  play.restore(0);
  EXPECT_EQ(play.mode(2), mode::kServing);
}

TEST(Infrastructure, NeedsOfAComponentDoNotTouchItsNodes) {
  Component db = component(timed_pair(), 2);
  db.needs.terms.push_back({Expression::Op::name, 0, 0, 0});
  Play play(model_of({zone(), db}), {0, 1});
  play.fail(0);
  EXPECT_EQ(play.mode(1), mode::kServing);
  EXPECT_TRUE(play.state.signals.group_up[1]);
  EXPECT_FALSE(play.state.signals.up[1]);
}

TEST(Explore, EqualNodesAreCounted) {
  Cluster cluster;
  cluster.need = 6;
  cluster.load_sharing = 1;
  const Model model = model_of({component(cluster, 12)});
  const ComponentId members[] = {0};
  const Process process(model, members);
  EXPECT_EQ(markov::explore(process)->chain.size(), 13u);
  markov::ExploreLimits named;
  named.lump = false;
  EXPECT_EQ(markov::explore(process, named)->chain.size(), 4096u);
  named.states = 1000;
  EXPECT_FALSE(markov::explore(process, named).has_value());
}

}  // namespace
}  // namespace nines::process
