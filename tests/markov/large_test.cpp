// Large structures: taken apart given what they share, equal parts solved once; against closed forms and against the
// same model in one diagram.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines::test {
namespace {

using markov::SolveOptions;

Model model_of(const std::string& words) {
  auto [model, said] = read("nines: 1\n" + words);
  for (const auto& problem : said) EXPECT_NE(problem.severity, text::Severity::error) << problem.message << words;
  return std::move(model);
}

Answer solved(const Model& model, const SolveOptions& options = {}) {
  auto answer = markov::solve(model, options);
  EXPECT_TRUE(answer.has_value()) << answer.error().message;
  return answer ? *answer : Answer{};
}

void expect_same(double got, double want, const std::string& what, double floor = 0) {
  EXPECT_LE(std::abs(got - want), 1e-10 * std::abs(want) + floor) << what << ": " << got << " " << want;
}

void expect_same(const Importance& got, const Importance& want, const std::string& name) {
  expect_same(*got.criticality, *want.criticality, name + " criticality");
  expect_same(*got.fussell_vesely, *want.fussell_vesely, name + " Fussell-Vesely");
  expect_same(*got.raw, *want.raw, name + " RAW");
  expect_same(got.rrw.value_or(0), want.rrw.value_or(0), name + " RRW");
}

// In pieces, and all in one diagram.
void expect_same_in_pieces(const std::string& words) {
  SCOPED_TRACE(words);
  const Model model = model_of(words);
  SolveOptions pieces, whole;
  pieces.importance = whole.importance = true;
  pieces.many_names = 2;
  whole.many_names = std::numeric_limits<std::uint32_t>::max();
  const Answer a = solved(model, pieces), b = solved(model, whole);
  expect_same(*a.measures.unavailability, *b.measures.unavailability, "unavailability");
  expect_same(*a.measures.failures_per_year, *b.measures.failures_per_year, "failures");
  if (b.measures.planned_unavailability)
    expect_same(*a.measures.planned_unavailability, *b.measures.planned_unavailability, "planned",
                1e-11 * *b.measures.unavailability);
  ASSERT_EQ(a.components.size(), b.components.size());
  for (std::size_t i = 0; i < a.components.size(); ++i) {
    const ComponentShare &x = a.components[i], &y = b.components[i];
    ASSERT_EQ(x.name, y.name);
    expect_same(x.unavailability, y.unavailability, x.name);
    expect_same(x.failures_per_year, y.failures_per_year, x.name);
    expect_same(*x.birnbaum, *y.birnbaum, x.name + " birnbaum");
    expect_same(x.downtime_share, y.downtime_share, x.name + " share", 1e-12);
    expect_same(*x.importance, *y.importance, x.name);
  }
  ASSERT_EQ(a.infrastructure.size(), b.infrastructure.size());
  for (std::size_t i = 0; i < a.infrastructure.size(); ++i) {
    expect_same(a.infrastructure[i].downtime_share, b.infrastructure[i].downtime_share, "entry share", 1e-12);
    expect_same(*a.infrastructure[i].birnbaum, *b.infrastructure[i].birnbaum, "entry birnbaum");
    expect_same(*a.infrastructure[i].importance, *b.infrastructure[i].importance, a.infrastructure[i].name);
  }
  ASSERT_EQ(a.causes.size(), b.causes.size());
  for (const CauseShare& row : a.causes) {
    double minutes = 0;
    for (const CauseShare& other : b.causes)
      if (other.component == row.component && other.cause == row.cause) minutes += other.downtime_min_per_year;
    expect_same(row.downtime_min_per_year, minutes, row.component.value_or("several"), 1e-9);
  }
  EXPECT_EQ(a.cut_sets->sets, b.cut_sets->sets);
}

constexpr const char* kZones =
    "infrastructure: {region: {mtbf: 9000 h, mttr: 3 h}, a: {mtbf: 2000 h, mttr: 4 h, needs: [region]}, "
    "b: {mtbf: 3000 h, mttr: 5 h, needs: [region]}, c: {mtbf: 2500 h, mttr: 6 h}}\n";

// Components of several kinds over the zones, two of each.
std::string over_zones(const std::string& system, const std::string& more = "") {
  return std::string(kZones) + more +
         "components:\n"
         "  k1: {redundancy: cluster, nodes: 5, need: 3, mtbf: 100 h, mttr: 9 h, placement: [a, b, c]}\n"
         "  k2: {redundancy: cluster, nodes: 5, need: 3, mtbf: 100 h, mttr: 9 h, placement: [a, b, c]}\n"
         "  p1: {redundancy: primary-standby, mtbf: 200 h, mttr: 8 h, placement: [a, c]}\n"
         "  p2: {redundancy: primary-standby, mtbf: 200 h, mttr: 8 h, placement: [a, c]}\n"
         "  n1: {mtbf: 150 h, mttr: 2 h, needs: [b]}\n"
         "  n2: {mtbf: 150 h, mttr: 2 h, needs: [b]}\nsystem: " +
         system + "\n";
}

TEST(Pieces, OfEveryExpression) {
  for (const char* system :
       {"k1 and k2 and p1 and p2 and n1 and n2", "k1 or k2 and p1 or p2 and n1 and n2", "4 of (k1, k2, p1, p2, n1, n2)",
        "2 of (k1, k2, p1, p2, n1, n2)", "k1 and 2 of (k2, p1, n1) and (n2 or p2)",
        "3 of (k1 and p1, k2 and p2, n1, n2, k1 or n1)", "k1 and k2 and p1 and p2 and n1 and n2 and region"})
    expect_same_in_pieces(over_zones(system));
}

TEST(Pieces, OfPlannedWorkAndBadReleases) {
  std::string words = over_zones("k1 and (k2 or p1) and p2 and n1 and n2");
  const auto add = [&](const std::string& after, const std::string& keys) {
    words.insert(words.find('}', words.find("  " + after + ":")), ", " + keys);
  };
  add("k1", "maintenance: {every: 700 h, takes: 2 h, mode: stop}");
  add("p2", "changes: {every: 168 h, fail: 5 %, rollback: 1 h}");
  add("n2", "maintenance: {every: 500 h, takes: 1 h, mode: stop}");
  expect_same_in_pieces(words);
}

// What is shared is a block: zones with groups that react. Going up may take something down with it (failback).
TEST(Pieces, GivenABlock) {
  const std::string block =
      "  r: {redundancy: primary-standby, mtbf: 300 h, mttr: 8 h, failover: 1 h, failback: 1 h, placement: [a, b]}\n";
  for (const char* system :
       {"r and k1 and k2 and p1 and p2 and n1 and n2", "r and (k1 or n1) and (k2 or n2) and (p1 or r)",
        "3 of (r, k1, k2, p1 and p2, n1)", "k1 and k2 and p1 and p2 and n1 and n2 and (r or k1)"}) {
    std::string words = over_zones(system);
    words.insert(words.find("  k1:"), block);
    expect_same_in_pieces(words);
  }
}

// A thousand clusters over three zones: given which zones are up they are independent and equal.
TEST(Pieces, AThousandEqualClusters) {
  std::string words =
      "infrastructure: {a: {mtbf: 5 years, mttr: 1 h}, b: {mtbf: 5 years, mttr: 1 h}, c: {mtbf: 5 years, mttr: 1 "
      "h}}\ncomponents:\n";
  std::string names;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "k" + std::to_string(i);
    words +=
        "  " + name + ": {redundancy: cluster, nodes: 10, need: 8, mtbf: 2000 h, mttr: 4 h, placement: [a, b, c]}\n";
    names += (i ? ", " : "") + name;
  }
  const double zone = 1.0 / 43801, q = 4.0 / 2004;  // any zone that is down takes all clusters down
  const double all_zones = std::pow(1 - zone, 3);
  double cluster = 0;  // down, all zones up
  for (int down = 3, ways = 120; down <= 10; ways = ways * (10 - down) / (down + 1), ++down)
    cluster += ways * std::pow(q, down) * std::pow(1 - q, 10 - down);
  const Answer all = solved(model_of(words));
  EXPECT_NEAR(*all.measures.unavailability / ((1 - all_zones) - all_zones * std::expm1(1000 * std::log1p(-cluster))), 1,
              1e-9);
  double passages = 0;  // of a cluster: two are down, and one of eight fails
  passages = 45 * q * q * std::pow(1 - q, 8) * 8 / 2000;
  const double all_up = std::pow(1 - cluster, 1000);
  const double frequency =
      all_zones * 1000 * std::pow(1 - cluster, 999) * passages + 3 * std::pow(1 - zone, 3) / 43800 * all_up;
  EXPECT_NEAR(*all.measures.failures_per_year / (8760 * frequency), 1, 1e-9);
  EXPECT_EQ(all.components.size(), 1000u);
  EXPECT_NEAR(all.components[999].birnbaum.value() / (all_zones * std::pow(1 - cluster, 999)), 1, 1e-9);

