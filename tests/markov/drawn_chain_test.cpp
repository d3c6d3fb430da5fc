// Chains drawn by hand in the solver: by themselves, beside others, under what reacts, and where they end for good.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines::markov {
namespace {

Answer solved(const std::string& words) {
  const auto reading = test::read("nines: 1\n" + words);
  for (const auto& said : reading.said) EXPECT_NE(said.severity, text::Severity::error) << said.message;
  const auto answer = solve(reading.model);
  EXPECT_TRUE(answer.has_value()) << answer.error().message;
  return answer ? *answer : Answer();
}

const std::string kTwoStates =
    "{states: {ok: up, dark: down}, transitions: [{from: ok, to: dark, mean: 1000 h}, {from: dark, to: ok, mean: 8 "
    "h}]}";

TEST(DrawnChain, TwoStatesAreAUnit) {
  const Answer chain = solved("chains: {a: " + kTwoStates + "}\nsystem: a\n");
  const Answer unit = solved("components: {a: {mtbf: 1000 h, mttr: 8 h}}\n");
  for_each_measure(chain.measures, [&](const char* name, const char*, const auto& value) {
    for_each_measure(unit.measures, [&](const char* other, const char*, const auto& wanted) {
      if (std::string(name) != other) return;
      ASSERT_EQ(value.has_value(), wanted.has_value()) << name;
      EXPECT_NEAR(value.value_or(0), wanted.value_or(0), 1e-14 * wanted.value_or(0)) << name;
    });
  });
  ASSERT_EQ(chain.components.size(), 1U);
  EXPECT_EQ(chain.components[0].downtime_share, 1);
  ASSERT_EQ(chain.causes.size(), 1U);
  EXPECT_EQ(chain.causes[0].cause, Cause::infrastructure);
  EXPECT_TRUE(chain.infrastructure.empty()) << "nothing stands on it";
}

// The same system with a chain of two states in place of a unit, everywhere infrastructure may stand.
TEST(DrawnChain, CarriesWhatInfrastructureCarries) {
  const std::string rest =
      "components:\n"
      "  db: {redundancy: primary-standby, mtbf: 90 days, mttr: 5 h, detection: 10 s, failover: 40 s, coverage: 90 %, "
      "manual_recovery: 1 h, placement: [a, b]}\n"
      "  web: {redundancy: cluster, nodes: 4, need: 2, mtbf: 30 days, mttr: 4 h, placement: [a, b]}\n"
      "  app: {mtbf: 300 days, mttr: 1 h, needs: [a]}\n"
      "system: db and web and app\n";
  const std::string b = "infrastructure: {b: {mtbf: 500 h, mttr: 2 h}, rack: {mtbf: 5000 h, mttr: 1 h, needs: [b]}";
  const Answer chain = solved(b + "}\nchains: {a: " + kTwoStates + "}\n" + rest);
  const Answer unit = solved(b + ", a: {mtbf: 1000 h, mttr: 8 h}}\n" + rest);
  EXPECT_NEAR(*chain.measures.unavailability / *unit.measures.unavailability, 1, 1e-12);
  EXPECT_NEAR(*chain.measures.failures_per_year / *unit.measures.failures_per_year, 1, 1e-12);
  EXPECT_NEAR(*chain.measures.mttff_h / *unit.measures.mttff_h, 1, 1e-11);
  const auto share = [](const Answer& answer) {
    for (const auto& entry : answer.infrastructure)
      if (entry.name == "a") return entry.downtime_share;
    return 0.0;
  };
  EXPECT_GT(share(unit), 0.01);
  EXPECT_NEAR(share(chain), share(unit), 1e-11);
}

TEST(DrawnChain, EndsInADownState) {
  const Answer answer = solved(
      "chains: {a: {states: {new: up, worn: up, dead: down}, transitions: [{from: new, to: worn, mean: 100 h}, "
      "{from: worn, to: dead, mean: 50 h}, {from: worn, to: new, mean: 50 h}]}}\nsystem: a\n");
  EXPECT_EQ(*answer.measures.availability, 0);
  EXPECT_EQ(*answer.measures.unavailability, 1);
  EXPECT_EQ(*answer.measures.nines, 0);
  EXPECT_FALSE(std::signbit(*answer.measures.nines));
  EXPECT_EQ(*answer.measures.failures_per_year, 0);
  EXPECT_FALSE(answer.measures.mean_up_time_h.has_value());
  // Two visits of each state on average: 2 x (100 + 25) h.
  EXPECT_NEAR(*answer.measures.mttff_h, 250, 1e-11);
}

TEST(DrawnChain, EndsInOneOfSeveralClosedClasses) {
  // A quarter of the time mended for good, otherwise in a circle of 1 h down and 3 h up.
  const Answer answer = solved(
      "chains: {a: {states: {new: up, good: up, works: up, fails: down}, transitions: [{from: new, to: good, rate: 1 "
      "/h}, {from: new, to: works, rate: 3 /h}, {from: works, to: fails, mean: 3 h}, {from: fails, to: works, mean: 1 "
      "h}]}}\nsystem: a\n");
  EXPECT_NEAR(*answer.measures.unavailability, 0.75 * 0.25, 1e-15);
  EXPECT_NEAR(*answer.measures.failures_per_year, 0.75 * 8760 / 4, 1e-9);
  EXPECT_FALSE(answer.measures.mttff_h.has_value()) << "it may never happen";
}

TEST(DrawnChain, IsNeverDownInTheLongRun) {
  const Answer answer = solved(
      "chains: {a: {states: {broken: down, good: up}, start: broken, transitions: [{from: broken, to: good, mean: 1 "
      "h}]}}\nsystem: a\n");
  EXPECT_EQ(*answer.measures.availability, 1);
  EXPECT_EQ(*answer.measures.unavailability, 0);
  EXPECT_FALSE(answer.measures.nines.has_value());
  EXPECT_EQ(*answer.measures.mttff_h, 0) << "it starts in an outage";
}

TEST(DrawnChain, WhatIsNeverReachedChangesNothing) {
  const Answer answer = solved(
      "chains: {a: {states: {x: down, ok: up, dark: down}, transitions: [{from: x, to: ok, mean: 1 h}, {from: ok, to: "
      "dark, mean: 1000 h}, {from: dark, to: ok, mean: 8 h}]}}\nsystem: a\n");
  EXPECT_NEAR(*answer.measures.unavailability, 8.0 / 1008, 1e-17);
  EXPECT_EQ(answer.method.states, 2U);
}

// Rates of very different size in one state: none loses digits beside the other.
TEST(DrawnChain, RareTransitionsKeepTheirDigitsBesideFastOnes) {
  const std::string chain =
      "chains: {a: {states: {ok: up, blink: up, dark: down}, transitions: [{from: ok, to: blink, rate: 1e6 /h}, {from: "
      "ok, to: dark, rate: 1e-9 /h}, {from: blink, to: ok, rate: 1e6 /h}, {from: dark, to: ok, rate: 1 /h}]}}\n";
  const double wanted = 1e-9 / (2 + 1e-9);
  EXPECT_NEAR(*solved(chain + "system: a\n").measures.unavailability / wanted, 1, 1e-13);
  // Explored with a pair that stands on it and is up whenever it is, but for 1e-20.
  const Answer joint = solved(
      chain +
      "components: {db: {redundancy: primary-standby, mtbf: 1e12 h, mttr: 1 s, failover: 1 ms, placement: [a]}}\n");
  EXPECT_NEAR(*joint.measures.unavailability / wanted, 1, 1e-6);
  const auto named = solved(
      chain +
      "components: {db: {redundancy: primary-standby, mtbf: 1e12 h, mttr: 1 s, failover: 1 ms, placement: [a]}}\n"
      "system: a and db\n");
  EXPECT_NEAR(named.components[0].unavailability / wanted, 1, 1e-12);
}

// Solved by elimination with pivoting, in long double, row by row.
std::vector<long double> naive(const std::vector<std::vector<double>>& rates) {
  const std::size_t n = rates.size();
  std::vector<std::vector<long double>> a(n, std::vector<long double>(n + 1, 0));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      a[j][i] += rates[i][j];
      a[i][i] -= rates[i][j];
    }
  for (std::size_t j = 0; j <= n; ++j) a[n - 1][j] = 1;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
    std::swap(a[k], a[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k || a[i][k] == 0) continue;
      const long double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j <= n; ++j) a[i][j] -= factor * a[k][j];
    }
  }
  std::vector<long double> p(n);
  for (std::size_t i = 0; i < n; ++i) p[i] = a[i][n] / a[i][i];
  return p;
}

