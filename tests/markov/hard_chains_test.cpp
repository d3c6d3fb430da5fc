// Chains on which a residual says nothing: parts that hardly ever meet, and several ends that are reached unequally.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/space/explore.hpp"
#include "tests/description/read.hpp"
#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

using test::chain_of;
using test::plain_gth;

double off(const SteadyState& steady, const std::vector<double>& reward, long double want) {
  long double got = 0;
  for (std::size_t s = 0; s < reward.size(); ++s) got += static_cast<long double>(steady.probability[s]) * reward[s];
  return static_cast<double>(std::abs(got / want - 1));
}

// 10^low to 10^high, evenly in the exponent.
double rate(std::mt19937_64& random, int low, int high) {
  return std::pow(10.0, low + static_cast<double>(random() % 1000) / 1000 * (high - low));
}

TEST(HardChains, PartsThatHardlyEverMeet) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(seed);
    const auto parts = static_cast<StateIndex>(2 + random() % 6), size = static_cast<StateIndex>(3 + random() % 30);
    const double seldom = rate(random, -12, -2);
    std::vector<test::Transition> transitions;
    for (StateIndex part = 0; part < parts; ++part) {
      const StateIndex first = part * size;
      for (StateIndex i = 0; i < size; ++i) {
        transitions.emplace_back(first + i, first + (i + 1) % size, rate(random, -3, 3));
        const auto other = static_cast<StateIndex>(random() % size);
        if (other != i) transitions.emplace_back(first + i, first + other, rate(random, -3, 3));
      }
      const StateIndex next = (part + 1) % parts * size;
      transitions.emplace_back(first + random() % size, next + random() % size, seldom * rate(random, -3, 3));
    }
    const Chain chain = chain_of(parts * size, transitions, static_cast<StateIndex>(random() % (parts * size)));
    const auto exact = plain_gth(chain);
    const auto rarest = static_cast<std::size_t>(std::min_element(exact.begin(), exact.end()) - exact.begin());
    std::vector<double> reward(chain.size(), 0);
    reward[rarest] = 1;
    for (const std::size_t dense_limit : {std::size_t{1500}, std::size_t{1}}) {
      SteadyStateOptions options;
      options.dense_limit = dense_limit;
      const auto steady = steady_state(chain, reward, options);
      ASSERT_TRUE(steady.has_value()) << seed << " " << steady.error().message;
      EXPECT_LE(off(*steady, reward, exact[rarest]), steady->error_bound) << seed << " " << steady->method;
      EXPECT_LE(steady->error_bound, dense_limit > 1 ? 1e-12 : 1e-9) << seed << " " << steady->method;
    }
  }
}

// Manual recoveries of a year, and long failovers of what fails every other day: sweeps alone have not settled after
// 8000 rounds.
TEST(HardChains, OneSlowMode) {
  const Model model = test::read(
                          "nines: 1\ninfrastructure:\n  a: {mtbf: 9e6 h, mttr: 0.01 h}\n  b: {mtbf: 7e7 h, mttr: 3 h}\n"
                          "components:\n  p: {redundancy: primary-standby, mtbf: 44 h, mttr: 2 h, detection: 0.7 s, "
                          "failover: 5 h, coverage: 99.9999 %, manual_recovery: 53 s, false_failover: 5e6 h, standby: "
                          "cold, placement: [a, b]}\n  q: {redundancy: primary-standby, mtbf: 55000 h, mttr: 20 s, "
                          "detection: 0.4 s, failover: 0.8 h, coverage: 50 %, manual_recovery: 8000 h, placement: [a, "
                          "b]}\n")
                          .model;
  const ComponentId members[] = {0, 1, 2, 3};
  const process::Process process(model, members);
  const auto space = explore(process);
  ASSERT_TRUE(space.has_value());
  std::vector<double> reward;  // nobody of q serves
  const auto slot = process.wiring().groups[process.wiring().group_of[3]].slot;
  for (StateIndex s = 0; s < space->chain.size(); ++s)
    reward.push_back(space->state(s)[slot] == process::mode::kServing ? 0 : 1);
  SteadyStateOptions options;
  options.dense_limit = 1;
  const auto steady = steady_state(space->chain, reward, options);
  ASSERT_TRUE(steady.has_value()) << steady.error().message;
  EXPECT_EQ(steady->method, "Gauss-Seidel");
  EXPECT_LE(steady->error_bound, 1e-10);
  const auto eliminated = steady_state(space->chain, reward, {});
  ASSERT_TRUE(eliminated.has_value());
  long double want = 0;
  for (std::size_t s = 0; s < reward.size(); ++s)
    want += static_cast<long double>(eliminated->probability[s]) * reward[s];
  EXPECT_LE(off(*steady, reward, want), steady->error_bound + eliminated->error_bound);
}

TEST(HardChains, ProbabilitiesNearTheEndOfDoubles) {
  std::vector<double> up(33, 1e-9), down(33, 1);
  std::vector<double> reward(34, 0);
  reward[33] = 1;
  const auto steady = steady_state(test::birth_death(up, down), reward);
  ASSERT_TRUE(steady.has_value());
  EXPECT_NEAR(steady->probability[33] / 1e-297 * (1 + 1e-9), 1, 1e-11);
  EXPECT_LE(steady->error_bound, 1e-12);
  up.assign(40, 1e-9);  // 1e-360 is no double: said, not shown as 0
  down.assign(40, 1);
  reward.assign(41, 0);
  reward[40] = 1;
  EXPECT_FALSE(steady_state(test::birth_death(up, down), reward).has_value());
}

