#include "model/markov/chain/steady_state.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "model/markov/chain/sparse_gth.hpp"
#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

using test::birth_death;
using test::chain_of;

double sum(const SteadyState& steady, const std::vector<double>& reward) {
  long double total = 0;
  for (std::size_t s = 0; s < reward.size(); ++s) total += static_cast<long double>(steady.probability[s]) * reward[s];
  return static_cast<double>(total);
}

std::vector<double> not_in(const std::vector<char>& up) {
  std::vector<double> reward;
  for (const char is_up : up) reward.push_back(is_up ? 0 : 1);
  return reward;
}

TEST(SteadyState, TwoStates) {
  const auto steady = steady_state(chain_of(2, {{0, 1, 0.001}, {1, 0, 0.1}}), std::vector<double>{0, 1});
  ASSERT_TRUE(steady.has_value());
  EXPECT_DOUBLE_EQ(steady->probability[1], 0.001 / 0.101);
  EXPECT_LE(steady->error_bound, 2e-14);
}

TEST(SteadyState, AQueueOfThree) {  // Kwiatkowska, Norman, Parker, SFM 2007: M/M/1/3
  const auto steady = steady_state(birth_death({1.5, 1.5, 1.5}, {3, 3, 3}), std::vector<double>{0, 0, 0, 1});
  EXPECT_NEAR(steady->probability[3], 1.0 / 15, 1e-16);
}

TEST(SteadyState, RareStatesKeepTheirDigits) {
  std::vector<double> up, down;
  double expected = 1;
  for (int i = 0; i < 40; ++i) {
    up.push_back(1e-7 * (40 - i));
    down.push_back(0.3 * (i + 1));
    expected *= up.back() / down.back();
  }
  std::vector<double> reward(41, 0);
  reward[40] = 1;
  const auto steady = steady_state(birth_death(up, down), reward);
  ASSERT_TRUE(steady.has_value());
  const double total = std::pow(1 + 1e-7 / 0.3, 40);  // a binomial
  EXPECT_NEAR(steady->probability[40] / (expected / total), 1, 1e-13);
  EXPECT_LT(steady->probability[40], 1e-250);
}

TEST(SteadyState, WorkstationClusterAgainstPublishedValues) {
  const auto unavailability = [](int n, std::size_t dense_limit) {
    const auto cluster = test::workstation_cluster(n);
    const auto reward = not_in(cluster.minimum);
    SteadyStateOptions options;
    options.dense_limit = dense_limit;
    const auto steady = steady_state(cluster.chain, reward, options);
    EXPECT_TRUE(steady.has_value()) << steady.error().message;
    if (!steady) return 0.0;
    EXPECT_LE(steady->error_bound, 1e-10);
    return sum(*steady, reward);
  };
  EXPECT_EQ(test::workstation_cluster(4).chain.size(), 820u);
  EXPECT_NEAR(unavailability(4, 1500) / 3.701129864714548e-6, 1, 1e-11);
  EXPECT_NEAR(unavailability(4, 10) / 3.701129864714548e-6, 1, 1e-10);
  EXPECT_EQ(test::workstation_cluster(16).chain.size(), 10132u);
  EXPECT_NEAR(unavailability(16, 1500) / 2.11264821890140e-6, 1, 1e-10);
  EXPECT_EQ(test::workstation_cluster(64).chain.size(), 151060u);
  EXPECT_NEAR(unavailability(64, 1500) / 2.11843351415967e-6, 1, 1e-10);
}

TEST(SteadyState, RandomChainsBySweepsAndByElimination) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 40; ++round) {
    const StateIndex n = 5 + static_cast<StateIndex>(random() % 60);
    std::vector<test::Transition> transitions;
    const auto rate = [&] { return std::pow(10.0, -4 + static_cast<double>(random() % 8000) / 1000); };
    for (StateIndex s = 0; s < n; ++s) {
      transitions.emplace_back(s, (s + 1) % n, rate());
      for (int k = 0; k < 3; ++k) {
        const auto to = static_cast<StateIndex>(random() % n);
        if (to != s) transitions.emplace_back(s, to, rate());
      }
    }
    const Chain chain = chain_of(n, transitions, static_cast<StateIndex>(random() % n));
    const auto exact = test::plain_gth(chain);
    std::vector<double> reward(n, 0);
    for (StateIndex s = 0; s < n; ++s) reward[s] = random() % 4 == 0 ? 1 : 0;
    reward[random() % n] = 1;
    long double want = 0;
    for (StateIndex s = 0; s < n; ++s) want += exact[s] * reward[s];
    for (const std::size_t dense_limit : {std::size_t{1500}, std::size_t{1}}) {
      SteadyStateOptions options;
      options.dense_limit = dense_limit;
      const auto steady = steady_state(chain, reward, options);
      ASSERT_TRUE(steady.has_value()) << round << " " << steady.error().message;
      const double error = std::abs(sum(*steady, reward) / static_cast<double>(want) - 1);
      EXPECT_LE(error, steady->error_bound) << round << " " << steady->method;
      EXPECT_LE(steady->error_bound, 1e-9);
    }
  }
}

