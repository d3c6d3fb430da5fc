// How likely a month holds more downtime than so much: played against solved, on generated models.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"
#include "tests/differential/dice.hpp"
#include "tests/differential/random_text.hpp"
#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

const Interval* breach_interval(const Answer& answer) {
  for (const auto& [name, interval] : answer.intervals)
    if (name == "breach_probability") return &interval;
  return nullptr;
}

// Each distance is nearly standard normal, as in the tests of agreement. What the solver leaves out, it says how much.
TEST(DowntimePlayed, GeneratedFiles) {
  const char* wish = std::getenv("NINES_AGREEMENT");
  const std::uint64_t seeds = wish ? static_cast<std::uint64_t>(std::atoi(wish)) : 20;
  double squares = 0, sum = 0;
  int count = 0, rare = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(seed);
    Model model = read(random_text(seed, {.calendars = false, .chains = true})).model;
    markov::SolveOptions small;
    small.max_states = 300;
    small.exact = true;
    const auto mean = markov::solve(model, small);
    if (!mean || *mean->measures.unavailability < 1e-6 || *mean->measures.unavailability > 0.2) continue;
    const double factor[] = {0.3, 1, 2, 5};
    Dice dice(seed);
    model.target_downtime =
        DowntimeTarget{std::max(0.01, factor[dice.below(4)] * *mean->measures.unavailability * 730), 730, 0.9};
    const auto solved = markov::solve(model, small);
    if (!solved || !solved->measures.breach_probability) continue;
    const double p = *solved->measures.breach_probability, left_out = solved->downtime.front().error_bound;
    if (p < 0.002 || p > 0.998 || !solved->downtime.front().exact) continue;
    const Answer played = simulated(model, 60, 1, seed);
    const Interval* interval = breach_interval(played);
    ASSERT_NE(interval, nullptr);
    const double error = (interval->second - interval->first) / (2 * 1.959964);
    const double off = *played.measures.breach_probability - p;
    const double z = std::copysign(std::max(0.0, std::abs(off) - left_out), off) / error;
    EXPECT_LT(std::abs(z), 4.5) << "played " << *played.measures.breach_probability << ", solved " << p << " +- "
                                << left_out;
    squares += z * z;
    sum += z;
    ++count;
    rare += p < 0.05 ? 1 : 0;
  }
  EXPECT_GT(count, 5);
  EXPECT_LT(squares, count + 4 * std::sqrt(2.0 * count) + 0.2 * count);
  EXPECT_LT(std::abs(sum), 5 * std::sqrt(1.0 * count));
  RecordProperty("count", count);
  if (wish)
    std::printf("%d compared, %d below 0.05: mean %.3f, mean square %.3f\n", count, rare, sum / count, squares / count);
}

// A day that breaks a promise once in forty years: a pair and a cluster over two zones, with recoveries by hand.
TEST(DowntimePlayed, RareOnes) {
  const char* const zones =
      "infrastructure:\n"
      "  za: {mtbf: 0.6 years, mttr: 50 min}\n"
      "  zb: {mtbf: 1.6 years, mttr: 1 h}\n"
      "components:\n";
  const char* const models[] = {
      "  pair: {redundancy: primary-standby, standby: cold, detection: 24 s, failover: 97 s, coverage: 92.7 %, "
      "manual_recovery: 20 min, mtbf: 133 days, mttr: 30 min, placement: [za, zb]}\n"
      "  lb: {mtbf: 270 days, mttr: 15 min}\n"
      "target: {downtime: {at_most: 70 min, per: day, probability: 95 %}}\n",
      "  store: {redundancy: cluster, nodes: 3, need: 2, pause: leader, detection: 3 s, coverage: 82 %, "
      "manual_recovery: 15 min, mtbf: 278 days, mttr: 5.3 h, placement: [za, zb]}\n"
      "target: {downtime: {at_most: 200 min, per: day, probability: 95 %}}\n"};
  for (const char* const text : models) {
    const Model model = model_from(zones + std::string(text));
    const auto solved = markov::solve(model);
    ASSERT_TRUE(solved && solved->measures.breach_probability);
    const double p = *solved->measures.breach_probability;
    EXPECT_LT(p, 1e-4);
    EXPECT_GT(p, 1e-5);
    const Answer played = simulated(model, 200'000, 2);
    const double z = (*played.measures.breach_probability - p) / error_of(played, "breach_probability");
    EXPECT_LT(std::abs(z), 4) << *played.measures.breach_probability << " " << p;
  }
}

}  // namespace
}  // namespace nines::test
