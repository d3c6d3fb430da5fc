// What comes by the calendar, where the answer needs no chance.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

constexpr const char* kNeverFails = "fit: 1e-9, mttr: 1 h";

TEST(Calendar, MaintenanceStopsAtFixedTimes) {
  const Answer answer = simulated(
      model_from(std::string("components: {a: {maintenance: {every: 73 h, takes: 1 h}, ") + kNeverFails + "}}"), 200);
  EXPECT_NEAR(*answer.measures.unavailability, 1.0 / 73, 1e-9);
  EXPECT_NEAR(*answer.measures.planned_unavailability, 1.0 / 73, 1e-9);
  EXPECT_NEAR(*answer.measures.failures_per_year, 120, 1e-6);
}

// Rounds that are due while one is under way are dropped.
TEST(Calendar, RoundsThatOverlapAreDropped) {
  const Answer answer = simulated(
      model_from(std::string("components: {a: {maintenance: {every: 73 h, takes: 100 h}, ") + kNeverFails + "}}"), 200);
  EXPECT_NEAR(*answer.measures.unavailability, 100.0 / 146, 1e-3);
}

TEST(Calendar, NodesGoOneAfterTheOther) {
  const std::string cluster =
      "components: {a: {redundancy: cluster, nodes: 4, need: NEED, maintenance: {every: 146 h, takes: "
      "2 h, mode: rolling}, ";
  const auto with = [&](const char* need) {
    std::string text = cluster + kNeverFails + "}}";
    return simulated(model_from(text.replace(text.find("NEED"), 4, need)), 200);
  };
  const Answer all = with("4");
  EXPECT_NEAR(*all.measures.unavailability, 8.0 / 146, 1e-6);
  EXPECT_NEAR(*all.measures.planned_unavailability, 8.0 / 146, 1e-6);
  EXPECT_NEAR(*all.measures.failures_per_year, 60, 0.5);  // one outage a round: a node comes and the next one goes
  EXPECT_EQ(*with("3").measures.unavailability, 0);
}

// Both nodes are fine after an inspection. The waiting one fails unseen at rate l, and the serving one's failure, at
// the same rate, finds it: the system is down then until both are restored together. So t after an inspection it is
// failed with probability (1 - e^(-2lt)) / 2, on average over the interval T 1/2 - (1 - e^(-2lT)) / 4lT. (An
// exponential time of mean T/2 would give 11 % less, no inspection at all twice as much.)
TEST(Calendar, InspectionsFindWhatFailed) {
  const Answer answer =
      simulated(model_from("components: {a: {redundancy: primary-standby, mtbf: 100 h, mttr: {fixed: 3 "
                           "min}, inspection: 73 h}}"),
                3000);
  const double per_h = 0.01, interval_h = 73, restored_h = 0.05;
  const double unseen = 0.5 - (1 - std::exp(-2 * per_h * interval_h)) / (4 * per_h * interval_h);
  EXPECT_NEAR(*answer.measures.unavailability / (per_h * unseen * restored_h), 1, 0.02);
}

TEST(Calendar, LeadTimesRunBesideEachOther) {
  // Units that fail together order a part each, and both come after the same time.
  const Answer answer =
      simulated(model_from("spares: {s: {stock: 0, lead_time: {fixed: 30 h}}}\ncomponents: {a: {nodes: 2, mtbf: "
                           "{fixed: 100 h}, mttr: {fixed: 16 h}, spare: s}}"),
                200);
  EXPECT_NEAR(*answer.measures.unavailability, 46.0 / 146, 2e-3);
}

}  // namespace
}  // namespace nines::test
