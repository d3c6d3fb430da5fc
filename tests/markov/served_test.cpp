// What is served of a demand: closed forms, and chains drawn by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"
#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

constexpr double kUp = 500.0 / 510, kDown = 10.0 / 510;  // of a unit with mtbf 500 h and mttr 10 h

Answer solved(const std::string& words) {
  const auto read = test::read("nines: 1\n" + words);
  EXPECT_TRUE(read.said.empty()) << words << ": " << (read.said.empty() ? "" : read.said.front().message);
  auto answer = solve(read.model);
  EXPECT_TRUE(answer.has_value()) << words;
  return answer ? *answer : Answer{};
}

// Both sides, each with its own digits.
void expect_served(const std::string& words, long double unserved) {
  SCOPED_TRACE(words);
  const Answer answer = solved(words);
  ASSERT_TRUE(answer.measures.served && answer.unserved);
  EXPECT_NEAR(*answer.unserved, static_cast<double>(unserved), static_cast<double>(1e-13 * unserved));
  EXPECT_NEAR(*answer.measures.served, static_cast<double>(1 - unserved), 2e-15);
}

double binomial(int n, int j) {
  return std::tgamma(n + 1) / std::tgamma(j + 1) / std::tgamma(n - j + 1) * std::pow(kUp, j) * std::pow(kDown, n - j);
}

// Of n units of which `need` have to be up, each with this capacity.
double unserved_of(int n, int need, double capacity, double demand) {
  double sum = 0;
  for (int j = 0; j <= n; ++j) sum += binomial(n, j) * std::max(0.0, 1 - (j < need ? 0 : j * capacity / demand));
  return sum;
}

TEST(Served, ClusterIsBinomial) {
  const auto cluster = [](int need, const char* demand) {
    return "demand: " + std::string(demand) +
           "\ncomponents: {a: {redundancy: cluster, nodes: 5, need: " + std::to_string(need) +
           ", mtbf: 500 h, mttr: 10 h, capacity: 500}}";
  };
  expect_served(cluster(1, "1800"), unserved_of(5, 1, 500, 1800));
  expect_served(cluster(4, "1800"), unserved_of(5, 4, 500, 1800));
  expect_served(cluster(1, "2500"), unserved_of(5, 1, 500, 2500));
  expect_served(cluster(1, "4000"), unserved_of(5, 1, 500, 4000));
  expect_served(cluster(3, "{day: {level: 1800, share: 40 %}, night: {level: 600, share: 60 %}}"),
                0.4L * unserved_of(5, 3, 500, 1800) + 0.6L * unserved_of(5, 3, 500, 600));
}

TEST(Served, RareShortfallsKeepTheirDigits) {
  const char* words =
      "demand: 1\ncomponents: {a: {redundancy: cluster, nodes: 12, need: 1, mtbf: 500 h, mttr: 10 h, capacity: 1}}";
  expect_served(words, std::pow(static_cast<long double>(kDown), 12));  // 3e-21
}

TEST(Served, WhatMembersServe) {
  const std::string units = "a: {mtbf: 500 h, mttr: 10 h, capacity: 3}, b: {mtbf: 500 h, mttr: 10 h, capacity: 5}";
  const auto with = [&](const std::string& demand, const std::string& system) {
    return "demand: " + demand + "\nsystem: " + system + "\ncomponents: {" + units + "}";
  };
  const long double both = kUp * static_cast<long double>(kUp), one = kUp * static_cast<long double>(kDown),
                    none = kDown * static_cast<long double>(kDown);
  expect_served(with("4", "a and b"), both / 4 + 2 * one + none);  // the least: 3 of 4
  expect_served(with("8", "a or b"), one * 5 / 8 + one * 3 / 8 + none);
  expect_served(with("8", "2 of (a, b)"), one * 5 / 8 + one * 3 / 8 + none);  // down with one, and yet it serves
  expect_served(with("6", "a or a or b"), one * 0 + one / 6 + none);          // as written: twice 3
  expect_served(with("4", "(a or a) and b"), both * 0 + 2 * one + none);
  expect_served(with("4", "a or a and b"), one * 1 / 4 + one + none);  // 3 + min(3, 5), or 3 alone
  expect_served("demand: 7\ncomponents: {a: {nodes: 2, mtbf: 500 h, mttr: 10 h, capacity: 3}}",
                both / 7 + 2 * one + none);  // none: all of its nodes
  expect_served("demand: 7\ncomponents: {a: {mtbf: 500 h, mttr: 10 h}}", kDown);
}

