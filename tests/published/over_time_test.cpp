// Values over time printed by others; the source stands beside each.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines {
namespace {

Answer solve(const std::string& words, const std::vector<double>& at_h) {
  const auto [model, said] = test::read("nines: 1\n" + words);
  for (const auto& problem : said) EXPECT_NE(problem.severity, text::Severity::error) << problem.message;
  markov::SolveOptions options;
  options.at_h = at_h;
  const auto answer = markov::solve(model, options);
  EXPECT_TRUE(answer.has_value());
  return answer ? *answer : Answer{};
}

// fiabilipy, tutorials: a motor of 1e-4 failures and 3e-2 repairs an hour; series of 1e-6 and 1e-3; seven components.
TEST(PublishedOverTime, Fiabilipy) {
  const Answer motor = solve("components: {motor: {mtbf: 10000 h, mttr: 33.333333333333333 h}}", {1000});
  EXPECT_NEAR(*motor.at[0].point_availability, 0.996677740863788, 1e-15);
  const Answer series = solve("components: {a: {mtbf: 1e6 h, mttr: never}, b: {mtbf: 1000 h, mttr: never}}", {});
  EXPECT_NEAR(*series.measures.mttff_h, 999.000999, 5e-7);
  std::string seven = "types: {x: {mtbf: 10000 h, mttr: never}}\ncomponents:\n";
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) seven += std::string("  ") + name + ": {type: x}\n";
  const Answer network = solve(seven + "system: a or g or ((b or c) and f and (e or d))", {});
  EXPECT_NEAR(*network.measures.mttff_h, 331000.0 / 21, 1e-6);
}

// Storm, tests of dynamic fault trees: votes, spares, gates; a fault tree's failure is this system's outage.
TEST(PublishedOverTime, StormFaultTrees) {
  const Answer vote =
      solve("components: {a: {redundancy: cluster, nodes: 4, need: 3, mtbf: 1.4426950408889634 h, mttr: never}}", {1});
  EXPECT_NEAR(*vote.at[0].unreliability, 0.6875, 1e-15);
  EXPECT_NEAR(*vote.measures.mttff_h, 0.8415721072, 5e-11);
  const Answer both =
      solve("components: {a: {mtbf: 2 h, mttr: never}, b: {mtbf: 2 h, mttr: never}}\nsystem: a or b", {0.8});
  EXPECT_NEAR(*both.at[0].unreliability, 0.108688872, 5e-10);
  const Answer third = solve(
      "components: {a: {mtbf: 3.3333333333333333 h, mttr: never}, b: {mtbf: 2.5 h, mttr: never}, "
      "c: {mtbf: 1 h, mttr: never}}\nsystem: 2 of (a, b, c)",
      {1});
  EXPECT_NEAR(*third.at[0].unreliability, 0.3496529873, 5e-11);
  EXPECT_NEAR(*third.measures.mttff_h, 2685.0 / 1547, 1e-12);
  const Answer spare = solve(
      "components: {a: {redundancy: primary-standby, nodes: 2, standby: warm, standby_failure_factor: 0.3, mtbf: 2 h, mttr: never}}",
      {1});
  EXPECT_NEAR(*spare.at[0].unreliability, 0.1118530638, 5e-11);
  EXPECT_NEAR(*spare.measures.mttff_h, 46.0 / 13, 1e-12);
}

TEST(PublishedOverTime, StormLaws) {
  const auto gate = [](const std::string& a, const std::string& b, double t) {
    return *solve("components: {a: {mtbf: " + a + ", mttr: never}, b: {mtbf: " + b + ", mttr: never}}\nsystem: a or b",
                  {t})
                .at[0]
                .unreliability;
  };
  EXPECT_NEAR(gate("{weibull: {shape: 4, scale: 4 h}}", "{weibull: {shape: 1, scale: 2 h}}", 2), 0.0382982486, 5e-11);
  // Log-normal by mu and sigma: mean e^(mu + sigma^2 / 2), cv sqrt(e^(sigma^2) - 1).
  const auto lognormal = [](double mu, double sigma) {
    return fmt::format("{{lognormal: {{mean: {} h, cv: {}}}}}", std::exp(mu + sigma * sigma / 2),
                       std::sqrt(std::expm1(sigma * sigma)));
  };
  EXPECT_NEAR(gate(lognormal(0.5, 1), lognormal(-1, 0.3), 0.8), 0.2336675428, 5e-11);
}

