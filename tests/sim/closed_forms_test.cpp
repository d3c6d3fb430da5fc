// Laws that are not exponential against closed forms and published values. Seeds are fixed: a failure is no chance.
// Limits are four standard errors: 1 in 16 000 for each comparison, were the seed drawn anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "model/markov/solve.hpp"
#include "sim/history/history.hpp"
#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

constexpr double kErrors = 4;

void expect_unavailability(const Answer& answer, double wanted) {
  const double error = error_of(answer, "unavailability");
  EXPECT_NEAR(*answer.measures.unavailability, wanted, kErrors * error);
  EXPECT_LT(error, 0.03 * wanted) << "too few years to tell anything";
}

// Alternating renewal: only the means matter in the long run.
TEST(ClosedForm, WeibullLifeLogNormalRestoration) {
  const Answer answer = simulated(
      model_from(
          "components: {a: {mtbf: {weibull: {shape: 2.5, mean: 900 h}}, mttr: {lognormal: {mean: 30 h, cv: 1.5}}}}"),
      20000);
  expect_unavailability(answer, 30.0 / 930);
  EXPECT_NEAR(*answer.measures.failures_per_year, 8760.0 / 930, kErrors * error_of(answer, "failures_per_year"));
  EXPECT_NEAR(*answer.measures.mean_down_time_h, 30, kErrors * error_of(answer, "mean_down_time_h"));
}

TEST(ClosedForm, EveryLawKeepsItsMean) {
  for (const char* law : {"{gamma: {shape: 0.7, mean: 20 h}}", "{erlang: {stages: 3, mean: 20 h}}",
                          "{uniform: [5 h, 35 h]}", "{triangular: [2 h, 8 h, 50 h]}", "{empirical: [5 h, 10 h, 45 h]}",
                          "{fixed: 20 h}", "{weibull: {shape: 0.8, mean: 20 h}}", "20 h"}) {
    SCOPED_TRACE(law);
    const Answer answer =
        simulated(model_from(std::string("components: {a: {mtbf: 480 h, mttr: ") + law + "}}"), 10000);
    expect_unavailability(answer, 20.0 / 500);
  }
}

// Any law: of a cluster without timing only the means matter to what is served, the numbers up are binomial. And a
// fixed detection keeps the whole of it a share of the nodes short.
TEST(ClosedForm, ServedOfACluster) {
  const std::string cluster =
      "{redundancy: cluster, nodes: 3, need: 1, mtbf: {weibull: {shape: 1.5, mean: 490 h}}, mttr: {lognormal: {mean: "
      "10 "
      "h, cv: 1.2}}, capacity: 4";
  const double u = 0.02, one = 3 * 0.98 * 0.98 * u, two = 3 * 0.98 * u * u, three = u * u * u;
  const double wanted = one * 2 / 10 + two * 6 / 10 + three;
  const Answer answer = simulated(model_from("demand: 10\ncomponents: {a: " + cluster + "}}"), 20000);
  const Interval ends = *answer.unserved_interval;
  EXPECT_NEAR(*answer.unserved, wanted, kErrors * (ends.second - ends.first) / (2 * 1.96));
  EXPECT_LT(ends.second - ends.first, 0.05 * wanted);
  EXPECT_GT(answer.simulated->shortfalls, 1000u);
  const Answer unnoticed =
      simulated(model_from("demand: 10\ncomponents: {a: " + cluster + ", detection: {fixed: 1 h}}}"), 20000);
  // Nearly each failure of the first of three costs 1/3 in place of 1/5 of the demand for an hour.
  EXPECT_NEAR(*unnoticed.unserved - *answer.unserved, 3 * 0.98 / 490 * (1.0 / 3 - 0.2),
              0.06 * 3 / 490 * (1.0 / 3 - 0.2));
}

// Copies serve what is up in them, and what a loss that is not noticed leaves of it.
TEST(ClosedForm, ServedOfCopies) {
  const std::string yaml =
      "demand: {day: {level: 12, share: 50 %}, night: {level: 5, share: 50 %}}\nassemblies: {site: lb and app}\n"
      "components: {lb: {mtbf: 500 h, mttr: 10 h}, app: {redundancy: cluster, nodes: 3, need: 1, mtbf: 500 h, mttr: 10 "
      "h, capacity: 2, detection: 1 h}, s: {of: site, redundancy: ";
  for (const char* rules : {"cluster, nodes: 2, need: 1}}", "primary-standby, failover: 30 min}}"}) {
    const Model model = model_from(yaml + rules);
    const auto solved = markov::solve(model);
    ASSERT_TRUE(solved.has_value());
    const Answer answer = simulated(model, 4000);
    const Interval ends = *answer.unserved_interval;
    EXPECT_NEAR(*answer.unserved, *solved->unserved, kErrors * (ends.second - ends.first) / (2 * 1.96)) << rules;
    EXPECT_LT(ends.second - ends.first, 0.05 * *answer.unserved);
  }
}