TEST(DrawnChain, GeneratedChainsAgreeWithANaiveSolver) {
  std::mt19937_64 random(7);
  const auto below = [&](std::uint64_t n) { return random() % n; };
  for (int round = 0; round < 60; ++round) {
    const std::size_t n = 2 + below(30);
    std::vector<std::vector<double>> rates(n, std::vector<double>(n, 0));
    std::string states, transitions;
    std::vector<bool> up(n);
    for (std::size_t i = 0; i < n; ++i) {
      up[i] = i == 0 || below(3) > 0;
      states += (i ? ", s" : "s") + std::to_string(i) + (up[i] ? ": up" : ": down");
      rates[i][(i + 1) % n] = std::pow(10.0, static_cast<double>(below(5)) - 3);  // a ring, so that all are reached
      for (std::uint64_t more = below(4); more > 0; --more)
        if (const std::size_t j = below(n); j != i) rates[i][j] = std::pow(10.0, static_cast<double>(below(5)) - 3);
    }
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (rates[i][j] > 0)
          transitions += (transitions.empty() ? "{from: s" : ", {from: s") + std::to_string(i) + ", to: s" +
                         std::to_string(j) + ", rate: " + std::to_string(rates[i][j]) + " /h}";
    const Answer answer =
        solved("chains: {a: {states: {" + states + "}, transitions: [" + transitions + "]}}\nsystem: a\n");
    const auto p = naive(rates);
    long double down = 0, passages = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (!up[i]) down += p[i];
      for (std::size_t j = 0; j < n; ++j)
        if (up[i] && !up[j]) passages += p[i] * rates[i][j];
    }
    if (down == 0) continue;
    EXPECT_NEAR(*answer.measures.unavailability / static_cast<double>(down), 1, 1e-12) << transitions;
    EXPECT_NEAR(*answer.measures.failures_per_year / static_cast<double>(passages * 8760), 1, 1e-12) << transitions;
  }
}

}  // namespace
}  // namespace nines::markov