  const Answer vote = solved(model_of(words + "system: 999 of (" + names + ")\n"));
  const double two_down = 1 - all_up - 1000 * cluster * std::pow(1 - cluster, 999);
  EXPECT_NEAR(*vote.measures.unavailability / ((1 - all_zones) + all_zones * two_down), 1, 1e-9);
}

TEST(Pieces, ManyThatNeedOneZone) {
  std::string words = "infrastructure: {z: {mtbf: 5 years, mttr: 1 h}}\ncomponents:\n";
  for (int i = 0; i < 3000; ++i) words += "  c" + std::to_string(i) + ": {mtbf: 1000000 h, mttr: 1 h, needs: [z]}\n";
  const Answer answer = solved(model_of(words));
  const double z = 1.0 / 43801;
  EXPECT_NEAR(*answer.measures.unavailability / (z - (1 - z) * std::expm1(3000 * std::log1p(-1.0 / 1000001))), 1,
              1e-12);
}

// Units that differ in their cost alone are not alike, and all else is as before.
TEST(Alike, EqualPartsHaveEqualAnswers) {
  const auto model = [](bool differ) {
    std::string words = std::string(kZones) + "components:\n";
    for (int i = 0; i < 4; ++i) {
      const std::string cost = differ ? ", cost: " + std::to_string(i + 1) + " /year" : "";
      words += "  r" + std::to_string(i) + ": {redundancy: primary-standby, mtbf: 300 h, mttr: 8 h, failover: 1 h" +
               cost + "}\n";
      words += "  k" + std::to_string(i) +
               ": {redundancy: cluster, nodes: 4, need: 3, mtbf: 300 h, mttr: 8 h, failover: 1 h, pause: all" + cost +
               "}\n";
      words += "  s" + std::to_string(i) + ": {nodes: 2, mtbf: 300 h, mttr: 8 h, placement: [a, b]" + cost + "}\n";
    }
    return model_of(words);
  };
  const Answer equal = solved(model(false)), other = solved(model(true));
  expect_same(*equal.measures.unavailability, *other.measures.unavailability, "unavailability");
  expect_same(*equal.measures.failures_per_year, *other.measures.failures_per_year, "failures");
  for (std::size_t i = 0; i < equal.components.size(); ++i)
    expect_same(equal.components[i].downtime_share, other.components[i].downtime_share, equal.components[i].name);
  EXPECT_EQ(equal.method.states, other.method.states);
}