// Two parts that hardly ever meet: sweeps alone stand still.
TEST(SteadyState, NearlyDecomposableChains) {
  std::vector<test::Transition> transitions;
  const StateIndex half = 200;
  for (StateIndex part = 0; part < 2; ++part)
    for (StateIndex i = 0; i + 1 < half; ++i) {
      transitions.emplace_back(part * half + i, part * half + i + 1, 0.5 + 0.2 * part);
      transitions.emplace_back(part * half + i + 1, part * half + i, 1.0);
    }
  transitions.emplace_back(0, half, 1e-9);
  transitions.emplace_back(half, 0, 3e-9);
  const Chain chain = chain_of(2 * half, transitions);
  const auto exact = test::plain_gth(chain);
  std::vector<double> reward(2 * half, 0);
  reward[half - 1] = 1;
  for (const std::size_t dense_limit : {std::size_t{1500}, std::size_t{1}}) {
    SteadyStateOptions options;
    options.dense_limit = dense_limit;
    const auto steady = steady_state(chain, reward, options);
    ASSERT_TRUE(steady.has_value()) << steady.error().message;
    EXPECT_NEAR(steady->probability[half - 1] / static_cast<double>(exact[half - 1]), 1, 1e-9) << steady->method;
  }
}

TEST(SteadyState, ChainsThatEndInClosedClasses) {
  // 0 goes to the pair {1, 2} with rate 1 and to 3, for good, with rate 3
  const Chain chain = chain_of(4, {{0, 1, 1}, {0, 3, 3}, {1, 2, 1}, {2, 1, 4}});
  const auto steady = steady_state(chain, std::vector<double>{0, 0, 1, 1});
  ASSERT_TRUE(steady.has_value());
  EXPECT_EQ(steady->closed_classes, 2u);
  EXPECT_EQ(steady->probability[0], 0);
  EXPECT_NEAR(steady->probability[1], 0.2, 1e-15);
  EXPECT_NEAR(steady->probability[2], 0.05, 1e-15);
  EXPECT_NEAR(steady->probability[3], 0.75, 1e-15);
}

// Whose rows fill up whatever the order.
Chain tangle(StateIndex states) {
  std::mt19937_64 random(1);
  std::vector<test::Transition> transitions;
  for (StateIndex s = 0; s < states; ++s) {
    transitions.emplace_back(s, (s + 1) % states, 1.0);
    for (int i = 0; i < 4; ++i) {
      const auto to = static_cast<StateIndex>(random() % states);
      if (to != s && to != (s + 1) % states) transitions.emplace_back(s, to, 0.5);
    }
  }
  return chain_of(states, transitions);
}

TEST(SteadyState, EliminationIsChargedForItsWork) {
  const Chain chain = tangle(600);
  const std::size_t any = std::size_t{1} << 30;
  EXPECT_TRUE(sparse_gth(chain, any).has_value());
  EXPECT_FALSE(sparse_gth(chain, any, 1'000'000).has_value());
  EXPECT_FALSE(sparse_gth(chain, 10'000).has_value());
}

TEST(SteadyState, MemoryIsAskedForFirst) {
  SteadyStateOptions options;
  options.memory_limit = 1000;
  const auto steady = steady_state(test::workstation_cluster(4).chain, std::vector<double>(820, 1), options);
  ASSERT_FALSE(steady.has_value());
  EXPECT_EQ(steady.error().kind, SolveFailure::Kind::memory);
}

}  // namespace
}  // namespace nines::markov