// A wear-out mode beside frequent crashes ages on through them: it happens once in its mean of operation. A clock drawn
// anew at each crash would hardly ever get there.
TEST(ClosedForm, AWearOutModeAgesThroughCrashes) {
  const Answer answer = simulated(model_from("components:\n"
                                             "  a:\n"
                                             "    failures:\n"
                                             "      crash: {mtbf: 90 days, mttr: 1 h}\n"
                                             "      wear: {mtbf: {weibull: {shape: 3, mean: 4 years}}, mttr: 500 h}\n"),
                                  20000);
  const double crash = 1.0 / 2160, wear = 500.0 / 35040;
  expect_unavailability(answer, (crash + wear) / (1 + crash + wear));
}

// A node in cold standby does not age; one in waiting at a tenth of its stress ages a tenth: with fixed lives the days
// can be counted. Cold: 100 h of service each, in turn, a repair of 30 h hidden behind the other's service.
TEST(ClosedForm, AgesUnderStandby) {
  const Answer cold =
      simulated(model_from("components: {a: {redundancy: primary-standby, standby: cold, failover: {fixed: "
                           "10 h}, mtbf: {fixed: 100 h}, mttr: {fixed: 30 h}}}"),
                400);
  EXPECT_NEAR(*cold.measures.unavailability, 10.0 / 110, 1e-3);
  EXPECT_NEAR(*cold.measures.failures_per_year, 8760.0 / 110, 0.7);
}

// System up at t when all is new at 0 and restoration is instant in the long run: the renewal equation of availability,
// A(t) = R(t) + integral of A(t - s) dG(s), G life and restoration together (Barlow & Proschan 1965, ch. 3), by steps.
TEST(ClosedForm, AvailabilityOverTimeOfAWeibullUnit) {
  const Model model =
      model_from("components: {a: {mtbf: {weibull: {shape: 3, scale: 100 h}}, mttr: {uniform: [10 h, 30 h]}}}");
  const double step = 0.25;
  const auto n = static_cast<std::size_t>(250 / step);
  const auto life = [](double t) { return 1 - std::exp(-std::pow(t / 100, 3)); };
  std::vector<double> cycle(n + 1, 0);  // G at i x step, by the mean over the uniform restoration
  for (std::size_t i = 0; i <= n; ++i) {
    for (int k = 0; k < 80; ++k) cycle[i] += life(std::max(0.0, static_cast<double>(i) * step - 10 - 0.25 * (k + 0.5)));
    cycle[i] /= 80;
  }
  std::vector<double> up(n + 1, 1);
  for (std::size_t i = 1; i <= n; ++i) {
    up[i] = 1 - life(static_cast<double>(i) * step);
    for (std::size_t j = 1; j <= i; ++j)
      up[i] += (up[i - j] + up[i - j + 1 > i ? i : i - j + 1]) / 2 * (cycle[j] - cycle[j - 1]);
  }
  class Nobody final : public sim::Witness {
    void instant(const sim::History&, std::span<const process::GroupId>) override {}
  } nobody;
  const sim::Script script(model);
  sim::History history(script, 1);
  const double times[] = {60, 110, 150, 240};
  double seen[4] = {};
  constexpr int kHistories = 40000;
  for (int h = 0; h < kHistories; ++h) {
    history.begin(static_cast<std::uint64_t>(h));
    for (int t = 0; t < 4; ++t) {
      history.play(times[t], nobody);
      seen[t] += history.system_up() ? 1 : 0;
    }
  }
  for (int t = 0; t < 4; ++t) {
    const double wanted = up[static_cast<std::size_t>(times[t] / step)];
    EXPECT_NEAR(seen[t] / kHistories, wanted, kErrors * std::sqrt(wanted * (1 - wanted) / kHistories) + 5e-4)
        << times[t];
  }
}

// Consecutive-3-of-20:F oil pipeline with one repairman who takes the lowest number first: FIG test-suite (Budde,
// Monti, D'Argenio; after Villen-Altamirano 2010): 1.53e-5; recomputed 1.527e-5 +- 0.024e-5.
TEST(Published, OilPipeline) {
  std::string yaml =
      "crews: {repairman: {size: 1, order: priority}}\ntypes: {pump: {mtbf: 1000 h, mttr: $repair, crew: "
      "repairman}}\nparameters: {repair: {lognormal: {median: 3.3534846525 h, p95: 12.5019 h}}}\ncomponents:\n";
  for (int i = 1; i <= 20; ++i) yaml += "  p" + std::to_string(i) + ": {type: pump}\n";
  yaml += "system: ";
  for (int i = 1; i <= 18; ++i)
    yaml += (i > 1 ? " and (p" : "(p") + std::to_string(i) + " or p" + std::to_string(i + 1) + " or p" +
            std::to_string(i + 2) + ")";
  const Answer answer = simulated(model_from(yaml + "\n"), 30000, 2);
  const double error = error_of(answer, "unavailability");
  EXPECT_LT(error, 0.08 * 1.53e-5);
  EXPECT_NEAR(*answer.measures.unavailability, 1.53e-5, kErrors * error);
}

}  // namespace
}  // namespace nines::test