// The same members, placed otherwise: three nodes in one zone, or two in each.
TEST(Alike, WhatStandsDifferentlyDiffers) {
  const std::string zone = "{mtbf: 200 h, mttr: 9 h}";
  const std::string cluster =
      "redundancy: cluster, nodes: 4, need: 2, mtbf: 300 h, mttr: 8 h, failover: 1 min, pause: all, placement: ";
  const Answer answer =
      solved(model_of("infrastructure: {a: " + zone + ", b: " + zone + ", c: " + zone + ", d: " + zone +
                      "}\ncomponents: {y: {" + cluster + "[c, c, d, d]}, x: {" + cluster + "[a, a, a, b]}}\n"));
  ASSERT_EQ(answer.components[1].name, "x");
  EXPECT_GT(answer.components[1].unavailability, 1.5 * answer.components[0].unavailability);
}

TEST(Importance, WhatIsTooLargeIsLeftOutAndSaid) {
  std::string words = "infrastructure: {a: {mtbf: 900 h, mttr: 4 h}, b: {mtbf: 900 h, mttr: 4 h}}\ncomponents:\n",
              names;
  for (int i = 0; i < 100; ++i) {
    const std::string name = "c" + std::to_string(i);
    words += "  " + name + ": {mtbf: " + std::to_string(1000 + i) + " h, mttr: 4 h, placement: " + (i % 2 ? "a" : "b") +
             "}\n";
    names += (i ? ", " : "") + name;
  }
  SolveOptions options;
  options.importance = true;
  options.cut_work = 10'000;
  const Answer answer = solved(model_of(words + "system: 49 of (" + names + ")\n"), options);
  EXPECT_GT(*answer.measures.unavailability, 0);
  EXPECT_TRUE(answer.cut_sets->truncated);
  EXPECT_FALSE(answer.components[0].importance->fussell_vesely.has_value());
  EXPECT_TRUE(answer.components[0].importance->raw.has_value());
  bool said = false;
  for (const std::string& note : answer.method.notes) said = said || note.find("fussell_vesely") != std::string::npos;
  EXPECT_TRUE(said);
}

