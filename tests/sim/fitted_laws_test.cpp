// Phase-type laws of the solver against the simulator, which plays the laws as they are. Seeds are fixed.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "model/markov/solve.hpp"
#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

// What the note beside the answer says, in shares.
double said_to_move(const Answer& answer) {
  const std::string words = "move unavailability by ";
  for (const std::string& note : answer.method.notes)
    if (const auto at = note.find(words); at != std::string::npos)
      return std::stod(note.substr(at + words.size())) / 100;
  return 0;
}

// Within what both say of themselves: three standard errors and three times the distance between fits. And close, so
// that saying too much does not help.
TEST(FittedLaws, AreWhereTheSimulationIs) {
  const struct {
    const char* words;
    double years, close;
  } cases[] = {
      {"components: {u: {redundancy: primary-standby, standby: cold, mtbf: {erlang: {stages: 3, mean: 100 h}}, mttr: "
       "{erlang: {stages: 2, mean: 20 h}}}}",
       20000, 0.03},
      {"components: {u: {redundancy: primary-standby, detection: 10 min, failover: 30 min, mtbf: {weibull: {shape: "
       "1.5, mean: "
       "200 h}}, mttr: {lognormal: {mean: 8 h, cv: 2}}}}",
       4000, 0.03},
      {"components: {u: {redundancy: primary-standby, detection: {fixed: 10 min}, failover: {uniform: [5 min, 1 h]}, "
       "mtbf: "
       "200 h, mttr: {lognormal: {mean: 8 h, cv: 2}}}}",
       4000, 0.03},
      {"components: {u: {redundancy: cluster, nodes: 3, need: 2, coverage: 90 %, manual_recovery: {fixed: 2 h}, mtbf: "
       "{weibull: "
       "{shape: 2, mean: 200 h}}, mttr: {triangular: [1 h, 2 h, 12 h]}}}",
       4000, 0.03},
      {"crews: {c: 1}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, crew: c, mtbf: 100 h, mttr: {fixed: 10 "
       "h}}}",
       3000, 0.03},
      {"spares: {s: {stock: 1, lead_time: {fixed: 50 h}}}\ncomponents: {u: {redundancy: cluster, nodes: 4, need: 3, "
       "spare: s, "
       "mtbf: 500 h, mttr: 10 h}}",
       10000, 0.03},
      {"infrastructure: {z: {mtbf: 1000 h, mttr: {lognormal: {mean: 10 h, cv: 0.7}}}, y: {mtbf: 1000 h, mttr: 10 h}}\n"
       "components: {u: {redundancy: primary-standby, failover: {fixed: 10 min}, placement: [z, y], mtbf: 500 h, mttr: "
       "{fixed: 4 h}, "
       "changes: {every: 100 h, fail: 10 %, rollback: {fixed: 1 h}}}}",
       8000, 0.03},
  };
  for (const auto& [words, years, close] : cases) {
    SCOPED_TRACE(words);
    const Model model = model_from(std::string(words) + "\n");
    const auto solved = markov::solve(model);
    ASSERT_TRUE(solved.has_value()) << solved.error().message;
    const Answer played = simulated(model, years);
    const double error = error_of(played, "unavailability") / *played.measures.unavailability;
    const double off = std::abs(*solved->measures.unavailability / *played.measures.unavailability - 1);
    EXPECT_LT(off, 3 * error + 3 * said_to_move(*solved))
        << *solved->measures.unavailability << " beside " << *played.measures.unavailability << " +- " << error;
    EXPECT_LT(off, 3 * error + close);
  }
}

// What the first moments don't tell is refused, not answered: a standby that takes over while the other is repaired
// depends on how likely very short lives are.
TEST(FittedLaws, WhatTheyDoNotSettleIsRefused) {
  const Model model = model_from(
      "components: {u: {redundancy: primary-standby, standby: cold, mtbf: {weibull: {shape: 3, mean: 1000 h}}, mttr: 1 "
      "h}}\n");
  const auto refused = markov::solve(model);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "not-exponential");
  EXPECT_NE(refused.error().helps.back().find("`nines simulate`"), std::string::npos);
}

}  // namespace
}  // namespace nines::test