// Names that share a zone: given the zone they are independent.
TEST(Served, SharedZone) {
  const long double z = kUp, u = kUp, d = kDown;
  expect_served(
      "demand: 8\nsystem: a or b\ninfrastructure: {z: {mtbf: 500 h, mttr: 10 h}}\n"
      "components: {a: {mtbf: 500 h, mttr: 10 h, capacity: 3, placement: z},\n"
      "             b: {mtbf: 500 h, mttr: 10 h, capacity: 5, needs: z}}",
      kDown + z * (u * d * 5 / 8 + d * u * 3 / 8 + d * d));
}

// Two nodes, in detection while a loss is not noticed: (up nodes, noticed or not).
TEST(Served, LostNodesGetTheirShareUntilNoticed) {
  enum : StateIndex { kBoth, kOneUnnoticed, kOne, kNoneUnnoticed, kNone, kBothUnnoticed };
  const double l = 1.0 / 500, m = 0.1, d = 12;
  const auto p = test::plain_gth(test::chain_of(6, {{kBoth, kOneUnnoticed, 2 * l},
                                                    {kOneUnnoticed, kOne, d},
                                                    {kOneUnnoticed, kBothUnnoticed, m},
                                                    {kOneUnnoticed, kNoneUnnoticed, l},
                                                    {kOne, kBoth, m},
                                                    {kOne, kNoneUnnoticed, l},
                                                    {kNoneUnnoticed, kNone, d},
                                                    {kNoneUnnoticed, kOneUnnoticed, 2 * m},
                                                    {kNone, kOne, 2 * m},
                                                    {kBothUnnoticed, kBoth, d},
                                                    {kBothUnnoticed, kOneUnnoticed, 2 * l}}));
  const std::string cluster =
      "components: {a: {redundancy: cluster, nodes: 2, need: 1, mtbf: 500 h, mttr: 10 h, detection: 5 min, failover: 9 "
      "min";
  const long double none = p[kNone] + p[kNoneUnnoticed];
  expect_served("demand: 7\n" + cluster + "}}", none + p[kOneUnnoticed] / 2);
  expect_served("demand: 7\n" + cluster + ", capacity: 6}}", none + p[kOneUnnoticed] / 2 + p[kOne] / 7);
  expect_served("demand: 7\n" + cluster + ", pause: all}}", [&] {
    // A takeover that holds it down serves nothing, its failover included.
    const Answer all = solved(
        "components: {a: {redundancy: cluster, nodes: 2, need: 1, mtbf: 500 h, mttr: 10 h, "
        "detection: 5 min, failover: 9 min, pause: all}}");
    return static_cast<long double>(*all.measures.unavailability);
  }());
  // A loss that nobody notices changes nothing of the availability.
  const Answer with = solved("demand: 7\n" + cluster + "}}"), without = solved(cluster + "}}");
  EXPECT_NEAR(*with.measures.unavailability, *without.measures.unavailability,
              1e-13 * *without.measures.unavailability);
  EXPECT_GT(with.method.states, without.method.states);
}

// Who took over keeps serving, with what it has.
TEST(Served, TheServingNodeCounts) {
  enum : StateIndex { kBig, kSmall, kBigAlone, kSmallAlone, kNone };
  const double l = 1.0 / 500, m = 0.1;
  const auto p = test::plain_gth(test::chain_of(5, {{kBig, kSmallAlone, l},
                                                    {kBig, kBigAlone, l},
                                                    {kBigAlone, kBig, m},
                                                    {kBigAlone, kNone, l},
                                                    {kSmallAlone, kSmall, m},
                                                    {kSmallAlone, kNone, l},
                                                    {kSmall, kBigAlone, l},
                                                    {kSmall, kSmallAlone, l},
                                                    {kNone, kBigAlone, m},
                                                    {kNone, kSmallAlone, m}}));
  const std::string pair =
      "types: {big: {mtbf: 500 h, mttr: 10 h, capacity: 9}, small: {mtbf: 500 h, mttr: 10 h, capacity: 4}}\n"
      "components: {a: {redundancy: primary-standby, units: [big, small]}}\n";
  expect_served(pair + "demand: 8\n", p[kNone] + (p[kSmall] + p[kSmallAlone]) / 2);
  expect_served(pair + "demand: 4\n", p[kNone]);
  EXPECT_LT(solved(pair + "demand: 4\n").method.states, solved(pair + "demand: 8\n").method.states);
}