// In pieces there is no diagram of all; where it does not fit, nothing may be read from it.
TEST(Pieces, MeasuresOverTimeAreLeftOutWhereTheDiagramDoesNotFit) {
  SolveOptions options;
  options.many_names = 2;
  options.at_h = {24};
  options.downtime_tables = SolveOptions::DowntimeTables::all;
  const Model model = model_of(over_zones("4 of (k1, k2, p1, p2, n1, n2)"));
  const Answer fits = solved(model, options);
  ASSERT_TRUE(fits.at.at(0).point_unavailability.has_value());
  options.many_names = std::numeric_limits<std::uint32_t>::max();
  const Answer whole = solved(model, options);
  expect_same(*fits.at[0].point_unavailability, *whole.at.at(0).point_unavailability, "point_unavailability");
  options.many_names = 2;
  options.cut_work = 10;
  const Answer left_out = solved(model, options);
  expect_same(*left_out.measures.unavailability, *whole.measures.unavailability, "unavailability");
  EXPECT_FALSE(left_out.at.at(0).point_availability.has_value());
  EXPECT_FALSE(left_out.at[0].reliability.has_value());
  EXPECT_TRUE(left_out.downtime.empty());
  bool over_time = false, in_a_period = false;
  for (const std::string& note : left_out.method.notes) {
    over_time = over_time || note.find("`--at`") != std::string::npos;
    in_a_period = in_a_period || note.find("downtime in a period is left out") != std::string::npos;
  }
  EXPECT_TRUE(over_time);
  EXPECT_TRUE(in_a_period);
}

// Sums of as many terms round beyond 1.
TEST(Large, WhatIsSurelyDownIsDownWithProbability1) {
  std::string words = "components:\n", system = "c0";
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = "c" + std::to_string(i);
    words += "  " + name + ": {mtbf: 100 days, mttr: 4 h}\n";
    if (i > 0) system += " and " + name;
  }
  const Answer answer = solved(model_of(words + "system: " + system + "\n"));
  EXPECT_LE(*answer.measures.unavailability, 1);
  EXPECT_NEAR(*answer.measures.unavailability, 1, 1e-13);
}

