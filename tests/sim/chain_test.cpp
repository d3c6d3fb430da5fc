// Chains drawn by hand, played: against the solver, and what a trace says of them. Seeds are fixed.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "model/markov/solve.hpp"
#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

const std::string kPower =
    "chains:\n"
    "  power:\n"
    "    states: {mains: up, battery: up, generator: up, dark: down}\n"
    "    transitions:\n"
    "      - {from: mains, to: battery, mean: 300 h}\n"
    "      - {from: battery, to: generator, rate: 60 /h}\n"
    "      - {from: battery, to: dark, rate: 6 /h}\n"
    "      - {from: generator, to: mains, mean: 3 h}\n"
    "      - {from: generator, to: dark, mean: 100 h}\n"
    "      - {from: dark, to: mains, mean: 2 h}\n";

void expect_agreement(const std::string& words, double years) {
  const Model model = model_from(words);
  const auto solved = markov::solve(model);
  ASSERT_TRUE(solved.has_value());
  const Answer answer = simulated(model, years);
  const double four = 4 * error_of(answer, "unavailability");
  EXPECT_NEAR(*answer.measures.unavailability, *solved->measures.unavailability, four);
  EXPECT_LT(four, 0.15 * *solved->measures.unavailability) << "too few years to tell anything";
  EXPECT_NEAR(*answer.measures.failures_per_year, *solved->measures.failures_per_year,
              4 * error_of(answer, "failures_per_year"));
  if (solved->measures.mttff_h && answer.measures.mttff_h) {
    EXPECT_NEAR(*answer.measures.mttff_h, *solved->measures.mttff_h, 4 * error_of(answer, "mttff_h"));
  }
  ASSERT_EQ(answer.components.size(), solved->components.size());
  for (std::size_t i = 0; i < answer.components.size(); ++i)
    EXPECT_NEAR(answer.components[i].downtime_share, solved->components[i].downtime_share, 0.1);
  ASSERT_EQ(answer.infrastructure.size(), solved->infrastructure.size());
}

TEST(PlayedChain, AgreesByItself) {
  expect_agreement(kPower + "system: power\n", 3000);
}

TEST(PlayedChain, AgreesUnderAPair) {
  expect_agreement(kPower +
                       "components: {db: {redundancy: primary-standby, mtbf: 60 days, mttr: 5 h, failover: 5 min, "
                       "placement: [power]}}\nsystem: db\n",
                   3000);
}

TEST(PlayedChain, ShortDetoursFarFromTheStartAreForgotten) {
  // Two seasons of ten years: a run that counted from the first on would see one of them only.
  expect_agreement(
      "chains: {weather: {states: {calm: up, calm-out: down, storm: up, storm-out: down}, transitions: ["
      "{from: calm, to: calm-out, mean: 900 h}, {from: calm-out, to: calm, mean: 1 h}, {from: storm, to: storm-out, "
      "mean: 30 h}, {from: storm-out, to: storm, mean: 1 h}, {from: calm, to: storm, mean: 10 years}, {from: storm, "
      "to: "
      "calm, mean: 10 years}]}}\nsystem: weather\n",
      200000);
}

TEST(PlayedChain, EndsInADownState) {
  const Model model = model_from(
      "chains: {a: {states: {new: up, dead: down}, transitions: [{from: new, to: dead, mean: 1000 h}]}}\nsystem: a\n");
  const Answer answer = simulated(model, 1000);
  EXPECT_EQ(*answer.measures.unavailability, 1);
  EXPECT_NEAR(*answer.measures.mttff_h, 1000, 4 * error_of(answer, "mttff_h"));
}

TEST(PlayedChain, StartsInAnOutage) {
  const Model model = model_from(
      "chains: {a: {states: {off: down, on: up}, start: off, transitions: [{from: off, to: on, mean: 10 h}, {from: on, "
      "to: off, mean: 90 h}]}}\nsystem: a\n");
  const Answer answer = simulated(model, 2000);
  EXPECT_NEAR(*answer.measures.unavailability, 0.1, 4 * error_of(answer, "unavailability"));
  EXPECT_EQ(*answer.measures.mttff_h, 0);
}

TEST(PlayedChain, IsTold) {
  const Model model = model_from(kPower + "system: power\n");
  std::vector<std::string> told;
  sim::trace(model, {}, 0, 0, 5000, [&](const sim::TraceEvent& event) {
    if (told.size() < 4) told.push_back(event.instance + " " + event.event);
  });
  ASSERT_GE(told.size(), 2U);
  EXPECT_EQ(told[0], "power goes to battery");
  EXPECT_TRUE(told[1] == "power goes to generator" || told[1] == "power goes to dark") << told[1];
}

}  // namespace
}  // namespace nines::test
