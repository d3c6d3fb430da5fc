// Rules of the model reference, sections 4 to 7, against closed forms and against the same thing said in another way.
#include <gtest/gtest.h>

#include <cmath>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines::test {
namespace {

Answer solved(const std::string& words) {
  const auto [model, said] = read("nines: 1\n" + words);
  for (const auto& problem : said) EXPECT_NE(problem.severity, text::Severity::error) << problem.message << words;
  auto answer = markov::solve(model);
  EXPECT_TRUE(answer.has_value()) << words;
  return answer ? *answer : Answer{};
}

double down(const std::string& words) {
  return *solved(words).measures.unavailability;
}

void expect_same(double got, double want) {
  EXPECT_NEAR(got, want, 1e-12 * std::abs(want));
}

double minutes(const Answer& answer, Cause cause) {
  double sum = 0;
  for (const CauseShare& row : answer.causes)
    if (row.cause == cause) sum += row.downtime_min_per_year;
  return sum;
}

TEST(Spares, WithoutStockEachFailureWaitsForItsPart) {
  expect_same(down("spares: {s: {stock: 0, lead_time: 30 h}}\ncomponents: {a: {mtbf: 100 h, mttr: 10 h, spare: s}}"),
              40.0 / 140);
}

// One unit and one part: parts on order and the unit's state make a chain of four states.
TEST(Spares, WithOnePartOnTheShelf) {
  const double l = 0.01, m = 0.1, d = 1.0 / 30;
  // Works with 0 or 1 on order; is restored with 1; fails with 1 on order: waits for either of two, then is restored
  // with 1 on order. Balance solved by hand: p0 works, shelf full.
  // up0 -l-> rest1; rest1 -m-> up1, -d-> rest0; rest0 -m-> up0; up1 -d-> up0, -l-> wait2; wait2 -2d-> rest1.
  const double rest1 = 1, up1 = m / (d + l), wait2 = up1 * l / (2 * d), rest0 = d / m;
  const double up0 = (rest0 * m + up1 * d) / l;
  expect_same(down("spares: {s: {stock: 1, lead_time: 30 h}}\ncomponents: {a: {mtbf: 100 h, mttr: 10 h, spare: s}}"),
              (rest1 + rest0 + wait2) / (rest1 + rest0 + wait2 + up0 + up1));
}

TEST(Spares, PlentyOnTheShelfIsNoSpareAtAll) {
  const std::string units = "components: {a: {redundancy: cluster, nodes: 3, need: 2, mtbf: 100 h, mttr: 10 h";
  const double without = down(units + "}}");
  EXPECT_NEAR(down("spares: {s: {stock: 40, lead_time: 30 h}}\n" + units + ", spare: s}}"), without, 1e-9 * without);
}

TEST(Beta, TwoOfAKind) {
  // Both up, one up, none: the shock takes what is left.
  const double l = 0.01, m = 0.1, b = 0.2, own = l * (1 - b), shock = l * b;
  const double both = 1;
  // Cut between "both up" and the rest, and between "none up" and the rest.
  const double none_over_one = (own + shock) / (2 * m);
  // both (2 own + shock) = one m; none 2 m = one (own + shock) + both shock.
  const double one = both * (2 * own + shock) / m;
  const double none = none_over_one * one + both * shock / (2 * m);
  expect_same(down("components: {a: {redundancy: cluster, nodes: 2, need: 1, beta: 20 %, mtbf: 100 h, mttr: 10 h}}"),
              none / (both + one + none));
}

TEST(Beta, OfCopiesIsOfTheSameComponentInAllOfThem) {
  const std::string unit = "mtbf: 100 h, mttr: 10 h";
  expect_same(down("assemblies: {site: a}\ncomponents: {a: {" + unit +
                   "}, s: {redundancy: cluster, nodes: 2, need: 1, of: "
                   "site, beta: 20 %}}"),
              down("components: {a: {redundancy: cluster, nodes: 2, need: 1, beta: 20 %, " + unit + "}}"));
}

TEST(Changes, AreDownFromReleaseToRollback) {
  const Answer answer =
      solved("components: {a: {mtbf: 100 h, mttr: 10 h, changes: {every: 50 h, fail: 10 %, rollback: 2 h}}}");
  const double release = 2.0 / 502, unit = 10.0 / 110;
  expect_same(*answer.measures.unavailability, 1 - (1 - release) * (1 - unit));
  EXPECT_NEAR(minutes(answer, Cause::bad_release), release * 525600, 1e-6);
  EXPECT_NEAR(minutes(answer, Cause::too_few_nodes), unit * (1 - release) * 525600, 1e-6);
}

TEST(CommonCause, HitsEachUnitByItself) {
  // A shock that hits with probability p is, for one unit, a clock of p times its rate.
  expect_same(
      down("components: {a: {mtbf: 100 h, mttr: 10 h}}\ncommon_causes: {c: {mtbf: 50 h, hits: a, probability: 30 "
           "%}}"),
      1 / (1 + 0.1 / (0.01 + 0.3 / 50)));
}

TEST(CommonCause, ThatIsRestoredTogetherIsAUnitThatAllNeed) {
  const std::string both =
      "components: {a: {mtbf: 100 h, mttr: 10 h NEEDS}, b: {mtbf: 80 h, mttr: 5 h NEEDS}}\nsystem: a or b\n";
  const auto with = [&](const std::string& needs) {
    std::string text = both;
    for (std::size_t at = text.find(" NEEDS"); at != std::string::npos; at = text.find(" NEEDS"))
      text.replace(at, 6, needs);
    return text;
  };
  const Answer answer = solved(with("") + "common_causes: {c: {mtbf: 300 h, hits: [a, b], restore: 4 h}}");
  expect_same(*answer.measures.unavailability,
              down(with(", needs: [c]") + "infrastructure: {c: {mtbf: 300 h, mttr: 4 h}}"));
  EXPECT_GT(minutes(answer, Cause::shared_cause), 0);
  EXPECT_EQ(minutes(answer, Cause::infrastructure), 0);
}

// What it hits by chance is drawn each by itself, and all of it comes back together.
TEST(CommonCause, ThatIsRestoredTogetherMayHitAPart) {
  const double idle = 300, restore = 4, p = 0.25, q = 1 - p;
  // Two that never fail by themselves: a shock that hits none leaves things as they were.
  const double hit = (1 - q * q) / idle, busy = hit / (hit + 1 / restore);
  const std::string text =
      "components: {a: {fit: 1e-9, mttr: 1 h}, b: {fit: 1e-9, mttr: 1 h}}\ncommon_causes: {c: {mtbf: 300 "
      "h, hits: [a, b], restore: 4 h, probability: 25 %}}\nsystem: a ";
  EXPECT_NEAR(down(text + "and b"), busy, 1e-9);
  EXPECT_NEAR(down(text + "or b"), busy * p * p / (1 - q * q), 1e-9);
}

TEST(Assemblies, CopiesAreNewThings) {
  const std::string one = "{mtbf: 100 h, mttr: 10 h}", other =
                                                           "{redundancy: primary-standby, mtbf: 90 h, mttr: 9 h, "
                                                           "detection: 30 s, failover: 5 min}";
  expect_same(down("assemblies: {site: x and y}\ncomponents: {x: " + one + ", y: " + other +
                   ", s: {redundancy: cluster, nodes: 3, need: 2, of: site}}"),
              down("components: {x0: " + one + ", y0: " + other + ", x1: " + one + ", y1: " + other + ", x2: " + one +
                   ", y2: " + other + "}\nsystem: 2 of (x0 and y0, x1 and y1, x2 and y2)"));
}

// A cold site's units do not fail, so a pair of sites of one unit is a pair of units.
TEST(Assemblies, StressOfTheNodeIsThatOfItsUnits) {
  for (const char* standby : {"cold", "warm, standby_failure_factor: 0.3", "hot"}) {
    const std::string pair = std::string("redundancy: primary-standby, failover: 10 min, standby: ") + standby;
    expect_same(down("assemblies: {site: x}\ncomponents: {x: {mtbf: 100 h, mttr: 10 h}, s: {of: site, " + pair + "}}"),
                down("components: {s: {mtbf: 100 h, mttr: 10 h, " + pair + "}}"));
  }
}

// Hours until none of the racks is left, in units of a rack's life, with so many in the site that serves and in the one
// that waits: of two in one site the second has half the stress of the first, and all in the waiting site a fifth of
// it.
double until_none(int serving, int waiting) {
  if (serving == 0) return waiting == 0 ? 0 : until_none(waiting, 0);
  const auto rate = [](int racks) { return racks == 2 ? 1.5 : racks; };
  const double here = rate(serving), there = 0.2 * rate(waiting);
  const double then =
      here * until_none(serving - 1, waiting) + (waiting > 0 ? there * until_none(serving, waiting - 1) : 0);
  return (1 + then) / (here + there);
}

TEST(Assemblies, StressesMultiplyInwards) {
  const std::string warm = "redundancy: primary-standby, standby: warm, standby_failure_factor: ";
  const Answer nested =
      solved("assemblies: {rack: x, site: r}\ncomponents: {x: {mtbf: 100 h, mttr: 1e9 h}, r: {of: rack, " + warm +
             "0.5}, s: {of: site, " + warm + "0.2}}");
  EXPECT_NEAR(nested.measures.mttff_h.value_or(0), 100 * until_none(2, 2), 1e-3);
}

TEST(Maintenance, StopsAreExponentialsOfTheSameMeans) {
  const Answer answer = solved("components: {a: {mtbf: 100 h, mttr: 10 h, maintenance: {every: 60 h, takes: 3 h}}}");
  const double unit = 10.0 / 110;
  expect_same(*answer.measures.unavailability, 1 - (1 - 3.0 / 60) * (1 - unit));
  expect_same(*answer.measures.planned_unavailability, (3.0 / 60) * (1 - unit));
  EXPECT_FALSE(answer.method.exact);
}

TEST(Maintenance, RollingNeedsEveryNodeToBeUp) {
  // Nodes that hardly ever fail: a round takes n times the time of one, and with all needed all of it is downtime.
  const Answer answer = solved(
      "components: {a: {redundancy: cluster, nodes: 3, need: 3, fit: 1e-6, mttr: 1 h, maintenance: "
      "{every: 60 h, takes: 1 h, mode: rolling}}}");
  EXPECT_NEAR(*answer.measures.unavailability, 3.0 / 60, 1e-8);
  EXPECT_NEAR(*answer.measures.planned_unavailability, 3.0 / 60, 1e-8);
  EXPECT_NEAR(minutes(answer, Cause::maintenance) / 525600, 3.0 / 60, 1e-8);
}

// A node is missing half of all time, for long, and rounds are short: were they not to wait for it, the other one would
// be out while it is missing in 5e-6 of all time.
TEST(Maintenance, RollingWaitsUntilAllNodesAreUp) {
  const double both = down(
      "infrastructure: {good: {fit: 1e-6, mttr: 1 h}, bad: {mtbf: 50 h, mttr: 50 h}}\ncomponents: {a: {redundancy: "
      "cluster, nodes: 2, need: 1, fit: 1e-6, mttr: 1 h, placement: [good, bad], maintenance: {every: 100 h, takes: "
      "0.001 "
      "h, mode: rolling}}}");
  EXPECT_LT(both, 1e-8);
}

TEST(Inspection, ALatentFailureWaitsForHalfTheInterval) {
  // The waiting node of a pair that fails over at once, repaired in no time: the chain of "standby fine", "standby
  // failed unseen", and "both failed".
  const double l = 0.01, t = 2.0 / 40, r = 0.1;
  // Two nodes alike: both up -> (standby fails, 1) unseen or (serving fails) seen.
  // States: 2 up; U one failed unseen; S one failed and being restored; 0 none up, one or two being restored.
  // From U the failure of the server notices both: two are then restored.
  // 2: -l-> U, -l-> S;  U: -t-> S, -l-> Z2;  S: -r-> 2, -l-> Z2;  Z2: -2r-> S.
  const double two = 1, unseen = two * l / (t + l);
  const double seen = (two * 2 * l) / r;  // the cut below "2 up": what goes down comes back from S
  const double none = (unseen + seen) * l / (2 * r);
  expect_same(down("components: {a: {redundancy: primary-standby, mtbf: 100 h, mttr: 10 h, inspection: 40 h}}"),
              none / (two + unseen + seen + none));
}

TEST(Heartbeat, DetectionAndFalseFailovers) {
  const auto [model, said] = read(
      "nines: 1\ncomponents: {a: {redundancy: primary-standby, mtbf: 100 h, mttr: 10 h, failover: 1 min, "
      "false_failover: "
      "1000 h, detection: {heartbeat: 10 s, misses: 3, loss: 10 %}}}");
  const auto& pair = std::get<PrimaryStandby>(model.components[0].redundancy);
  EXPECT_EQ(pair.detection->kind, Law::Kind::uniform);
  EXPECT_NEAR(pair.detection->mean_h, 25.0 / 3600, 1e-15);
  const double beats = 10.0 / 3600 * (1 - 1e-3) / (0.9 * 1e-3);  // 1110 beats
  EXPECT_NEAR(*pair.false_failover_mean_h, 1 / (1 / beats + 1.0 / 1000), 1e-12);
}

}  // namespace
}  // namespace nines::test