// Names used twice, thousands of them: consecutive-2-out-of-n:F. With R(n) = p R(n-1) + q p R(n-2) (Chiang and Niu,
// IEEE Trans. Reliability R-30(1), 1981) component i is up with both sides up, or down between two that are up.
void expect_each_or_the_next(std::size_t count, const std::vector<std::size_t>& order) {
  std::string components = "components:\n", system = "system: ";
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = order[i];
    components += "  c" + std::to_string(at) + ": {mtbf: 995 h, mttr: 5 h}\n";
    if (at + 1 == count) continue;
    if (system.back() == ')') system += " and ";
    system += "(c" + std::to_string(at) + " or c" + std::to_string(at + 1) + ")";
  }
  const Model model = model_of(components + system + "\n");
  const Answer answer = solved(model);
  const double p = 0.995, q = 0.005;
  std::vector<double> up = {1, 1};
  for (std::size_t n = 2; n <= count; ++n) up.push_back(p * up[n - 1] + q * p * up[n - 2]);
  expect_same(*answer.measures.availability, up[count], "availability");
  expect_same(*answer.measures.unavailability, 1 - up[count], "unavailability");
  ASSERT_EQ(answer.components.size(), count);
  double failures = 0;
  for (const ComponentShare& share : answer.components) {
    const std::size_t before = static_cast<std::size_t>(std::stoi(share.name.substr(1))), after = count - 1 - before;
    const double if_up = up[before] * up[after];
    const double if_down = (before > 0 ? p * up[before - 1] : 1) * (after > 0 ? p * up[after - 1] : 1);
    failures += p / 995 * (if_up - if_down);
    expect_same(*share.birnbaum, if_up - if_down, share.name);
  }
  expect_same(*answer.measures.failures_per_year, failures * 8760, "failures");
}

TEST(Large, EachOrTheNext) {
  std::vector<std::size_t> order(3000);
  std::iota(order.begin(), order.end(), std::size_t{0});
  expect_each_or_the_next(order.size(), order);
}

// In whatever order they are written.
TEST(Large, EachOrTheNextMixedUp) {
  std::vector<std::size_t> order(1000);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i * 377 % order.size();
  expect_each_or_the_next(order.size(), order);
}

// Clusters of three in a ring of racks, each rack next to the other, or five times round.
TEST(Large, OverlappingRacks) {
  constexpr std::size_t kRacks = 20, kClusters = 100;
  const auto solved_by = [&](const auto& first_rack) {
    std::string infrastructure = "infrastructure:\n", components = "components:\n", system = "system: c0";
    for (std::size_t r = 0; r < kRacks; ++r)
      infrastructure += "  r" + std::to_string(r) + ": {mtbf: 10000 h, mttr: 5 h}\n";
    for (std::size_t c = 0; c < kClusters; ++c) {
      components += "  c" + std::to_string(c) +
                    ": {nodes: 3, need: 2, redundancy: cluster, mtbf: 1000 h, mttr: 5 h, placement: [";
      for (std::size_t k = 0; k < 3; ++k)
        components += (k > 0 ? ", r" : "r") + std::to_string((first_rack(c) + k) % kRacks);
      components += "]}\n";
      if (c > 0) system += " and c" + std::to_string(c);
    }
    return solved(model_of(infrastructure + components + system + "\n"));
  };
  const Answer near = solved_by([](std::size_t c) { return c / 5; });
  const Answer far = solved_by([](std::size_t c) { return c % kRacks; });
  expect_same(*far.measures.unavailability, *near.measures.unavailability, "unavailability");
  expect_same(*far.measures.failures_per_year, *near.measures.failures_per_year, "failures");
  EXPECT_GT(*near.measures.unavailability, kClusters * 3 * 0.005 * 0.005 * 0.9);
}

}  // namespace
}  // namespace nines::test