TEST(HardChains, RareRewardsBySweeps) {
  const auto cluster = test::workstation_cluster(4);
  const auto exact = plain_gth(cluster.chain);
  for (const long double rare : {1e-8L, 1e-12L, 1e-15L}) {
    std::vector<double> reward;
    long double want = 0;
    for (const long double p : exact) {
      reward.push_back(p < rare ? 1 : 0);
      want += p < rare ? p : 0;
    }
    if (want == 0) continue;
    SteadyStateOptions options;
    options.dense_limit = 10;
    const auto steady = steady_state(cluster.chain, reward, options);
    ASSERT_TRUE(steady.has_value()) << steady.error().message;
    EXPECT_EQ(steady->method, "Gauss-Seidel");
    EXPECT_LE(steady->error_bound, 1e-12);
    EXPECT_LE(off(*steady, reward, want), steady->error_bound);
  }
}

// Two kinds of units that fail in hours and take months to repair, all working at the start; every failure leads
// through a short takeover. Mean times to the start are so long that, measured in them, rounding hides what is asked
// for.
TEST(HardChains, StartThatIsHardlyEverSeenAgain) {
  constexpr StateIndex kFirst = 9, kSecond = 8;
  const auto at = [](StateIndex a, StateIndex b, StateIndex mode) { return (a * (kSecond + 1) + b) * 2 + mode; };
  std::vector<test::Transition> transitions;
  for (StateIndex a = 0; a <= kFirst; ++a)
    for (StateIndex b = 0; b <= kSecond; ++b)
      for (StateIndex mode = 0; mode < 2; ++mode) {
        if (a < kFirst) transitions.emplace_back(at(a, b, mode), at(a + 1, b, 1), 0.4 * (kFirst - a));
        if (b < kSecond) transitions.emplace_back(at(a, b, mode), at(a, b + 1, 1), 0.7 * (kSecond - b));
        if (a > 0) transitions.emplace_back(at(a, b, mode), at(a - 1, b, mode), 1e-3 * a);
        if (b > 0) transitions.emplace_back(at(a, b, mode), at(a, b - 1, mode), 2e-3 * b);
        if (mode == 1) transitions.emplace_back(at(a, b, 1), at(a, b, 0), 3000.0);
      }
  const Chain chain = chain_of(at(kFirst, kSecond, 1) + 1, transitions);
  const auto exact = plain_gth(chain);
  std::vector<double> reward(chain.size(), 0);
  long double want = 0;
  for (StateIndex s = 1; s < chain.size(); s += 2) {
    reward[s] = 1;
    want += exact[s];
  }
  for (const std::size_t dense_limit : {std::size_t{1500}, std::size_t{1}}) {
    SteadyStateOptions options;
    options.dense_limit = dense_limit;
    const auto steady = steady_state(chain, reward, options);
    ASSERT_TRUE(steady.has_value()) << steady.error().message;
    EXPECT_EQ(steady->method, dense_limit > 1 ? "GTH" : "Gauss-Seidel");
    EXPECT_LE(steady->error_bound, 1e-12);
    EXPECT_LE(off(*steady, reward, want), steady->error_bound);
  }
}

TEST(HardChains, EndsThatAreReachedUnequally) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    std::mt19937_64 random(seed);
    const auto passing = static_cast<StateIndex>(1 + random() % 30), ends = static_cast<StateIndex>(2 + random() % 4);
    std::vector<test::Transition> transitions, sent_back;
    for (StateIndex i = 0; i < passing; ++i) {
      if (i + 1 < passing) transitions.emplace_back(i, i + 1, rate(random, -6, 3));
      if (i > 0) transitions.emplace_back(i, random() % i, rate(random, -6, 3));
    }
    for (StateIndex e = 0; e < ends; ++e)  // each end is two states, at rates 1 and 3
      transitions.emplace_back(random() % passing, passing + 2 * e, rate(random, -26, 3));
    for (const auto& [from, to, value] : transitions)
      sent_back.emplace_back(from, to < passing ? to : passing + (to - passing) / 2, value);
    for (StateIndex e = 0; e < ends; ++e) {
      sent_back.emplace_back(passing + e, 0, 1.0);
      transitions.emplace_back(passing + 2 * e, passing + 2 * e + 1, 1.0);
      transitions.emplace_back(passing + 2 * e + 1, passing + 2 * e, 3.0);
    }
    const auto visits = plain_gth(chain_of(passing + ends, sent_back));
    long double all = 0;
    for (StateIndex e = 0; e < ends; ++e) all += visits[passing + e];
    std::vector<double> reward(passing + 2 * ends, 0);
    reward.back() = 1;
    const long double want = visits.back() / all / 4;
    for (const std::size_t dense_limit : {std::size_t{1500}, std::size_t{1}}) {
      SteadyStateOptions options;
      options.dense_limit = dense_limit;
      const auto steady = steady_state(chain_of(passing + 2 * ends, transitions), reward, options);
      ASSERT_TRUE(steady.has_value()) << seed << " " << steady.error().message;
      EXPECT_EQ(steady->closed_classes, ends);
      EXPECT_LE(off(*steady, reward, want), steady->error_bound) << seed;
    }
  }
}

}  // namespace
}  // namespace nines::markov
