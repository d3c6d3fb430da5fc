// What a simulation decides and what it leaves open.
#include "model/study/decision.hpp"

#include <gtest/gtest.h>

#include "model/study/effort.hpp"

namespace nines::study {
namespace {

Answer between(double low, double high) {
  Answer answer;
  answer.engine = "simulation";
  answer.measures.unavailability = (low + high) / 2;
  answer.measures.availability = 1 - (low + high) / 2;
  answer.intervals = {{"unavailability", {low, high}}};
  answer.targets = {{"availability", 0.9999, 1 - (low + high) / 2, (low + high) / 2 <= 1e-4}};
  answer.simulated.emplace();
  answer.simulated->outages = 10;
  return answer;
}

TEST(Decision, AnIntervalThatHoldsTheTargetDecidesNothing) {
  EXPECT_EQ(decide(between(0.8e-4, 0.9e-4)), Decision::met);
  EXPECT_EQ(decide(between(0.8e-4, 1.1e-4)), Decision::undecided);
  EXPECT_EQ(decide(between(1.2e-4, 1.3e-4)), Decision::missed);
  EXPECT_EQ(decide(Answer{}), std::nullopt);
}

TEST(Decision, OneMissedTargetDecidesAll) {
  Answer answer = between(0.8e-4, 1.1e-4);
  answer.targets.push_back({"breach_probability", 0.05, 0.2, false});
  answer.intervals.emplace_back("breach_probability", Interval{0.1, 0.3});
  EXPECT_EQ(decide(answer), Decision::missed);
}

TEST(Decision, SeeingNoOutageIsNoAvailabilityOfOne) {
  Answer answer = between(0, 3e-4);
  answer.measures.unavailability = 0;
  answer.measures.availability = 1;
  answer.targets[0].met = true;
  answer.simulated->outages = 0;
  leave_out_what_was_not_seen(answer);
  EXPECT_FALSE(answer.measures.availability);
  EXPECT_FALSE(answer.measures.unavailability);
  EXPECT_FALSE(answer.targets[0].met);
  EXPECT_TRUE(nothing_seen(answer));
}

TEST(Decision, BeingDownAllTheTimeIsSomethingSeen) {
  Answer answer = between(1, 1);
  answer.simulated->outages = 0;
  EXPECT_FALSE(nothing_seen(answer));
}

TEST(Apart, CommonRandomNumbersDecideWhatSeparateIntervalsDoNot) {
  Answer first = between(0.8e-4, 1.2e-4), second = between(0.75e-4, 1.15e-4), third = between(0.7e-4, 1.1e-4);
  second.simulated->difference = Difference{"first", -0.05e-4, {-0.06e-4, -0.04e-4}};
  third.simulated->difference = Difference{"first", -0.1e-4, {-0.12e-4, -0.08e-4}};
  const Candidate a{"first", nullptr, &first}, b{"second", nullptr, &second}, c{"third", nullptr, &third};
  EXPECT_TRUE(apart(a, b).decided());
  EXPECT_LT(apart(a, b).unavailability, 0);
  EXPECT_GT(apart(b, a).unavailability, 0);
  // Neither is the first: no wider than both differences together.
  EXPECT_TRUE(apart(b, c).decided());
  EXPECT_NEAR(apart(b, c).interval.second - apart(b, c).interval.first, 0.06e-4, 1e-9);
}

TEST(Effort, OutagesNeededGrowWithTheSquareOfThePrecision) {
  EXPECT_NEAR(outages_needed(0.05), 3073, 1);
  EXPECT_NEAR(outages_needed(0.01) / outages_needed(0.1), 100, 1e-9);
}

TEST(Effort, EventsAYearAreFailuresAndRestorations) {
  Model model;
  model.units = {{"", {{"", Law::exponential(996), {{"", Law::exponential(4), 1}}, kNoCrew, 0}}, 0}};
  model.components.resize(1);
  model.components[0].name = "db";
  model.components[0].nodes = {0, 0};
  model.used = {1};
  EXPECT_NEAR(events_per_year(model), 2 * 2 * 8.76, 1e-9);
  Answer solved;
  solved.measures.failures_per_year = 17.52;
  const Effort some = effort(model, solved, 100, 0, 0.05, 2);
  EXPECT_NEAR(some.outages, 1752, 1e-9);
  EXPECT_NEAR(some.years_needed, outages_needed(0.05) / 17.52, 1e-9);
}

}  // namespace
}  // namespace nines::study
