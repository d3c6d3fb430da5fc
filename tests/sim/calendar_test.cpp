// What comes by the calendar, where the answer needs no chance.
#include <gtest/gtest.h>

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

// A node that fails while another serves is found at the next inspection: after half the interval on average, where
// failures come at any time of it.
TEST(Calendar, InspectionsFindWhatFailed) {
  const Answer answer = simulated(
      model_from(
          "components: {a: {redundancy: primary-standby, units: [good, bad], inspection: 73 h}}\ntypes: {good: {fit: "
          "1e-9, mttr: 1 h}, bad: {mtbf: {fixed: 730 h}, mttr: {fixed: 10 h}}}"),
      200);
  EXPECT_EQ(*answer.measures.unavailability, 0);
}

TEST(Calendar, LeadTimesRunBesideEachOther) {
  // Each failure orders a part: without a stock the unit waits for its own, of a fixed time.
  const Answer answer =
      simulated(model_from("spares: {s: {stock: 0, lead_time: {fixed: 30 h}}}\ncomponents: {a: {mtbf: "
                           "{fixed: 100 h}, mttr: {fixed: 16 h}, spare: s}}"),
                200);
  EXPECT_NEAR(*answer.measures.unavailability, 46.0 / 146, 2e-3);
}

}  // namespace
}  // namespace nines::test
