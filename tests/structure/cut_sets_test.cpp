#include "model/structure/cut_sets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <random>

namespace nines::structure {
namespace {

using Op = Expression::Op;
using Sets = std::vector<std::vector<ComponentId>>;

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

 private:
  std::mt19937 random_;
};

// By trying all sets, the smallest first.
Sets by_definition(const Expression& expression, std::uint32_t names) {
  std::vector<std::uint32_t> all(std::size_t{1} << names), found;
  std::iota(all.begin(), all.end(), 0u);
  std::stable_sort(all.begin(), all.end(),
                   [](std::uint32_t a, std::uint32_t b) { return std::popcount(a) < std::popcount(b); });
  Sets sets;
  for (const std::uint32_t set : all) {
    if (std::any_of(found.begin(), found.end(), [&](std::uint32_t smaller) { return (smaller & set) == smaller; }))
      continue;
    if (expression.evaluate([&](ComponentId id) { return (set >> id & 1U) == 0; })) continue;
    found.push_back(set);
    sets.emplace_back();
    for (ComponentId id = 0; id < names; ++id)
      if (set >> id & 1U) sets.back().push_back(id);
  }
  return sets;
}

// Any expression over these names, each as often as it comes.
Expression random_expression(Dice& dice, std::uint32_t names) {
  Expression e;
  std::uint32_t open = 0;
  for (std::uint32_t i = 0; i < 14; ++i) {
    e.terms.push_back({Op::name, dice.below(names), 0, 0});
    ++open;
    while (open > 1 && dice.below(3) == 0) {
      const std::uint32_t operands = 2 + dice.below(open - 1);
      const Op op = dice.below(3) == 0 ? Op::all_of : dice.below(2) == 0 ? Op::any_of : Op::at_least;
      e.terms.push_back({op, 0, op == Op::at_least ? 1 + dice.below(operands) : 0, operands});
      open -= operands - 1;
    }
  }
  if (open > 1) e.terms.push_back({Op::all_of, 0, 0, open});
  return e;
}

Ref diagram_of(Diagrams& diagrams, const Expression& expression) {
  std::vector<Ref> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Op::name) {
      stack.push_back(diagrams.one_of(term.name, std::vector<char>{0, 1}));
      continue;
    }
    const std::vector<Ref> operands(stack.end() - term.operands, stack.end());
    stack.resize(stack.size() - term.operands);
    const std::uint32_t need = term.op == Op::all_of ? term.operands : term.op == Op::any_of ? 1 : term.need;
    stack.push_back(diagrams.at_least(need, operands));
  }
  return stack.back();
}

std::vector<ComponentId> numbers(std::uint32_t names) {
  std::vector<ComponentId> list(names);
  std::iota(list.begin(), list.end(), ComponentId{0});
  return list;
}

Sets sorted(Sets sets) {
  std::sort(sets.begin(), sets.end());
  return sets;
}

TEST(CutSets, EqualTheirDefinition) {
  Dice dice(7);
  for (int i = 0; i < 200; ++i) {
    const Expression expression = random_expression(dice, 8);
    Diagrams diagrams(std::vector<std::uint32_t>(8, 2));
    const CutSets got = minimal_cut_sets(diagrams, diagram_of(diagrams, expression), numbers(8), {});
    EXPECT_EQ(sorted(got.sets), sorted(by_definition(expression, 8))) << i;
    EXPECT_FALSE(got.truncated);
    EXPECT_TRUE(std::is_sorted(got.sets.begin(), got.sets.end(),
                               [](const auto& a, const auto& b) { return a.size() < b.size(); }));
  }
}

// Whatever is left out is said, and never a smaller one than those that are listed.
TEST(CutSets, LimitsAreSaid) {
  Dice dice(8);
  int truncated = 0;
  for (int i = 0; i < 200; ++i) {
    const Expression expression = random_expression(dice, 8);
    const Sets all = by_definition(expression, 8);
    CutLimits limits;
    limits.sets = 1 + dice.below(4);
    limits.names = 1 + dice.below(3);
    Diagrams diagrams(std::vector<std::uint32_t>(8, 2));
    const CutSets got = minimal_cut_sets(diagrams, diagram_of(diagrams, expression), numbers(8), limits);
    std::size_t within = 0;
    for (const auto& set : all) within += set.size() <= limits.names;
    EXPECT_EQ(got.sets.size(), std::min(within, limits.sets));
    EXPECT_EQ(got.truncated, got.sets.size() < all.size());
    for (std::size_t k = 0; k < got.sets.size(); ++k) {
      EXPECT_EQ(got.sets[k].size(), all[k].size());
      EXPECT_NE(std::find(all.begin(), all.end(), got.sets[k]), all.end());
    }
    truncated += got.truncated;
  }
  EXPECT_GT(truncated, 50);
}

