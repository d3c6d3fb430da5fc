// Answers over time against closed forms.
#include <gtest/gtest.h>

#include <cmath>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines::test {
namespace {

Answer over_time(const std::string& words, const std::vector<double>& at_h) {
  const auto [model, said] = read("nines: 1\n" + words);
  for (const auto& problem : said) EXPECT_NE(problem.severity, text::Severity::error) << problem.message << words;
  markov::SolveOptions options;
  options.at_h = at_h;
  auto answer = markov::solve(model, options);
  EXPECT_TRUE(answer.has_value()) << words;
  if (!answer) return {};
  EXPECT_EQ(answer->at.size(), at_h.size());
  return *answer;
}

AtTime at(const std::string& words, double time_h) {
  return over_time(words, {time_h}).at.at(0);
}

void expect_close(const std::optional<double>& got, long double want, double relative = 1e-9) {
  ASSERT_TRUE(got.has_value());
  EXPECT_NEAR(*got, static_cast<double>(want), relative * std::abs(static_cast<double>(want)));
}

bool has_note(const Answer& answer, const std::string& words) {
  for (const std::string& note : answer.method.notes)
    if (note.find(words) != std::string::npos) return true;
  return false;
}

// Relative digits of the rare side, from a blink to far beyond the mean.
TEST(OverTime, OneUnit) {
  const long double l = 1e-4L, m = 0.1L;
  for (const double t : {1e-6, 0.01, 1.0, 100.0, 1e5}) {
    const AtTime got = at("components: {a: {mtbf: 10000 h, mttr: 10 h}}", t);
    const long double gone = -std::expm1(-(l + m) * t), down = l / (l + m) * gone;
    expect_close(got.point_unavailability, down);
    expect_close(got.point_availability, 1 - down);
    expect_close(got.unreliability, -std::expm1(-l * t));
    expect_close(got.reliability, std::exp(-l * t));
    // The series where the difference would lose its digits.
    const long double x = (l + m) * t;
    const long double mean = x < 1e-3L ? x / 2 - x * x / 6 + x * x * x / 24 : 1 - gone / x;
    expect_close(got.interval_unavailability, l / (l + m) * mean);
    expect_close(got.interval_availability, 1 - l / (l + m) * mean);
    EXPECT_LT(got.error_bound.value_or(1), 1e-9);
  }
}

// Two modules joined: the interval measures are an integral of products.
TEST(OverTime, TwoOfWhichOneWillDo) {
  const long double l = 0.001L, m = 0.25L, k = l + m, q = l / k;
  const std::string words = "components: {a: {mtbf: 1000 h, mttr: 4 h}, b: {mtbf: 1000 h, mttr: 4 h}}\nsystem: a or b";
  const Answer answer = over_time(words, {5000, 0.001, 3});  // in the order asked for
  const double times[] = {5000, 0.001, 3};
  for (int i = 0; i < 3; ++i) {
    const long double t = times[i], down = -q * std::expm1(-k * t);
    const AtTime& got = answer.at[static_cast<std::size_t>(i)];
    EXPECT_EQ(got.time_h, times[i]);
    expect_close(got.point_unavailability, down * down);
    if (i != 1)
      expect_close(got.interval_unavailability,
                   q * q * (t + 2 * std::expm1(-k * t) / k - std::expm1(-2 * k * t) / (2 * k)) / t, 1e-10);
    else
      expect_close(got.interval_unavailability, l * l * t * t / 3 * (1 - k * t * 3 / 4), 1e-7);
    EXPECT_LT(*got.unreliability, 2 * t * l * l / (m + 3 * l) + 1e-12);
    EXPECT_GT(*got.unreliability, *got.point_unavailability);
  }
  // The chain of both: lives 2l, l, repairs m; stopped where both are down.
  const long double trace = 3 * l + m, root = std::sqrt(trace * trace - 8 * l * l);
  const long double s1 = -4 * l * l / (trace + root), s2 = -(trace + root) / 2, t = 5000;
  expect_close(answer.at[0].reliability, (s1 * std::exp(s2 * t) - s2 * std::exp(s1 * t)) / (s1 - s2));
}

TEST(OverTime, AllOfManyIsAProduct) {
  const AtTime got =
      at("components: {a: {nodes: 3, mtbf: 1000 h, mttr: 10 h}, b: {mtbf: 500 h, mttr: 1 h}, "
         "p: {redundancy: cluster, nodes: 2, need: 1, mtbf: 100 h, mttr: never}}",
         20);
  const long double p = -std::expm1(-0.2L);
  expect_close(got.reliability, std::exp(-0.1L) * (1 - p * p));
  expect_close(got.unreliability, 1 - std::exp(-0.1L) * (1 - p * p));
}

TEST(OverTime, AnyLawWhereNothingIsRepaired) {
  const long double f = -std::expm1(-std::pow(0.01L, 1.5L)), g = -std::expm1(-0.02L);
  const AtTime got =
      at("components:\n  a: {redundancy: cluster, nodes: 3, need: 2, mttr: never, mtbf: {weibull: {shape: 1.5, scale: "
         "1000 "
         "h}}}\n  b: {mtbf: 500 h, mttr: never}\nsystem: a or b",
         10);
  const long double a = 3 * f * f - 2 * f * f * f;
  expect_close(got.unreliability, a * g);
  expect_close(got.point_unavailability, a * g);
  expect_close(got.reliability, 1 - a * g);
}

// 30 nodes of which 2 will do: the chance that 29 fail in an hour has its digits.
TEST(OverTime, FarTails) {
  const AtTime got = at("components: {a: {redundancy: cluster, nodes: 30, need: 2, mttr: never, mtbf: 1000 h}}", 1);
  const long double f = -std::expm1(-0.001L);
  expect_close(got.unreliability, 30 * std::pow(f, 29) * (1 - f) + std::pow(f, 30));
  EXPECT_LT(*got.unreliability, 1e-84);
}

// The age of a life outlasts nothing here: a line of units has no outage while no unit has failed, repaired or not.
TEST(OverTime, RepairedUnitsOfAnyLawInALine) {
  const Answer answer = over_time(
      "components: {a: {nodes: 2, mtbf: {weibull: {shape: 2, scale: 100 h}}, mttr: {fixed: 3 h}}, b: {mtbf: 50 h, "
      "mttr: 1 h}}",
      {10});
  expect_close(answer.at[0].reliability, std::exp(-0.02L - 0.2L));
  expect_close(answer.at[0].unreliability, -std::expm1(-0.22L));
  // The integral of exp(-2 (t / 100)^2 - t / 50) from 0: by completing the square.
  const long double root = std::sqrt(2.0L) / 100, shift = 0.02L / (2 * root);
  expect_close(answer.measures.mttff_h,
               std::exp(shift * shift) * std::sqrt(std::acos(-1.0L)) / (2 * root) * std::erfc(shift), 1e-9);
}

TEST(OverTime, WhatHasNoCourseIsLeftOut) {
  const Answer answer = over_time(
      "components: {a: {failures: {x: {mtbf: {weibull: {shape: 2, scale: 100 h}}, mttr: 3 h}, y: {mtbf: 80 h, mttr: 1 "
      "h}}}, b: {mtbf: 50 h, mttr: 1 h}}\nsystem: a or b",
      {10});
  EXPECT_FALSE(answer.at[0].point_availability || answer.at[0].interval_availability || answer.at[0].reliability);
  EXPECT_TRUE(has_note(answer, "point and interval measures at the times of `--at` are left out: `a` has times"));
  EXPECT_TRUE(has_note(answer, "reliability at the times of `--at` is left out: times of `a`"));
  EXPECT_TRUE(has_note(answer, "`nines simulate --at`"));
}

// Up for a fixed time, then down for good: the interval measures bend.
TEST(OverTime, FixedLives) {
  const std::string words =
      "components: {a: {mtbf: {fixed: 100 h}, mttr: never}, b: {mtbf: {uniform: [50 h, 250 h]}, mttr: never}}\nsystem: "
      "a or b";
  expect_close(at(words, 99).reliability, 1);
  EXPECT_EQ(*at(words, 99).unreliability, 0);
  EXPECT_EQ(*at(words, 99).interval_unavailability, 0);
  expect_close(at(words, 150).point_unavailability, 0.5L);
  // From 100 h on (t - 50) / 200: 50 h from 0.25 to 0.5.
  expect_close(at(words, 150).interval_unavailability, 50 * 0.375L / 150);
  expect_close(at(words, 1000).interval_availability, (100 + 150 * 0.375L) / 1000);
  EXPECT_EQ(*at(words, 1000).reliability, 0);
}

// Where it ends is decided once; both ends are closed.
TEST(OverTime, SeveralClosedClasses) {
  const std::string words =
      "chains:\n  c:\n    states: {new: up, good: up, bad: down}\n    transitions:\n"
      "      - {from: new, to: good, rate: 3 /h}\n      - {from: new, to: bad, rate: 1 /h}\nsystem: c";
  const Answer answer = over_time(words, {0.5, 1e6});
  const long double gone = -std::expm1(-2.0L);
  expect_close(answer.at[0].point_unavailability, gone / 4);
  expect_close(answer.at[0].unreliability, gone / 4);
  expect_close(answer.at[0].interval_unavailability, (1 - gone / 2) / 4);
  expect_close(answer.at[1].reliability, 0.75L);
  EXPECT_FALSE(answer.measures.mttff_h.has_value());
}

TEST(OverTime, WhatStartsDownHasNoReliability) {
  const Answer answer = over_time(
      "chains:\n  c:\n    states: {begin: down, on: up, off: down}\n    start: begin\n    transitions:\n"
      "      - {from: begin, to: on, mean: 1 min}\n      - {from: on, to: off, mean: 1000 h}\n"
      "      - {from: off, to: on, mean: 1 h}\ncomponents: {a: {mtbf: 100 h, mttr: 1 h}}\nsystem: c and a",
      {1.0 / 3600, 5});
  for (const AtTime& one : answer.at) {
    EXPECT_EQ(*one.reliability, 0);
    EXPECT_EQ(*one.unreliability, 1);
  }
  EXPECT_GT(*answer.at[0].point_unavailability, 0.98);
  EXPECT_LT(*answer.at[1].point_unavailability, 0.02);
  EXPECT_LT(*answer.at[1].interval_unavailability, 0.02);
}

TEST(OverTime, WhatIsNeverDown) {
  const Answer answer = over_time("components: {a: {afr: 0 %, mttr: 1 h}}", {10});
  EXPECT_EQ(*answer.at[0].point_availability, 1);
  EXPECT_EQ(*answer.at[0].point_unavailability, 0);
  EXPECT_EQ(*answer.at[0].interval_unavailability, 0);
  EXPECT_EQ(*answer.at[0].unreliability, 0);
}

// Phase-type laws come close to a law in the long run; their beginnings may be far apart, and then nothing is said.
TEST(OverTime, FitsThatDifferInTheBeginningSayNothingOfIt) {
  const Answer answer = over_time(
      "components: {db: {redundancy: primary-standby, nodes: 2, failover: 1 min, mtbf: {weibull: {shape: 2, mean: 1000 "
      "h}}, mttr: 10 h}}",
      {0.1});
  EXPECT_FALSE(answer.method.exact);
  EXPECT_FALSE(answer.at[0].unreliability.has_value());
  EXPECT_TRUE(has_note(answer, "left out: fits of other orders put"));
}

TEST(FirstOutage, OfManyThatAreNeverRepaired) {
  long double mean = 0;
  for (int j = 9000; j <= 10000; ++j) mean += 1000.0L / j;
  const Answer answer =
      over_time("components: {a: {redundancy: cluster, nodes: 10000, need: 9000, mttr: never, mtbf: 1000 h}}", {});
  expect_close(answer.measures.mttff_h, mean, 1e-9);
}

TEST(FirstOutage, OfALifeOfAnyLaw) {
  expect_close(
      over_time("components: {a: {mttr: never, mtbf: {weibull: {shape: 0.5, mean: 1000 h}}}}", {}).measures.mttff_h,
      1000, 1e-9);
  expect_close(
      over_time("components: {a: {mttr: never, mtbf: {lognormal: {mean: 1000 h, cv: 3}}}}", {}).measures.mttff_h, 1000,
      1e-9);
  expect_close(
      over_time("components: {a: {mttr: never, mtbf: {fixed: 7 h}}, b: {mttr: never, mtbf: 5 h}}", {}).measures.mttff_h,
      -5 * std::expm1(-1.4L), 1e-9);
}

// Thousands of independent units, all needed: the joint chain has 2^3000 states.
TEST(FirstOutage, OfALongLine) {
  const Answer answer =
      over_time("components: {a: {nodes: 3000, mtbf: 10 years, mttr: 1 h}, b: {mtbf: 1 year, mttr: 3 h}}", {});
  expect_close(answer.measures.mttff_h, 8760.0L / 301, 1e-9);
}

// Modules whose joint chain is large, each of a chain of its own.
TEST(FirstOutage, OfChainsInALine) {
  std::string words = "components:\n";
  for (int i = 0; i < 6; ++i)
    words += "  p" + std::to_string(i) +
             ": {redundancy: cluster, nodes: 12, need: 11, mtbf: " + std::to_string(1000 + i) + " h, mttr: 1 h}\n";
  const Answer answer = over_time(words, {});
  // Nearly constant rates of 12 lives, then one of 11 before a repair.
  double rate = 0;
  for (int i = 0; i < 6; ++i) {
    const double l = 1.0 / (1000 + i);
    rate += 12 * l * 11 * l / (23 * l + 1);
  }
  expect_close(answer.measures.mttff_h, 1 / rate, 1e-2);
}

}  // namespace
}  // namespace nines::test
