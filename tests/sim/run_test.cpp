// Runs: reproducible, bounded, and honest when nothing was seen.
#include <gtest/gtest.h>

#include <atomic>
#include <bit>
#include <cmath>

#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

constexpr std::uint64_t kPinnedEvents = 70415, kPinnedUnavailability = 4581092439297538848;
constexpr std::uint64_t kPinnedEventsOfMany = 2901784, kPinnedUnavailabilityOfMany = 4563402622516881837;

Model pair() {
  return model_from(
      "infrastructure: {z: {mtbf: {weibull: {shape: 2, mean: 900 h}}, mttr: 5 h}}\n"
      "crews: {ops: 1}\n"
      "components:\n"
      "  db: {redundancy: primary-standby, mtbf: {weibull: {shape: 1.5, mean: 200 h}}, mttr: {lognormal: {mean: "
      "10 h, cv: 1}}, crew: ops, detection: {fixed: 1 min}, failover: 5 min, coverage: 90 %, manual_recovery: 1 h, "
      "placement: z}\n"
      "  app: {redundancy: cluster, nodes: 3, need: 2, mtbf: 300 h, mttr: 8 h, crew: ops, load_sharing: 1}\n");
}

void expect_same(const Answer& a, const Answer& b) {
  EXPECT_EQ(*a.measures.unavailability, *b.measures.unavailability);
  EXPECT_EQ(*a.measures.failures_per_year, *b.measures.failures_per_year);
  EXPECT_EQ(a.intervals, b.intervals);
  EXPECT_EQ(a.simulated->events, b.simulated->events);
  ASSERT_EQ(a.causes.size(), b.causes.size());
  for (std::size_t i = 0; i < a.causes.size(); ++i)
    EXPECT_EQ(a.causes[i].downtime_min_per_year, b.causes[i].downtime_min_per_year);
}

TEST(Run, TheSameBitsForAnyNumberOfThreads) {
  const Model model = pair();
  const Answer one = simulated(model, 300, 1);
  expect_same(one, simulated(model, 300, 2));
  expect_same(one, simulated(model, 300, 5));
  EXPECT_NE(*one.measures.unavailability, *simulated(model, 300, 1, 2).measures.unavailability);
}

// The same in debug, release and sanitizer builds: the bits of one run, pinned.
TEST(Run, TheSameBitsInEveryBuild) {
  const Answer answer = simulated(pair(), 100, 1);
  EXPECT_EQ(answer.simulated->events, kPinnedEvents);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(*answer.measures.unavailability), kPinnedUnavailability);
}

// Where there are many nodes, what they need is fetched ahead: nothing but the time it takes may be another.
TEST(Run, TheSameBitsWithManyNodes) {
  const Answer answer = simulated(
      model_from("components: {it: {redundancy: cluster, nodes: 12000, need: 11930, mtbf: {weibull: {shape: 1.5, mean: "
                 "2000 h}}, mttr: {lognormal: {mean: 8 h, cv: 1}}}}"),
      2, 1);
  EXPECT_EQ(answer.simulated->events, kPinnedEventsOfMany);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(*answer.measures.unavailability), kPinnedUnavailabilityOfMany);
}

TEST(Run, ZeroOutagesAreNotAvailabilityOne) {
  const Answer answer = simulated(
      model_from("components: {a: {redundancy: cluster, nodes: 4, need: 1, mtbf: 10 years, mttr: 1 h}}"), 1000);
  ASSERT_EQ(answer.simulated->outages, 0U);
  EXPECT_TRUE(std::isinf(answer.simulated->half_width));
  EXPECT_GT(answer.simulated->years_needed, 100'000);
  for (const auto& [name, ends] : answer.intervals)
    if (name == "unavailability") {
      EXPECT_EQ(ends.first, 0);
      EXPECT_GT(ends.second, 1.0 / (1000 * 8760.0));  // an hour in the years played, and more
      EXPECT_LT(ends.second, 1e-5);
    }
}

TEST(Run, EndsAtThePrecisionOrTheBudget) {
  const Model model = model_from("components: {a: {mtbf: 100 h, mttr: {lognormal: {mean: 5 h, cv: 2}}}}");
  const Model* const models[] = {&model};
  sim::SimulateOptions options;
  options.precision = 0.02;
  const auto precise = sim::simulate(models, options);
  EXPECT_LE(precise->front().simulated->half_width, 0.02);
  EXPECT_FALSE(precise->front().simulated->out_of_budget);
  options.precision = 1e-6;
  options.max_events = 1'000'000;
  const auto bounded = sim::simulate(models, options);
  EXPECT_TRUE(bounded->front().simulated->out_of_budget);
  EXPECT_GE(bounded->front().simulated->events, 1'000'000U);
  EXPECT_LT(bounded->front().simulated->events, 1'100'000U);
}

TEST(Run, StopsWhenAsked) {
  const Model model = pair();
  const Model* const models[] = {&model};
  sim::SimulateOptions options;
  options.years = 1e9;
  std::atomic<bool> stop{false};
  sim::SimulateHooks hooks;
  hooks.stop = &stop;
  int told = 0;
  hooks.progress = [&](const sim::Progress& progress) {
    EXPECT_GE(progress.done, 0);
    EXPECT_LT(progress.done, 0.5);
    stop = ++told == 2;
  };
  const auto answers = sim::simulate(models, options, hooks);
  ASSERT_TRUE(answers.has_value());
  EXPECT_TRUE(answers->front().simulated->interrupted);
  EXPECT_GT(answers->front().simulated->years, 0);
}

// With common random numbers, what two designs share cancels: the difference is known better than either.
TEST(Run, DesignsMeetTheSameFate) {
  Model a = pair(), b = pair();
  a.design = "a";
  b.design = "b";
  std::get<PrimaryStandby>(b.components[1].redundancy).coverage = 0.95;
  const Model* const models[] = {&a, &b};
  sim::SimulateOptions options;
  options.years = 2000;
  const auto answers = sim::simulate(models, options);
  const auto& difference = answers->back().simulated->difference;
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->from, "a");
  EXPECT_LT(difference->interval.second, 0);  // better coverage, less downtime
  const double alone = error_of(answers->front(), "unavailability") * std::sqrt(2.0);
  EXPECT_LT((difference->interval.second - difference->interval.first) / (2 * 1.96), alone);
}

}  // namespace
}  // namespace nines::test