TEST(CutSets, OfConstants) {
  Diagrams diagrams({2});
  EXPECT_TRUE(minimal_cut_sets(diagrams, kTrue, numbers(1), {}).sets.empty());
  EXPECT_EQ(minimal_cut_sets(diagrams, kFalse, numbers(1), {}).sets, Sets{{}});
}

TEST(CutSets, BudgetIsSaid) {
  Diagrams diagrams(std::vector<std::uint32_t>(24, 2));
  std::vector<Ref> up;
  for (std::uint32_t level = 0; level < 24; ++level) up.push_back(diagrams.one_of(level, std::vector<char>{0, 1}));
  CutLimits few;
  few.nodes = 20;
  const CutSets got = minimal_cut_sets(diagrams, diagrams.at_least(12, up), numbers(24), few);
  EXPECT_TRUE(got.sets.empty());
  EXPECT_TRUE(got.truncated);
}

// Modules of which each is down alone: joined, they are as one diagram has them.
TEST(CutSets, JoinedEqualTheirDefinition) {
  Dice dice(9);
  int compared = 0;
  while (compared < 60) {
    Expression expression = random_expression(dice, 8);
    ComponentId next = 0;  // each name once
    for (auto& term : expression.terms)
      if (term.op == Op::name) term.name = next++;
    ++compared;
    std::vector<CutSets> modules(next);
    for (ComponentId m = 0; m < next; ++m) modules[m].sets = {{m}};
    const CutSets got = join_cut_sets(expression, modules, {1'000'000});
    EXPECT_FALSE(got.truncated);
    EXPECT_EQ(sorted(got.sets), sorted(by_definition(expression, next)));
    CutLimits limits;
    limits.sets = 5;
    limits.names = 3;
    const CutSets few = join_cut_sets(expression, modules, limits);
    std::size_t within = 0;
    for (const auto& set : got.sets) within += set.size() <= 3;
    EXPECT_EQ(few.sets.size(), std::min<std::size_t>(within, 5));
    EXPECT_EQ(few.truncated, few.sets.size() < got.sets.size());
    for (std::size_t k = 0; k < few.sets.size(); ++k) EXPECT_EQ(few.sets[k].size(), got.sets[k].size());
  }
}

TEST(CutSets, JoinedModulesKeepWhatTheySay) {
  const Expression either{{{Op::name, 0, 0, 0}, {Op::name, 1, 0, 0}, {Op::any_of, 0, 0, 2}}};
  const Expression both{{{Op::name, 0, 0, 0}, {Op::name, 1, 0, 0}, {Op::all_of, 0, 0, 2}}};
  const CutSets some{{{1}, {2, 3}}, true}, never{{}, false}, one{{{9}}, false};
  // What can't be down takes an `or` with it, and what is left out of the other does not matter.
  const CutSets none = join_cut_sets(either, std::vector{some, never}, {});
  EXPECT_TRUE(none.sets.empty());
  EXPECT_FALSE(none.truncated);
  EXPECT_EQ(join_cut_sets(either, std::vector{some, one}, {}).sets, (Sets{{1, 9}, {2, 3, 9}}));
  EXPECT_TRUE(join_cut_sets(either, std::vector{some, one}, {}).truncated);
  EXPECT_EQ(join_cut_sets(both, std::vector{some, one}, {}).sets, (Sets{{1}, {9}, {2, 3}}));
}

TEST(CutSets, LargeVotesDoNotExplode) {
  Expression vote;
  std::vector<CutSets> modules;
  for (ComponentId m = 0; m < 1000; ++m) {
    vote.terms.push_back({Op::name, m, 0, 0});
    modules.push_back({{{m}}, false});
  }
  vote.terms.push_back({Op::at_least, 0, 500, 1000});
  const CutSets none = join_cut_sets(vote, modules, {});
  EXPECT_TRUE(none.sets.empty());  // of 501 names each
  EXPECT_TRUE(none.truncated);
  vote.terms.back().need = 999;
  const CutSets pairs = join_cut_sets(vote, modules, {});
  EXPECT_EQ(pairs.sets.size(), 1000u);
  EXPECT_EQ(pairs.sets.front().size(), 2u);
  EXPECT_TRUE(pairs.truncated);
}

// Recursion over so many levels would overflow a stack.
TEST(CutSets, DeepDiagrams) {
  const std::uint32_t depth = 20'000;
  Diagrams diagrams(std::vector<std::uint32_t>(depth, 2));
  Ref all = kTrue, any = kFalse;
  for (std::uint32_t level = depth; level-- > 0;) {
    const Ref up = diagrams.one_of(level, std::vector<char>{0, 1});
    all = diagrams.both(up, all);
    any = diagrams.either(up, any);
  }
  const CutSets many = minimal_cut_sets(diagrams, all, numbers(depth), {});
  EXPECT_EQ(many.sets.size(), 1000u);
  EXPECT_TRUE(many.truncated);
  EXPECT_TRUE(minimal_cut_sets(diagrams, any, numbers(depth), {}).truncated);  // one of 20 000 names
}

}  // namespace
}  // namespace nines::structure
