// Random amounts joined, against every combination of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "model/structure/amount_diagram.hpp"
#include "model/structure/live_amounts.hpp"

namespace nines::structure {
namespace {

constexpr double kDemand = 1.0;

Amounts random_amounts(std::mt19937& dice) {
  std::map<double, double> by_amount;
  const std::size_t count = 1 + dice() % 4;
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = 1.0 + static_cast<double>(dice() % 9);
    by_amount[0.1 * static_cast<double>(dice() % 11)] += weight;  // 0.1 + 0.2 is not 0.3
    total += weight;
  }
  Amounts amounts;
  for (const auto& [amount, weight] : by_amount) amounts.push_back({amount, weight / total});
  return amounts;
}

// Every combination, and nothing merged.
template <class Join>
double mean_of_all(const Amounts& a, const Amounts& b, Join&& join) {
  double mean = 0;
  for (const Chance& x : a)
    for (const Chance& y : b) mean += x.probability * y.probability * std::min(kDemand, join(x.amount, y.amount));
  return mean;
}

TEST(Amounts, LeastAndSumAreThoseOfAllCombinations) {
  std::mt19937 dice(1);
  const Scale scale(kDemand);
  AmountBudget budget;
  AmountJoiner joiner(scale, budget);
  for (int round = 0; round < 500; ++round) {
    const Amounts a = random_amounts(dice), b = random_amounts(dice);
    const Amounts least = joiner.least(a, b), sum = joiner.sum(a, b);
    const auto expect = [&](const Amounts& joined, double mean) {
      EXPECT_NEAR(mean_share(scale, joined).served, mean, 1e-14);
      EXPECT_NEAR(mean_share(scale, joined).unserved, 1 - mean, 1e-14);
      EXPECT_LE(joined.size(), 11u) << "amounts that differ by roundings alone are one";
      EXPECT_TRUE(std::is_sorted(joined.begin(), joined.end(),
                                 [](const Chance& x, const Chance& y) { return x.amount <= y.amount; }));
    };
    expect(least, mean_of_all(a, b, [](double x, double y) { return std::min(x, y); }));
    expect(sum, mean_of_all(a, b, [](double x, double y) { return x + y; }));
  }
}

TEST(Amounts, WhatAddsUpToTheDemandIsAllOfIt) {
  const Scale scale(0.3);
  EXPECT_EQ(scale.clip(0.1 + 0.1 + 0.1), 0.3);
  EXPECT_EQ(scale.clip(0.1 + 0.2), 0.3);
  EXPECT_LT(scale.clip(0.3 * (1 - 1e-12)), 0.3);
}

TEST(Amounts, ABudgetEndsTheJoining) {
  const Scale scale(1e9);
  AmountBudget budget{1000, 100};
  AmountJoiner joiner(scale, budget);
  Amounts all{{0, 1}};
  for (int i = 0; i < 8 && !joiner.exhausted(); ++i) all = joiner.sum(all, {{0, 0.5}, {std::pow(2, i), 0.5}});
  EXPECT_TRUE(joiner.exhausted());
}

// Random functions of three variables, by their values and as diagrams.
TEST(AmountDiagrams, AgreeWithEveryValue) {
  std::mt19937 dice(2);
  const Scale scale(kDemand);
  for (int round = 0; round < 200; ++round) {
    const std::vector<std::uint32_t> domains{2, 3, 4};
    Diagrams up(domains);
    std::vector<Variable> variables;
    for (const std::uint32_t width : domains) {
      Variable variable;
      double total = 0;
      for (std::uint32_t v = 0; v < width; ++v)
        total += variable.probability.emplace_back(1.0 + static_cast<double>(dice() % 5));
      for (double& p : variable.probability) p /= total;
      variables.push_back(variable);
    }
    AmountDiagrams diagrams(up, scale, {});
    std::vector<std::vector<double>> amounts(3);
    std::vector<Ref> leaves;
    for (std::uint32_t level = 0; level < 3; ++level) {
      for (std::uint32_t v = 0; v < domains[level]; ++v)
        amounts[level].push_back(0.1 * static_cast<double>(dice() % 12));
      leaves.push_back(diagrams.by_value(level, amounts[level]));
    }
    const std::vector<char> flags{1, 0, 1};
    const Ref gate = diagrams.where(up.one_of(1, flags));
    const Ref f =
        diagrams.sum(diagrams.least(leaves[0], leaves[1]), diagrams.least(gate, diagrams.sum(leaves[2], leaves[0])));
    double mean = 0;
    for (std::uint32_t x = 0; x < 2; ++x)
      for (std::uint32_t y = 0; y < 3; ++y)
        for (std::uint32_t z = 0; z < 4; ++z) {
          const double gated = flags[y] ? amounts[2][z] + amounts[0][x] : 0;
          mean += variables[0].probability[x] * variables[1].probability[y] * variables[2].probability[z] *
                  std::min(1.0, std::min(amounts[0][x], amounts[1][y]) + std::min(1.0, gated));
        }
    EXPECT_NEAR(mean_share(scale, diagrams.distribution(f, variables)).served, mean, 1e-14);
    // The same given one variable, summed over it.
    double given = 0;
    for (std::uint32_t y = 0; y < 3; ++y) {
      const std::vector<std::uint32_t> fixed{AmountDiagrams::kRandom, y, AmountDiagrams::kRandom};
      given += variables[1].probability[y] * mean_share(scale, diagrams.distribution(f, variables, fixed)).served;
    }
    EXPECT_NEAR(given, mean, 1e-14);
  }
}

TEST(LiveAmounts, FollowTheirNames) {
  Expression expression;  // (a and b) or a or 1 of (b)
  const auto name = [&](ComponentId id) { expression.terms.push_back({Expression::Op::name, id, 0, 0}); };
  name(0);
  name(1);
  expression.terms.push_back({Expression::Op::all_of, 0, 0, 2});
  name(0);
  name(1);
  expression.terms.push_back({Expression::Op::at_least, 0, 1, 1});
  expression.terms.push_back({Expression::Op::any_of, 0, 0, 3});
  LiveAmounts live(expression, 2, 10);
  EXPECT_EQ(live.whole(), 30);
  live.set(0, 3);
  EXPECT_EQ(live.whole(), 3 + 3 + 10);
  live.set(1, 0);
  EXPECT_EQ(live.whole(), 3);
  live.set(0, 0);
  EXPECT_EQ(live.whole(), 0);
}

}  // namespace
}  // namespace nines::structure
