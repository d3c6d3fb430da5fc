#include "model/structure/diagram.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/structure/weights.hpp"

namespace nines::structure {
namespace {

TEST(Diagrams, VoteOfUnlikeUnits) {
  Diagrams diagrams({2, 2, 2});
  std::vector<Variable> variables;
  std::vector<Ref> up;
  const double down[] = {0.1, 0.02, 0.003};
  for (std::uint32_t level = 0; level < 3; ++level) {
    up.push_back(diagrams.one_of(level, std::vector<char>{0, 1}));
    variables.push_back({{down[level], 1 - down[level]}, {{1, 0, down[level]}, {0, 1, down[level]}}});
  }
  Weights weights(diagrams, variables);
  const Ref two = diagrams.at_least(2, up);
  const double a = down[0], b = down[1], c = down[2];
  EXPECT_NEAR(weights.down(two), a * b + a * c + b * c - 2 * a * b * c, 1e-17);
  EXPECT_NEAR(weights.up(two) + weights.down(two), 1, 1e-15);
  // A unit's going down is the system's when exactly one of the two others is up.
  const double passages =
      a * (b * (1 - c) + c * (1 - b)) + b * (a * (1 - c) + c * (1 - a)) + c * (a * (1 - b) + b * (1 - a));
  EXPECT_NEAR(weights.down_passages(two), passages, 1e-17);
}

TEST(Diagrams, EqualFunctionsAreOneNode) {
  Diagrams diagrams({2, 3});
  const Ref a = diagrams.one_of(0, std::vector<char>{0, 1});
  const Ref b = diagrams.one_of(1, std::vector<char>{0, 1, 1});
  EXPECT_EQ(diagrams.both(a, b), diagrams.both(b, a));
  EXPECT_EQ(diagrams.either(a, diagrams.both(a, b)), a);
  EXPECT_EQ(diagrams.and_not(a, a), kFalse);
  EXPECT_EQ(diagrams.select(1, std::vector<Ref>{kFalse, a, a}), diagrams.both(a, b));
}

// Many at once: equal ones once, also among those that came before or come one by one.
TEST(Diagrams, ManyAtOnceAreTheSame) {
  Diagrams diagrams({3, 2, 2});
  const std::vector<Ref> cases{kFalse, kTrue, kTrue, kTrue, kTrue, kFalse, kFalse, kTrue};
  std::vector<Ref> low(4), again(4), top(3);
  diagrams.make_all(2, cases, low);
  EXPECT_EQ(low[0], diagrams.one_of(2, std::vector<char>{0, 1}));
  EXPECT_EQ(low[1], kTrue);
  EXPECT_EQ(low[2], diagrams.one_of(2, std::vector<char>{1, 0}));
  EXPECT_EQ(low[3], low[0]);
  diagrams.make_all(2, cases, again);
  EXPECT_EQ(again, low);
  const Ref middle = diagrams.one_of(1, std::vector<char>{0, 1});
  const std::vector<Ref> three{middle, low[0], low[2], middle, low[0], low[2], low[0], low[0], low[2]};
  diagrams.make_all(0, three, top);
  EXPECT_EQ(top[0], top[1]);
  EXPECT_NE(top[0], top[2]);
  EXPECT_EQ(top[0], diagrams.select(0, std::span(three).first(3)));
  const std::size_t size = diagrams.size();
  EXPECT_EQ(diagrams.both(top[0], kTrue), top[0]);
  EXPECT_EQ(diagrams.either(low[0], low[2]), kTrue);
  const Ref kept[] = {top[2]};
  const Ref renamed = diagrams.collect(kept)[top[2]];
  EXPECT_LT(diagrams.size(), size);
  diagrams.make_all(2, cases, low);
  EXPECT_EQ(diagrams.select(0, std::vector<Ref>{low[0], low[0], low[2]}), renamed);
}

TEST(Diagrams, ManyAtOnceHaveABudget) {
  Diagrams diagrams({2, 2}, {std::size_t{1} << 20U, 1'000'000, 20});
  std::vector<Ref> made(2);
  diagrams.make_all(1, std::vector<Ref>{kFalse, kTrue, kTrue, kFalse}, made);
  EXPECT_TRUE(diagrams.exhausted());
}

// Recursion over so many levels would overflow a stack.
TEST(Diagrams, DeepChains) {
  const std::uint32_t depth = 50'000;
  Diagrams diagrams(std::vector<std::uint32_t>(depth, 2));
  std::vector<Variable> variables(depth, Variable{{1e-9, 1 - 1e-9}, {}});
  Ref all = kTrue, any = kFalse;
  for (std::uint32_t level = depth; level-- > 0;) {
    const Ref up = diagrams.one_of(level, std::vector<char>{0, 1});
    all = diagrams.both(up, all);
    any = diagrams.either(up, any);
  }
  Weights weights(diagrams, variables);
  EXPECT_NEAR(weights.down(all) / -std::expm1(depth * std::log1p(-1e-9)), 1, 1e-12);
  EXPECT_EQ(diagrams.and_not(all, any), kFalse);
}

TEST(Diagrams, BudgetIsSaidNotExceeded) {
  Diagrams diagrams(std::vector<std::uint32_t>(40, 2), {2000, 1'000'000});
  std::vector<Ref> up;
  for (std::uint32_t level = 0; level < 40; ++level) up.push_back(diagrams.one_of(level, std::vector<char>{0, 1}));
  (void)diagrams.at_least(20, up);
  EXPECT_TRUE(diagrams.exhausted());
}

// Operands that stand on one shared thing, the first variable.
std::vector<Ref> shared_operands(Diagrams& diagrams) {
  std::vector<Ref> up;
  const Ref shared = diagrams.one_of(0, std::vector<char>{0, 1});
  for (std::uint32_t level = 1; level < diagrams.levels(); ++level)
    up.push_back(diagrams.both(shared, diagrams.one_of(level, std::vector<char>{0, 1})));
  return up;
}

TEST(Diagrams, WorkIsBudgetedToo) {
  Diagrams diagrams(std::vector<std::uint32_t>(2001, 2), {std::size_t{1} << 30, 100'000});
  (void)diagrams.at_least(1000, shared_operands(diagrams));
  EXPECT_TRUE(diagrams.exhausted());
}

TEST(Diagrams, AVoteThatMayMissFewCostsFewStepsAnOperand) {
  for (const std::uint32_t need : {8U, 1993U}) {
    Diagrams diagrams(std::vector<std::uint32_t>(2001, 2), {std::size_t{16} << 20, 400'000});
    const Ref vote = diagrams.at_least(need, shared_operands(diagrams));
    EXPECT_FALSE(diagrams.exhausted());
    for (const std::uint32_t more : {0U, 1U}) {
      const auto first = [&](std::uint32_t level) { return level < need + more ? 1U : 0U; };
      EXPECT_EQ(diagrams.evaluate(vote, first), more == 1);  // level 0 is what they share
    }
  }
}

TEST(Diagrams, CollectingKeepsWhatIsAskedFor) {
  const std::uint32_t levels = 40;
  Diagrams diagrams(std::vector<std::uint32_t>(levels, 2));
  std::vector<Variable> variables(levels, Variable{{0.25, 0.75}, {}});
  Weights weights(diagrams, variables);
  auto up = shared_operands(diagrams);
  const Ref vote = diagrams.at_least(20, up);
  const double before = weights.up(vote);
  const std::size_t size = diagrams.size();
  const Ref kept[] = {vote, up[3]};
  const auto renamed = diagrams.collect(kept);
  weights.rename(renamed);
  EXPECT_LT(diagrams.size(), size);
  EXPECT_EQ(weights.up(renamed[vote]), before);
  EXPECT_EQ(diagrams.at_least(20, shared_operands(diagrams)), renamed[vote]);
  EXPECT_NEAR(weights.up(renamed[up[3]]), 0.75 * 0.75, 1e-15);
  EXPECT_EQ(weights.down(diagrams.either(renamed[vote], renamed[up[3]])),
            weights.down(diagrams.either(renamed[up[3]], renamed[vote])));
}

}  // namespace
}  // namespace nines::structure
