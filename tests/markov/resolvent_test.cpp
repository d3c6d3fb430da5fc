#include "model/markov/transient/resolvent.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

// Sparse, of some shape, with rates over twelve orders; not always irreducible.
Chain random_chain(std::mt19937_64& random, StateIndex states) {
  std::vector<test::Transition> transitions;
  const auto rate = [&] { return std::pow(10.0, -6 + static_cast<double>(random() % 12000) / 1000); };
  for (StateIndex s = 0; s < states; ++s)
    for (int k = 0; k < 3; ++k) {
      const auto to = static_cast<StateIndex>(random() % (k == 0 ? states : std::min(states, s + 5)));
      if (to != s) transitions.emplace_back(s, to, rate());
    }
  return test::chain_of(states, transitions);
}

// What is left of (diag(kill) - Q) x = b, relative to the terms it is made of; the largest.
double residual(const Chain& chain, const std::vector<Complex>& kill, const std::vector<Complex>& x,
                const std::vector<Complex>& b, bool row) {
  std::vector<Complex> got(chain.size(), 0.0);
  std::vector<double> size(chain.size(), 0.0);
  const auto add = [&](std::size_t i, Complex term) {
    got[i] += term;
    size[i] += std::abs(term);
  };
  for (StateIndex s = 0; s < chain.size(); ++s) {
    add(s, kill[s] * x[s]);
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      add(s, chain.rate[t] * x[s]);
      if (row)
        add(chain.target[t], -chain.rate[t] * x[s]);
      else
        add(s, -chain.rate[t] * x[chain.target[t]]);
    }
  }
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i)
    if (size[i] > 0) worst = std::max(worst, std::abs(got[i] - b[i]) / (size[i] + std::abs(b[i])));
  return worst;
}

TEST(Resolvent, SolvesRowsAndColumnsOfRandomChains) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 60; ++round) {
    const auto n = static_cast<StateIndex>(1 + random() % 150);
    const Chain chain = random_chain(random, n);
    auto resolvent = Resolvent::of(chain);
    ASSERT_TRUE(resolvent.has_value());
    std::vector<Complex> kill, source, x(n);
    for (StateIndex s = 0; s < n; ++s) {
      kill.emplace_back(std::pow(10.0, -static_cast<double>(random() % 9)), static_cast<double>(random() % 100) - 50);
      source.emplace_back(static_cast<double>(random() % 10), static_cast<double>(random() % 10));
    }
    ASSERT_TRUE(resolvent->factor(kill));
    resolvent->forward(source, x);
    EXPECT_LE(residual(chain, kill, x, source, true), 1e-14) << round;
    resolvent->backward(source, x);
    EXPECT_LE(residual(chain, kill, x, source, false), 1e-14) << round;
  }
}

TEST(Resolvent, RareEntriesKeepTheirDigits) {
  // 30 steps at 1e-9 against returns at 3600, killed at 1e-6: each step is taken with probability 1e-9 / 3600
  constexpr StateIndex kSteps = 20;
  std::vector<double> up(kSteps, 1e-9), down(kSteps, 3600.0);
  const Chain chain = test::birth_death(up, down);
  auto resolvent = RealResolvent::of(chain);
  ASSERT_TRUE(resolvent.has_value());
  const double kill = 1e-6;
  ASSERT_TRUE(resolvent->factor(kill));
  std::vector<double> x(kSteps + 1, 0.0);
  x[0] = 1;
  resolvent->forward(x, x);
  // x_i = x_{i-1} up / (kill + down + up - what comes back), from the far end, without subtraction
  std::vector<double> share(kSteps + 1), leaves(kSteps + 1);
  leaves[kSteps] = kill;  // rate at which the far end is left other than by `down`
  for (StateIndex i = kSteps; i > 0; --i) {
    share[i] = up[i - 1] / (leaves[i] + down[i - 1]);
    leaves[i - 1] = kill + up[i - 1] * leaves[i] / (leaves[i] + down[i - 1]);
  }
  double want = 1 / leaves[0];
  double sum = 0;
  for (StateIndex i = 0; i <= kSteps; ++i) {
    if (i > 0) want *= share[i];
    EXPECT_NEAR(x[i] / want, 1, 1e-13) << i;
    sum += x[i] * kill;
  }
  EXPECT_LT(x[kSteps], 1e-240);
  EXPECT_NEAR(sum, 1, 1e-13);
}

TEST(Resolvent, KillsOfTheirOwnByState) {
  // 0 -> 1 at 2, killed at 3 in 0 and at 5 + 1i in 1
  auto resolvent = Resolvent::of(test::chain_of(2, {{0, 1, 2.0}}));
  ASSERT_TRUE(resolvent.has_value());
  const std::vector<Complex> kill = {3.0, {5.0, 1.0}};
  ASSERT_TRUE(resolvent->factor(kill));
  std::vector<Complex> x = {1.0, 0.0};
  resolvent->forward(x, x);
  EXPECT_NEAR(std::abs(x[0] - 0.2), 0, 1e-16);
  EXPECT_NEAR(std::abs(x[1] - 0.4 / Complex(5, 1)), 0, 1e-16);
}

TEST(Resolvent, SaysWhatCannotBeSolved) {
  const Chain chain = test::birth_death({1, 1}, {1, 1});
  auto resolvent = RealResolvent::of(chain);
  ASSERT_TRUE(resolvent.has_value());
  EXPECT_FALSE(resolvent->factor(0.0));  // Q itself is singular
  EXPECT_TRUE(resolvent->factor(1e-9));
  EliminationLimits limits;
  limits.entries = 100;
  const auto refused = RealResolvent::of(test::workstation_cluster(4).chain, limits);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, SolveFailure::Kind::memory);
}

// A grid fills up: the plan must keep it within what minimum degree is known for, and its blocks dense.
TEST(Resolvent, KeepsFillLow) {
  const auto fronts = plan_fronts(test::workstation_cluster(16).chain);
  ASSERT_TRUE(fronts.has_value());
  EXPECT_EQ(fronts->states(), 10132U);
  EXPECT_LT(fronts->entries, 8'000'000U);
}

// Nor may joining blocks, each time for a few zeros more, end in one that holds all.
TEST(Resolvent, KeepsBlocksApart) {
  std::mt19937 random(3);
  Chain chain;
  chain.row_begin.push_back(0);
  for (StateIndex s = 0; s < 1000; ++s) {
    for (const StateIndex to : {(s + 1) % 1000, static_cast<StateIndex>(random() % 1000)}) {
      if (to == s) continue;
      chain.target.push_back(to);
      chain.rate.push_back(1);
    }
    chain.row_begin.push_back(chain.target.size());
  }
  const auto fronts = plan_fronts(chain);
  ASSERT_TRUE(fronts.has_value());
  EXPECT_LT(fronts->multiplications, 2e7);  // dense: 3e8
}

}  // namespace
}  // namespace nines::markov