// NASA SURE (R. W. Butler): three processors of 5e-4 failures an hour, two needed, no repair.
TEST(PublishedOverTime, TripleModularRedundancy) {
  const std::vector<double> times = {166.81, 464.159, 1291.55, 3593.81, 10000};
  const double printed[] = {1.81855e-2, 1.10923e-1, 4.63644e-1, 9.26638e-1, 9.99864e-1};
  const Answer answer =
      solve("components: {cpu: {redundancy: cluster, nodes: 3, need: 2, mtbf: 2000 h, mttr: never}}", times);
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(*answer.at[i].unreliability / printed[i], 1, 5e-6);
}

// Storage durability models in PRISM (S. Alam): 0.05 failures a year, rebuilt in parallel, data lost with one disk
// more.
TEST(PublishedOverTime, DiskDurability) {
  const auto durability = [](int nodes, int need, const char* rebuild) {
    return *solve("components: {d: {redundancy: cluster, nodes: " + std::to_string(nodes) +
                      ", need: " + std::to_string(need) + ", mtbf: 20 years, mttr: " + rebuild + "}}",
                  {8760})
                .at[0]
                .reliability *
           100;
  };
  EXPECT_NEAR(durability(1, 1, "1 h"), 95.12294245, 1e-8);  // printed 95.12294272563595: off by 3e-9 itself
  EXPECT_NEAR(durability(2, 1, "168 h"), 99.99062173456771, 2e-9);
  EXPECT_NEAR(durability(2, 1, "24 h"), 99.9986344590424, 2e-9);
  EXPECT_NEAR(durability(2, 1, "1 h"), 99.99994292988353, 2e-9);
  EXPECT_NEAR(durability(4, 3, "168 h"), 99.94395322369579, 1e-8);
  EXPECT_NEAR(durability(4, 3, "24 h"), 99.99181150494746, 2e-9);
  EXPECT_NEAR(durability(4, 3, "1 h"), 99.99965758760626, 2e-9);
}

// Kwiatkowska, Norman, Parker, Stochastic Model Checking, SFM 2007: M/M/1/3, full by 7.5 when it begins empty.
TEST(PublishedOverTime, QueueOfThree) {
  const Answer answer = solve(
      "chains: {q: {states: {n0: up, n1: up, n2: up, n3: down}, transitions: [{from: n0, to: n1, rate: 1.5 /h}, "
      "{from: n1, to: n2, rate: 1.5 /h}, {from: n2, to: n3, rate: 1.5 /h}, {from: n1, to: n0, rate: 3 /h}, "
      "{from: n2, to: n1, rate: 3 /h}, {from: n3, to: n2, rate: 3 /h}]}}\nsystem: q",
      {7.5});
  EXPECT_NEAR(*answer.at[0].unreliability, 0.6404780884740766, 1e-12);
}

// RePyability: standby by a switch that works with probability p; R(t) = e^-t (1 + p t), here with an outage of no
// length.
TEST(PublishedOverTime, StandbyWithImperfectSwitch) {
  const Answer answer = solve(
      "chains: {s: {states: {first: up, second: up, none: down}, transitions: [{from: first, to: second, rate: 0.9 "
      "/h}, "
      "{from: first, to: none, rate: 0.1 /h}, {from: second, to: none, rate: 1 /h}]}}\nsystem: s",
      {0.001, 2});
  EXPECT_NEAR(*answer.at[1].reliability, std::exp(-2.0) * (1 + 0.9 * 2), 1e-12);
  EXPECT_NEAR(*answer.measures.mttff_h, 1.9, 1e-12);
}

}  // namespace
}  // namespace nines
