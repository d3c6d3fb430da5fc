// What a run of the simulation makes of histories: where they are counted, and what a few of them tell.
#include <gtest/gtest.h>

#include <cmath>

#include "model/study/decision.hpp"
#include "sim/simulate.hpp"

namespace nines::sim {
namespace {

Model one_unit(Law life, std::uint32_t nodes = 1, std::uint32_t need = 1) {
  Model model;
  Unit unit;
  unit.modes = {{"", std::move(life), {{"", Law::exponential(10), 1}}}};
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

Answer play(const Model& model, const SimulateOptions& options) {
  const Model* list[] = {&model};
  auto answers = simulate(list, options);
  EXPECT_TRUE(answers.has_value());
  return answers->front();
}

// In each 50 years after the same warm-up there were 218.05 failures of 217.91, and the interval was a fifteenth of
// that.
TEST(Plan, ARhythmThatDoesNotFadeIsNoBias) {
  const Model model = one_unit(Law{Law::Kind::fixed, {2000}, 2000});
  SimulateOptions options;
  options.years = 20000;
  const Answer answer = play(model, options);
  const Interval* interval = study::interval_of(answer, "failures_per_year");
  ASSERT_NE(interval, nullptr);
  EXPECT_LT(std::abs(*answer.measures.failures_per_year - 8760 / 2010.0), 2 * (interval->second - interval->first));
}

TEST(Plan, CountingBeginsElsewhereInEachHistoryWhereLivesHaveAMemory) {
  const Model fixed = one_unit(Law{Law::Kind::fixed, {2000}, 2000}), plain = one_unit(Law::exponential(2000));
  const Model *with[] = {&fixed}, *without[] = {&plain};
  EXPECT_EQ(plan(without, {}).spread_h, 0);
  const Plan drawn = plan(with, {});
  EXPECT_EQ(drawn.spread_h, 8 * 2010);
  double sum = 0;
  for (std::uint64_t history = 0; history < 1000; ++history) {
    const double from = counted_from_h(drawn.warm_up_h, drawn.spread_h, 1, history);
    EXPECT_GE(from, drawn.warm_up_h);
    EXPECT_LE(from, drawn.warm_up_h + drawn.spread_h);
    sum += from;
  }
  EXPECT_NEAR(sum / 1000, drawn.warm_up_h + drawn.spread_h / 2, drawn.spread_h / 20);
}

TEST(Plan, ClocksThatKeepInStepAreTold) {
  EXPECT_TRUE(beyond_warm_up(one_unit(Law{Law::Kind::fixed, {2000}, 2000})).empty());
  EXPECT_TRUE(beyond_warm_up(one_unit(Law::exponential(2000), 3, 2)).empty());
  EXPECT_EQ(beyond_warm_up(one_unit(Law{Law::Kind::fixed, {2000}, 2000}, 3, 2)).size(), 1U);
}

// A cold standby that serves 10 h in 1010 takes 101 lives of the first node to live one of its own.
TEST(Plan, StandbysAgeSlowly) {
  Model model = one_unit(Law{Law::Kind::uniform, {500, 1500}, 1000}, 2);
  PrimaryStandby pair;
  const auto warm_up = [&](double stress, bool failback) {
    pair.standby_stress = stress;
    pair.failback = failback ? std::optional(Law::exponential(0.1)) : std::nullopt;
    model.components[0].redundancy = pair;
    const Model* list[] = {&model};
    return plan(list, {}).warm_up_h;
  };
  EXPECT_EQ(warm_up(1, true), 8000);
  EXPECT_EQ(warm_up(0, false), 16000);
  EXPECT_EQ(warm_up(0, true), 400000);
  EXPECT_EQ(beyond_warm_up(model).size(), 1U);
  EXPECT_NEAR(warm_up(0.1, true), 8000 / (0.1 + 0.9 / 101), 1e-6);
  EXPECT_TRUE(beyond_warm_up(model).empty());
}

TEST(Plan, OneHistoryKnowsNothingOfItsScatter) {
  SimulateOptions options;
  options.max_events = 1;
  const Answer answer = play(one_unit(Law::exponential(1000)), options);
  EXPECT_EQ(answer.simulated->histories, 1U);
  EXPECT_EQ(*study::interval_of(answer, "unavailability"), Interval(0, 1));
  EXPECT_EQ(study::interval_of(answer, "mean_down_time_h"), nullptr);
}

// Twelve years in which two outages are expected: with the scatter between histories alone, 42 % held the truth.
TEST(Plan, MeanOutageOfAFew) {
  const Model model = one_unit(Law::exponential(1000), 2, 1);
  int given = 0, hold = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SimulateOptions options;
    options.years = 12;
    options.seed = seed;
    options.jobs = 1;
    const Answer answer = play(model, options);
    const Interval* interval = study::interval_of(answer, "mean_down_time_h");
    if (!interval) continue;
    ++given;
    hold += interval->first <= 5 && 5 <= interval->second;
  }
  EXPECT_GT(given, 200);
  EXPECT_GT(hold, 0.9 * given);
}

}  // namespace
}  // namespace nines::sim
