// Values printed by others of things up with given probabilities; the source stands beside each.
#include <gtest/gtest.h>

#include <string>

#include "tests/published/solved.hpp"

namespace nines {
namespace {

// `up_percent` of the time, as 1 h of restoration gives it.
std::string thing(const std::string& name, const std::string& up_percent, const std::string& rest = "") {
  return "  " + name + ": {availability: " + up_percent + " %, mttr: 1 h" + rest + "}\n";
}

double down(const std::string& name, const std::string& entries, const std::string& system) {
  return *published::solve(name, "nines: 1\n" + entries + "system: " + system + "\n").measures.unavailability;
}

// Microsoft Azure, Reliable Web App pattern for .NET (2023), note on the composite SLA of the development environment.
TEST(PublishedStructure, AzureServicesInSeries) {
  std::string entries = "components:\n", system;
  int i = 0;
  for (const char* percent : {"99.99", "99.99", "99.95", "99.9", "99.995", "99.9", "99.99", "99.9"}) {
    const std::string name = "s" + std::to_string(i++);
    entries += thing(name, percent);
    system += (system.empty() ? "" : " and ") + name;
  }
  const double unavailability = down("azure", entries, system);
  EXPECT_NEAR(1 - unavailability, 0.99616, 5e-6);
  EXPECT_NEAR(1 - unavailability, 0.9961558, 5e-8);
}

// RePyability (Knife), documentation: lambda 0.2, mu 1.
TEST(PublishedStructure, OneThatIsRestored) {
  const Answer answer = published::solve("one", "nines: 1\ncomponents: {c: {mtbf: 5 h, mttr: 1 h}}\n");
  EXPECT_NEAR(*answer.measures.mean_up_time_h, 5, 1e-14);
  EXPECT_NEAR(*answer.measures.mean_down_time_h, 1, 1e-14);
  EXPECT_NEAR(*answer.measures.failures_per_year, 8760.0 / 6, 1e-11);
}

// SCRAM (Rakhimov 2019), input of two trains: (P1 or V1) and (P2 or V2) fail.
TEST(PublishedStructure, TwoTrains) {
  const std::string entries =
      "components:\n" + thing("p1", "40") + thing("v1", "60") + thing("p2", "30") + thing("v2", "50");
  EXPECT_NEAR(down("trains", entries, "(p1 and v1) or (p2 and v2)"), 0.646, 1e-15);
}

// SCRAM, three trains of a pump and a valve of 0.1 each, a fifth of that common to all pumps, and to all valves.
TEST(PublishedStructure, ThreeTrainsWithCommonCauses) {
  std::string entries = "infrastructure:\n" + thing("pumps", "98") + thing("valves", "98") + "components:\n", system;
  for (const char* n : {"1", "2", "3"}) {
    entries +=
        thing(std::string("p") + n, "92", ", needs: pumps") + thing(std::string("v") + n, "92", ", needs: valves");
    system += std::string(system.empty() ? "" : " or ") + "(p" + n + " and v" + n + ")";
  }
  EXPECT_NEAR(down("beta", entries, system), 0.04308, 5e-6);
  EXPECT_NEAR(down("beta", entries, system), 0.0430804, 5e-8);
}

// Storm, tests of dynamic fault trees: two of four that have failed with probability 0.5 each.
TEST(PublishedStructure, TwoOfFour) {
  const std::string entries =
      "components:\n" + thing("a", "50") + thing("b", "50") + thing("c", "50") + thing("d", "50");
  EXPECT_NEAR(down("vote", entries, "3 of (a, b, c, d)"), 0.6875, 1e-15);
}

// MultiStateSystems.jl (Van Acker), tests: four turbines of 2 MW on two radials of two cables each, one wind for all.
TEST(PublishedStructure, WindFarm) {
  const std::string entries = "components:\n" + thing("wind", "70") + thing("a1", "90") + thing("a2", "90") +
                              thing("b1", "90") + thing("b2", "90");
  const double none = down("wind", entries, "wind and (a1 or b1)");
  const double two = down("wind", entries, "wind and ((a1 and b1) or (a1 and a2) or (b1 and b2))");
  const double four = down("wind", entries, "wind and a1 and b1 and (a2 or b2)");
  const double six = down("wind", entries, "wind and a1 and b1 and a2 and b2");
  EXPECT_NEAR(none, 0.307, 1e-15);
  EXPECT_NEAR(two - none, 0.0126, 1e-15);
  EXPECT_NEAR(four - two, 0.11907, 1e-15);
  EXPECT_NEAR(six - four, 0.10206, 1e-15);
  EXPECT_NEAR(1 - six, 0.45927, 1e-15);
}

// DFTCalc, tests: two that fail unseen, 0.1 each, both restored by an inspection of two stages of rate 2: 446/53361.
TEST(PublishedStructure, TwoLatentUnderOneInspection) {
  EXPECT_NEAR(down("latent",
                   "chains:\n  pair:\n    states: {n1: up, n2: up, o1: up, o2: up, d1: down, d2: down}\n"
                   "    start: n1\n    transitions:\n"
                   "      - {from: n1, to: n2, rate: 2 /h}\n      - {from: n2, to: n1, rate: 2 /h}\n"
                   "      - {from: o1, to: o2, rate: 2 /h}\n      - {from: o2, to: n1, rate: 2 /h}\n"
                   "      - {from: d1, to: d2, rate: 2 /h}\n      - {from: d2, to: n1, rate: 2 /h}\n"
                   "      - {from: n1, to: o1, rate: 0.2 /h}\n      - {from: n2, to: o2, rate: 0.2 /h}\n"
                   "      - {from: o1, to: d1, rate: 0.1 /h}\n      - {from: o2, to: d2, rate: 0.1 /h}\n",
                   "pair"),
              446.0 / 53361, 1e-16);
}

}  // namespace
}  // namespace nines
