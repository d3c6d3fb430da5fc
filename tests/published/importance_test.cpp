// Importance measures printed by others; the source stands beside each.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/published/solved.hpp"

namespace nines {
namespace {

using published::solve;

markov::SolveOptions with_importance() {
  markov::SolveOptions options;
  options.importance = true;
  return options;
}

// A component of this unavailability.
std::string component(const std::string& name, double unavailability) {
  return "  " + name + ": {mtbf: " + std::to_string(1000 * (1 - unavailability)) +
         " h, mttr: " + std::to_string(1000 * unavailability) + " h}\n";
}

// As printed: within half of the last digit that is; whole numbers are exact. Empty: infinite.
void expect_printed(const Answer& answer, const std::string& name, const std::array<std::string, 5>& printed) {
  for (const ComponentShare& c : answer.components) {
    if (c.name != name) continue;
    const Importance& i = c.importance.value();
    const std::optional<double> got[] = {c.birnbaum, i.criticality, i.fussell_vesely, i.raw, i.rrw};
    for (std::size_t k = 0; k < printed.size(); ++k) {
      ASSERT_EQ(got[k].has_value(), !printed[k].empty()) << name << " " << k;
      if (printed[k].empty()) continue;
      const std::size_t point = printed[k].find('.');
      const std::size_t decimals = point == std::string::npos ? 0 : printed[k].size() - point - 1;
      const double half = decimals == 0 ? 1e-9 : 0.5 * std::pow(10.0, -static_cast<double>(decimals));
      EXPECT_NEAR(*got[k], std::stod(printed[k]), half * (1 + 1e-9)) << name << " " << k;
    }
    return;
  }
  ADD_FAILURE() << name;
}

// SCRAM (Rakhimov), input/TwoTrain: the system fails when a pump or a valve of both trains does. MIF, CIF, DIF, RAW,
// RRW.
TEST(PublishedImportance, ImportanceOfTwoTrains) {
  const Answer answer = solve("trains",
                              "nines: 1\ncomponents:\n" + component("PumpOne", .6) + component("ValveOne", .4) +
                                  component("PumpTwo", .7) + component("ValveTwo", .5) +
                                  "system: PumpOne and ValveOne or PumpTwo and ValveTwo\n",
                              with_importance());
  EXPECT_NEAR(*answer.measures.unavailability, 0.646, 1e-12);
  expect_printed(answer, "PumpOne", {".51", ".4737", ".7895", "1.316", "1.9"});
  expect_printed(answer, "PumpTwo", {".38", ".4118", ".8235", "1.176", "1.7"});
  expect_printed(answer, "ValveOne", {".34", ".2105", ".5263", "1.316", "1.267"});
  expect_printed(answer, "ValveTwo", {".228", ".1765", ".5882", "1.176", "1.214"});
  using Sets = std::vector<std::vector<std::string>>;
  EXPECT_EQ(answer.cut_sets->sets,
            (Sets{{"PumpOne", "PumpTwo"}, {"PumpOne", "ValveTwo"}, {"ValveOne", "PumpTwo"}, {"ValveOne", "ValveTwo"}}));
}

// Storm, BDD importance tests: F = x1 (x2 + x3) (x4 + x5 + x6) at time 1. Birnbaum, CIF, DIF, RAW, RRW.
// The RAW of x5 and x6 is taken from x4, which stands as they do.
TEST(PublishedImportance, ImportanceOfStormsTree) {
  const auto q = [](double rate) { return -std::expm1(-rate); };
  const Answer answer = solve("storm",
                              "nines: 1\ncomponents:\n" + component("x1", .5) + component("x2", .5) +
                                  component("x3", q(.2)) + component("x4", .5) + component("x5", q(.6)) +
                                  component("x6", q(1)) + "system: x1 or x2 and x3 or x4 and x5 and x6\n",
                              with_importance());
  expect_printed(answer, "x1", {".531011", "1", "1", "2", ""});
  expect_printed(answer, "x2", {".368041", ".693094", ".846547", "1.693094", "3.25832778"});
  expect_printed(answer, "x3", {".224763", ".153453", ".306906", "1.693094", "1.18127"});
  expect_printed(answer, "x4", {".0596235", ".112283", ".556142", "1.112283", "1.126485"});
  expect_printed(answer, "x5", {".0543206", ".09231", ".501849", "1.112283", "1.1016977"});
  expect_printed(answer, "x6", {".0810368", ".192934", ".703097", "1.112283", "1.23905588"});
}

// dist.structure (R): Birnbaum importance in 2 of 3 is .5 where all are up with .5, .32 with .8.
TEST(PublishedImportance, BirnbaumOfTwoOfThree) {
  for (const auto& [up, birnbaum] : {std::pair{.5, .5}, std::pair{.8, .32}}) {
    const std::string text = "nines: 1\ncomponents:\n" + component("a", 1 - up) + component("b", 1 - up) +
                             component("c", 1 - up) + "system: 2 of (a, b, c)\n";
    const Answer answer = solve("votes", text, with_importance());
    for (const ComponentShare& c : answer.components) EXPECT_NEAR(c.birnbaum.value(), birnbaum, 1e-12);
  }
}

}  // namespace
}  // namespace nines
