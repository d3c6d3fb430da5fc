// Values printed by others; the source stands beside each.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

namespace nines {
namespace {

Answer solve(const std::string& name, const std::string& text) {
  const std::string path = testing::TempDir() + "/nines-published-" + name + ".yaml";
  std::ofstream(path) << text;
  text::Sources sources;
  const auto file = load_model_file(sources, path);
  EXPECT_TRUE(file.has_value());
  const auto readings = read_designs(sources, *file, {}, {});
  EXPECT_TRUE(readings.has_value());
  const auto answer = markov::solve(readings->front().model);
  EXPECT_TRUE(answer.has_value());
  return *answer;
}

// pixelbeat.org, reliability calculator (P. Brady): MTBF 14286 h, 99.98 %, about 1 h 45 min a year.
TEST(Published, MotherboardAndDisk) {
  const Answer answer =
      solve("server", "nines: 1\ncomponents: {board: {mtbf: 50000 h, mttr: 5 h}, disk: {mtbf: 20000 h, mttr: 2 h}}\n");
  EXPECT_NEAR(*answer.measures.mttff_h, 14286, 0.5);
  EXPECT_NEAR(*answer.measures.availability, 0.9998, 5e-7);
  EXPECT_NEAR(*answer.measures.downtime_min_per_year / 60, 1.7517, 5e-5);
}

// Server Fault question 787765 (2016): servers of 95 % in parallel and in series.
TEST(Published, ServersOfNinetyFivePercent) {
  const auto model = [](int nodes, const char* rest) {
    return "nines: 1\ncomponents: {s: {availability: 95 %, mttr: 2 h, nodes: " + std::to_string(nodes) + rest + "}}\n";
  };
  EXPECT_NEAR(*solve("p2", model(2, ", redundancy: cluster, need: 1")).measures.availability, 0.9975, 1e-15);
  EXPECT_NEAR(*solve("p3", model(3, ", redundancy: cluster, need: 1")).measures.availability, 0.999875, 1e-15);
  EXPECT_NEAR(*solve("s3", model(3, "")).measures.availability, 0.857375, 1e-15);
  EXPECT_NEAR(*solve("v3", model(3, ", redundancy: cluster, need: 2")).measures.availability, 0.99275, 1e-15);
}

// Heimann, Mittal, Trivedi, Advances in Computers 31 (1990), sec. 2.5: two processors, one repair facility, coverage,
// reconfiguration, reboot. There nothing fails or returns during a reconfiguration or a reboot, here it does: 30 s and
// 10 min beside 4 h, up to 0.6 % of the rows.
TEST(Published, TwoProcessorsWithOneRepairFacility) {
  const Answer answer =
      solve("processors",
            "nines: 1\ncrews: {facility: 1}\ncomponents: {cpu: {redundancy: cluster, nodes: 2, need: 1, "
            "mtbf: 5000 h, mttr: 4 h, crew: facility, failover: 30 s, pause: all, coverage: 90 %, "
            "manual_recovery: 10 min}}\n");
  EXPECT_NEAR(*answer.measures.availability, 0.999989, 5e-7);
  EXPECT_NEAR(*answer.measures.downtime_min_per_year, 5.744314, 0.001);
  const auto minutes = [&](Cause cause) {
    for (const CauseShare& share : answer.causes)
      if (share.cause == cause) return share.downtime_min_per_year;
    return 0.0;
  };
  EXPECT_NEAR(minutes(Cause::automatic_failover), 1.5743, 0.002);
  EXPECT_NEAR(minutes(Cause::by_hand), 3.4984, 0.004);
  EXPECT_NEAR(minutes(Cause::too_few_nodes), 0.6717, 0.005);
}

// The same source: five disks of which two may fail, 0.01 failures a year each, no repair: MTTF 78.333 years.
TEST(Published, DiskArrayWithoutRepair) {
  const Answer answer =
      solve("disks",
            "nines: 1\ncomponents: {disks: {redundancy: cluster, nodes: 5, need: 3, mtbf: 100 years, mttr: never}}\n");
  EXPECT_NEAR(*answer.measures.mttff_h / 8760, 78.333, 5e-4);
}

}  // namespace
}  // namespace nines
