// Groups over shared infrastructure solved one by one: close to their joint chain, and what is known exactly is exact.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "model/markov/solve.hpp"
#include "model/markov/trajectory/gates.hpp"
#include "model/markov/trajectory/transients.hpp"
#include "tests/description/read.hpp"

namespace nines::markov {
namespace {

const std::string kZones = "az-a: {mtbf: 1 year, mttr: 4 h}, az-b: {mtbf: 1 year, mttr: 4 h}";

std::string pair(const std::string& name, const std::string& mtbf, const std::string& more = "") {
  return name + ": {redundancy: primary-standby, nodes: 2, mtbf: " + mtbf +
         ", mttr: 4 h, detection: 10 s, failover: 30 s, coverage: 95 %, manual_recovery: 30 min, placement: [az-a, "
         "az-b]" +
         more + "}";
}

std::string cluster(const std::string& name, const std::string& more = "") {
  return name +
         ": {redundancy: cluster, nodes: 3, mtbf: 60 days, mttr: 4 h, detection: 10 s, failover: 30 s, pause: leader, "
         "coverage: 99 %, manual_recovery: 30 min, placement: [az-a, az-b]" +
         more + "}";
}

std::string model(const std::string& infrastructure, const std::string& components, const std::string& rest) {
  return "infrastructure: {" + infrastructure + "}\ncomponents: {" + components + "}\n" + rest;
}

tl::expected<Answer, Refusal> solved(const std::string& words, const SolveOptions& options) {
  const auto read = test::read("nines: 1\n" + words);
  EXPECT_TRUE(read.said.empty()) << words << ": " << (read.said.empty() ? "" : read.said.front().message);
  return solve(read.model, options);
}

double relative(double a, double b) {
  return b == 0 ? std::abs(a) : std::abs(a / b - 1);
}

// Relative errors of the unavailability and the failures allowed; shares may be off by `share` of all downtime.
// `estimated`: the printed error is larger than the true one.
void expect_close(const std::string& words, double error, double share, bool estimated = true) {
  SCOPED_TRACE(words);
  const auto joint = solved(words, {});
  SolveOptions approximate;
  approximate.approximate = true;
  const auto apart = solved(words, approximate);
  ASSERT_TRUE(joint && apart);
  ASSERT_FALSE(joint->method.approximation_error);
  ASSERT_TRUE(apart->method.approximation_error);
  EXPECT_FALSE(apart->method.exact);
  const double off = relative(*apart->measures.unavailability, *joint->measures.unavailability);
  EXPECT_LT(off, error);
  if (estimated) {
    EXPECT_LT(off, *apart->method.approximation_error);
  }
  EXPECT_NEAR(*apart->measures.availability + *apart->measures.unavailability, 1, 1e-12);
  EXPECT_LT(relative(*apart->measures.failures_per_year, *joint->measures.failures_per_year), error);
  if (joint->measures.planned_unavailability) {
    EXPECT_NEAR(*apart->measures.planned_unavailability, *joint->measures.planned_unavailability,
                error * *joint->measures.unavailability);
  }
  ASSERT_EQ(apart->components.size(), joint->components.size());
  for (std::size_t i = 0; i < joint->components.size(); ++i) {
    const ComponentShare &a = apart->components[i], &b = joint->components[i];
    EXPECT_EQ(a.name, b.name);
    EXPECT_LT(relative(a.unavailability, b.unavailability), 1e-11) << a.name;
    EXPECT_LT(relative(a.failures_per_year, b.failures_per_year), 1e-11) << a.name;
    EXPECT_NEAR(a.downtime_share, b.downtime_share, share) << a.name;
    EXPECT_LT(relative(*a.birnbaum, *b.birnbaum), 30 * share) << a.name;
  }
  ASSERT_EQ(apart->infrastructure.size(), joint->infrastructure.size());
  for (std::size_t i = 0; i < joint->infrastructure.size(); ++i)
    EXPECT_NEAR(apart->infrastructure[i].downtime_share, joint->infrastructure[i].downtime_share, share)
        << joint->infrastructure[i].name;
  const auto minutes = [](const Answer& answer, const CauseShare& of) {
    for (const CauseShare& c : answer.causes)
      if (c.component == of.component && c.cause == of.cause) return c.downtime_min_per_year;
    return 0.0;
  };
  for (const CauseShare& c : joint->causes)
    EXPECT_NEAR(minutes(*apart, c), c.downtime_min_per_year, share * *joint->measures.downtime_min_per_year)
        << c.component.value_or("several") << (c.cause ? to_string(*c.cause) : "");
}

TEST(Trajectory, CloseToTheJointChain) {
  const std::string three = pair("a", "90 days") + ", " + pair("b", "60 days") + ", " + pair("c", "180 days");
  expect_close(model(kZones, three, "system: a and b and c"), 2e-5, 1e-4);
  expect_close(model(kZones, three, "system: a or b or c"), 2e-3, 2e-3);
  expect_close(model(kZones, pair("a", "90 days") + ", " + cluster("b"), "system: a or b"), 2e-3, 2e-3);
}

// What one group does with its zones is exact, and in series the others hardly matter.
TEST(Trajectory, ManyKindsOfGroups) {
  expect_close(model(kZones, pair("a", "90 days", ", failback: 1 min") + ", " + cluster("b"), ""), 1e-4, 1e-3);
  expect_close(model(kZones,
                     pair("a", "90 days") + ", " +
                         cluster("b",
                                 ", changes: {every: 1 week, fail: 5 %, rollback: "
                                 "20 min}"),
                     "system: a or b"),
               1e-3, 2e-3);
  expect_close(model(kZones,
                     pair("a", "90 days", ", maintenance: {every: 30 days, takes: 5 min, mode: stop}") + ", " +
                         pair("b", "60 days", ", needs: az-a"),
                     ""),
               1e-4, 1e-3);
}

TEST(Trajectory, WhatIsShared) {
  const std::string two = pair("a", "90 days") + ", " + pair("b", "60 days");
  // A region that takes both down, zones that wait for one crew, stages of a law, a pair of feeds.
  expect_close(model("r: {mtbf: 5 years, mttr: 1 h}, az-a: {mtbf: 1 year, mttr: 4 h, needs: r}, az-b: {mtbf: 1 year, "
                     "mttr: 4 h, needs: r}",
                     two, ""),
               1e-4, 1e-3);
  expect_close(
      "crews: {field: 1}\n" + model("az-a: {mtbf: 30 days, mttr: 8 h, crew: field}, az-b: {mtbf: 30 days, mttr: "
                                    "8 h, crew: field}",
                                    two, "system: a or b"),
      5e-3, 5e-3);
  expect_close(
      model("az-a: {mtbf: 1 year, mttr: {erlang: {stages: 2, mean: 4 h}}}, az-b: {mtbf: 1 year, mttr: 4 h}", two, ""),
      1e-4, 1e-3);
  expect_close(model("az-a: {redundancy: cluster, nodes: 2, need: 1, mtbf: 30 days, mttr: 4 h}, az-b: {mtbf: 1 year, "
                     "mttr: 4 h}",
                     two, ""),
               1e-3, 1e-3, false);
}

// A rack of one group alone is part of that group, and passive units may stand on a zone as well.
TEST(Trajectory, WhatIsNotShared) {
  expect_close(model(kZones + ", rack: {mtbf: 1 year, mttr: 2 h, needs: az-a}",
                     "a: {redundancy: primary-standby, nodes: 2, mtbf: 90 days, mttr: 4 h, failover: 30 s, placement: "
                     "[rack, az-b]}, " +
                         pair("b", "60 days") +
                         ", w: {nodes: 2, redundancy: cluster, need: 1, mtbf: 30 days, mttr: 4 h, "
                         "placement: [az-a, az-b]}",
                     ""),
               1e-4, 1e-3);
}

TEST(Trajectory, NamesThatStandTwice) {
  const std::string three = pair("a", "90 days") + ", " + pair("b", "60 days") + ", " + pair("c", "180 days");
  expect_close(model(kZones, three, "system: (a and b) or (a and c)"), 1e-4, 5e-3);
}

TEST(Trajectory, TakenWhereTheJointChainIsTooLarge) {
  const std::string words =
      model(kZones, pair("a", "90 days") + ", " + pair("b", "60 days") + ", " + pair("c", "180 days"), "");
  SolveOptions few;
  few.max_states = 1000;
  const auto apart = solved(words, few);
  ASSERT_TRUE(apart);
  EXPECT_FALSE(apart->method.exact);
  EXPECT_FALSE(apart->measures.mttff_h);
  EXPECT_NE(apart->method.notes.front().find("one by one"), std::string::npos);

  few.exact = true;
  const auto refused = solved(words, few);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too-many-states");
  std::string said;
  for (const auto& line : refused.error().notes) said += line + "\n";
  for (const auto& line : refused.error().helps) said += line + "\n";
  EXPECT_NE(said.find("--exact"), std::string::npos);
  EXPECT_NE(said.find("--max-states"), std::string::npos);
  EXPECT_NE(said.find("nines simulate"), std::string::npos);
}

TEST(Trajectory, RefusedWhereMoreIsSharedThanInfrastructure) {
  SolveOptions few;
  few.max_states = 300;
  const auto one_crew =
      solved("crews: {dba: 1}\n" +
                 model(kZones, pair("a", "90 days", ", crew: dba") + ", " + pair("b", "60 days", ", crew: dba"), ""),
             few);
  ASSERT_FALSE(one_crew);
  EXPECT_NE(one_crew.error().notes.back().find("a crew"), std::string::npos);
  const auto never = solved(model("az-a: {mtbf: 1 year, mttr: never}, az-b: {mtbf: 1 year, mttr: 4 h}",
                                  pair("a", "90 days") + ", " + pair("b", "60 days"), ""),
                            few);
  ASSERT_FALSE(never);
  EXPECT_NE(never.error().message.find("not always restored"), std::string::npos);
}

// Equal groups are one: two against their own chain, then many in series.
TEST(Trajectory, EqualGroupsAreSolvedOnce) {
  std::string two, many;
  for (int i = 0; i < 2; ++i) two += (i > 0 ? ", " : "") + cluster("c" + std::to_string(i));
  expect_close(model(kZones, two, ""), 1e-4, 1e-3);
  for (int i = 0; i < 200; ++i) many += (i > 0 ? ", " : "") + cluster("c" + std::to_string(i));
  const auto answer = solved(model(kZones, many, ""), {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->components.size(), 200U);
  EXPECT_LT(answer->method.states, 300U);  // of one of them, with both zones
  EXPECT_EQ(answer->components[0].downtime_share, answer->components[199].downtime_share);
}

double sum_of(const Twice& t) {
  return t.up_up + t.up_down + t.down_up + t.down_down;
}

// Against every combination of the states of the modules.
TEST(Gates, VotesAtTwoMoments) {
  const Twice kinds[] = {{0.5, 0.2, 0.1, 0.2}, {0.7, 0.05, 0.15, 0.1}};
  const std::uint32_t kind_of[] = {0, 1, 0, 0, 1};
  for (std::uint32_t need = 1; need <= 5; ++need) {
    Expression vote;
    for (ComponentId id = 0; id < 5; ++id) vote.terms.push_back({Expression::Op::name, id, 0, 0});
    vote.terms.push_back({Expression::Op::at_least, 0, need, 5});
    Gates gates(vote, kind_of);
    const Twice got = gates.weigh_twice(kinds);
    Twice wanted;
    for (int all = 0; all < 1024; ++all) {
      double p = 1;
      std::uint32_t before = 0, after = 0;
      for (int i = 0, left = all; i < 5; ++i, left /= 4) {
        const Twice& t = kinds[kind_of[i]];
        const double each[] = {t.up_up, t.up_down, t.down_up, t.down_down};
        p *= each[left % 4];
        before += left % 4 < 2 ? 1 : 0;
        after += left % 2 == 0 ? 1 : 0;
      }
      (before >= need ? (after >= need ? wanted.up_up : wanted.up_down)
                      : (after >= need ? wanted.down_up : wanted.down_down)) += p;
    }
    EXPECT_NEAR(got.up_up, wanted.up_up, 1e-14) << need;
    EXPECT_NEAR(got.up_down, wanted.up_down, 1e-14) << need;
    EXPECT_NEAR(got.down_up, wanted.down_up, 1e-14) << need;
    EXPECT_NEAR(got.down_down, wanted.down_down, 1e-14) << need;
    EXPECT_NEAR(sum_of(got), 1, 1e-14);
  }
}

TEST(Gates, EqualModulesAreCounted) {
  const structure::Side kinds[] = {{0.9, 0.08, 0.02}, {0.7, 0.2, 0.1}};
  const std::uint32_t kind_of[] = {0, 1, 0, 0, 1};
  for (const auto op : {Expression::Op::all_of, Expression::Op::any_of, Expression::Op::at_least}) {
    Expression expression;
    std::vector<structure::Side> sides;
    for (ComponentId id = 0; id < 5; ++id) {
      expression.terms.push_back({Expression::Op::name, id, 0, 0});
      sides.push_back(kinds[kind_of[id]]);
    }
    expression.terms.push_back({op, 0, 3, 5});
    Gates gates(expression, kind_of);
    EXPECT_EQ(gates.leaves().size(), 2U);
    std::vector<double> birnbaum(2);
    const auto got = gates.weigh(kinds, birnbaum);
    const auto wanted = structure::join(expression, sides);
    EXPECT_NEAR(got.up, wanted.whole.up, 1e-15);
    EXPECT_NEAR(got.mendable, wanted.whole.mendable, 1e-15);
    EXPECT_NEAR(got.several, wanted.whole.several, 1e-15);
    for (std::uint32_t m = 0; m < 5; ++m) EXPECT_NEAR(birnbaum[gates.leaf_of(m)], wanted.birnbaum[m], 1e-15);
  }
}

// Means of exponentials over an exponential time, from seconds to years in one go.
TEST(Times, MeanOfExponentials) {
  const double rate = 1e-4;
  const Times times = times_for(rate, 3600);
  const auto weights = times.weights(rate);
  for (const double decay : {1e-7, 1e-4, 0.25, 60.0, 360.0}) {
    double mean = weights[0], t = times.first_h;
    for (std::size_t i = 1; i < weights.size(); ++i, t *= 2) mean += weights[i] * std::exp(-decay * t);
    EXPECT_NEAR(mean / (rate / (rate + decay)), 1, 2e-4) << decay;
  }
}

}  // namespace
}  // namespace nines::markov
