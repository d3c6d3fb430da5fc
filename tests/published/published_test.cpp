// Values printed by others; the source stands beside each.
#include <gtest/gtest.h>

#include <string>

#include "tests/published/solved.hpp"

namespace nines {
namespace {

using published::solve;

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

// The same source, drawn by hand as it is there: nothing fails or returns during a reconfiguration or a reboot.
std::string two_processors(const char* up) {
  return std::string("nines: 1\nchains:\n  processors:\n    states: ") + up +
         "\n    transitions:\n"
         "      - {from: both, to: reconfiguration, rate: 0.00036 /h}\n"
         "      - {from: both, to: reboot, rate: 0.00004 /h}\n"
         "      - {from: reconfiguration, to: one, mean: 30 s}\n"
         "      - {from: reboot, to: one, mean: 10 min}\n"
         "      - {from: one, to: both, mean: 4 h}\n"
         "      - {from: one, to: neither, mean: 5000 h}\n"
         "      - {from: neither, to: one, mean: 4 h}\n"
         "system: processors\n";
}

TEST(Published, TwoProcessorsDrawnByHand) {
  const auto down = [](const char* up) { return *solve("drawn", two_processors(up)).measures.downtime_min_per_year; };
  const Answer answer =
      solve("drawn", two_processors("{both: up, one: up, reconfiguration: down, reboot: down, neither: down}"));
  EXPECT_NEAR(*answer.measures.availability, 0.9999890709394669, 1e-15);
  EXPECT_NEAR(*answer.measures.downtime_min_per_year, 5.744314, 5e-7);
  EXPECT_NEAR(down("{both: up, one: up, reconfiguration: down, reboot: up, neither: up}"), 1.5743, 5e-5);
  EXPECT_NEAR(down("{both: up, one: up, reconfiguration: up, reboot: down, neither: up}"), 3.4984, 5e-5);
  EXPECT_NEAR(down("{both: up, one: up, reconfiguration: up, reboot: up, neither: down}"), 0.6717, 5e-5);
  const Answer to_failure =
      solve("drawn", two_processors("{both: up, one: up, reconfiguration: up, reboot: down, neither: down}"));
  EXPECT_NEAR(*to_failure.measures.mttff_h / 8760, 2.8376, 5e-5);
}

// Kwiatkowska, Norman, Parker, Stochastic Model Checking, SFM 2007: M/M/1/3, arrivals 1.5, service 3.
TEST(Published, QueueOfThree) {
  std::string moves;
  const char* const names[] = {"n0", "n1", "n2", "n3"};
  for (int n = 0; n < 3; ++n)
    moves += std::string("{from: ") + names[n] + ", to: " + names[n + 1] + ", rate: 1.5 /h}, {from: " + names[n + 1] +
             ", to: " + names[n] + ", rate: 3 /h}, ";
  moves.resize(moves.size() - 2);
  const auto share_of = [&](int from) {  // that `from` or more wait
    std::string states;
    for (int n = 0; n < 4; ++n) states += std::string(n ? ", " : "") + names[n] + (n >= from ? ": down" : ": up");
    return *solve("queue", "nines: 1\nchains: {queue: {states: {" + states + "}, transitions: [" + moves +
                               "]}}\nsystem: queue\n")
                .measures.unavailability;
  };
  EXPECT_NEAR(share_of(3), 1.0 / 15, 1e-16);
  EXPECT_NEAR(share_of(1) + share_of(2) + share_of(3), 11.0 / 15, 1e-15);
}

}  // namespace
// MultiStateSystems.jl (Van Acker), tests: a bridge of five edges, each up with 0.9; P(flow 0) = 0.02152. Four of the
// edges are one-way there, which makes no difference: no path from s to t goes the other way.
TEST(Published, Bridge) {
  const std::string links = "links: [[s, a, edge], [s, b, edge], [a, b, edge], [a, t, edge], [b, t, edge]]";
  const std::string head = "nines: 1\ntypes: {edge: {availability: 90 %, mttr: 1 h}}\nnetworks: {bridge: {" + links;
  const Answer answer = solve("bridge", head + ", connect: [s, t]}}\nsystem: bridge\n");
  EXPECT_NEAR(*answer.measures.unavailability, 0.02152, 1e-15);
}

// dist.structure (R), tests: signature (0, 1/5, 3/5, 1/5, 0) of the bridge; without repair its mean life is the sum
// over the shares of the k-th of five exponentials of mean 1: 1/5 (1/5 + 1/4) + 3/5 (... + 1/3) + 1/5 (... + 1/2).
TEST(Published, BridgeSignature) {
  const Answer answer = solve("signature",
                              "nines: 1\ntypes: {edge: {mtbf: 1 h, mttr: never}}\nnetworks: {bridge: {links: [[s, a, "
                              "edge], [s, b, edge], [a, b, edge], [a, t, edge], [b, t, edge]], connect: [s, t]}}\n"
                              "system: bridge\n");
  const double second = 1.0 / 5 + 1.0 / 4, third = second + 1.0 / 3, fourth = third + 1.0 / 2;
  EXPECT_NEAR(*answer.measures.mttff_h, second / 5 + 3 * third / 5 + fourth / 5, 1e-9);
}

}  // namespace nines