// Whole sites side by side: a copy serves what its expression does, and is up or not as a whole.
TEST(Served, CopiesOfAnAssembly) {
  const std::string site =
      "assemblies: {site: lb and app}\n"
      "components: {lb: {mtbf: 500 h, mttr: 10 h}, app: {redundancy: cluster, nodes: 2, need: 1, mtbf: 500 h, mttr: 10 "
      "h,"
      " capacity: 3},\n";
  const long double full = kUp * binomial(2, 2), half = kUp * binomial(2, 1), none = 1 - full - half;
  const long double two = 2 * full * none / 2;  // one site in full
  const long double both = full * half * 2 / 4 + half * half / 2 + half * none * 2 * 3 / 4 + none * none + two;
  const std::string demand = "demand: 12\n";
  expect_served(demand + site + "service: {of: site, redundancy: cluster, nodes: 2, need: 1}}", both);
  expect_served(demand + site + "service: {of: site, nodes: 2}}",
                full * half * 2 / 4 + half * half / 2 + (none * none + 2 * none * (full + half)));
  // A pair of sites serves with one of them; who took over goes on.
  const Answer pair =
      solved("demand: 6\n" + site + "service: {of: site, redundancy: primary-standby, failover: 1 min}}");
  const Answer idle =
      solved("demand: 3\n" + site + "service: {of: site, redundancy: primary-standby, failover: 1 min}}");
  EXPECT_NEAR(*idle.unserved, *idle.measures.unavailability, 1e-13 * *idle.unserved);
  EXPECT_GT(*pair.unserved, *idle.unserved + 0.4 * static_cast<double>(half) / kUp);
}

// Within a site, too, the lost nodes get their share until that is noticed.
TEST(Served, DetectionInACopy) {
  const std::string cluster =
      "redundancy: cluster, nodes: 2, need: 1, mtbf: 500 h, mttr: 10 h, detection: 5 min, capacity: 6";
  const Answer plain = solved("demand: 7\ncomponents: {a: {" + cluster + "}}");
  for (const char* rules :
       {"nodes: 1", "redundancy: cluster, nodes: 1, need: 1", "redundancy: primary-standby, nodes: 1"}) {
    const Answer copy =
        solved("demand: 7\nassemblies: {site: a}\ncomponents: {a: {" + cluster + "}, s: {of: site, " + rules + "}}");
    EXPECT_NEAR(*copy.unserved, *plain.unserved, 1e-12 * *plain.unserved) << rules;
  }
}

// A copy of which too little is up serves nothing, though what is up in it could.
TEST(Served, ACopyThatIsDown) {
  expect_served(
      "demand: 6\nassemblies: {site: '2 of (a, b)'}\ncomponents: {a: {mtbf: 500 h, mttr: 10 h, capacity: 3},\n"
      "b: {mtbf: 500 h, mttr: 10 h, capacity: 3}, s: {of: site, nodes: 1}}",
      1 - static_cast<long double>(kUp) * kUp);
}

// Infrastructure and chains that `system` names serve any demand while they are up.
TEST(Served, ChainsServeAnything) {
  expect_served(
      "demand: 8\nsystem: a and ups\ncomponents: {a: {mtbf: 500 h, mttr: 10 h, capacity: 4}}\n"
      "chains: {ups: {states: {ok: up, dark: down}, transitions: [{from: ok, to: dark, mean: 500 h}, {from: dark, to: "
      "ok, mean: 10 h}]}}",
      static_cast<long double>(kUp) * kUp / 2 + (1 - static_cast<long double>(kUp) * kUp));
}

TEST(Served, TargetIsComparedOnTheSideThatHasDigits) {
  const auto target = [](const char* wanted) {
    return solved(std::string("demand: 1\ntarget: {served: ") + wanted +
                  "}\ncomponents: {a: {mtbf: 500 h, mttr: 10 h, capacity: 1}}")
        .targets.at(0);
  };
  EXPECT_EQ(target("98 %").measure, "served");
  EXPECT_TRUE(target("98 %").met);
  EXPECT_FALSE(target("98.1 %").met);
}

TEST(Served, IsLeftOutWithoutADemand) {
  const Answer answer = solved("components: {a: {mtbf: 500 h, mttr: 10 h}}");
  EXPECT_FALSE(answer.measures.served);
  EXPECT_FALSE(answer.unserved);
}

}  // namespace
}  // namespace nines::markov
