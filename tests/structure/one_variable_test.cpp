// What single variables do to a function, against every combination of values.
#include "model/structure/one_variable.hpp"

#include <gtest/gtest.h>

#include "tests/differential/dice.hpp"

namespace nines::structure {
namespace {

using test::Dice;

struct Case {
  std::vector<std::uint32_t> domains;
  std::vector<Variable> variables;
  std::vector<std::vector<char>> up;  // by level: of the thing that is that variable
  Diagrams diagrams;
  Ref f = kTrue;
};

// Thresholds of things, one in another; the last levels are no things, but what some of them stand on.
Case case_of(std::uint64_t seed) {
  Dice dice(seed);
  std::vector<std::uint32_t> domains;
  for (int level = 0; level < 7; ++level) domains.push_back(2 + dice.below(2));
  Case c{domains, {}, {}, Diagrams(domains), kTrue};
  std::vector<Ref> operands;
  for (std::uint32_t level = 0; level < 7; ++level) {
    std::vector<double> probability(domains[level]);
    double sum = 0;
    for (double& p : probability) sum += p = dice.between(1e-3, 1);
    for (double& p : probability) p /= sum;
    c.variables.push_back({probability, {}, true});
    std::vector<char> up(domains[level], 0);
    for (std::uint32_t v = 1 + dice.below(domains[level] - 1); v < domains[level]; ++v) up[v] = 1;
    c.up.push_back(up);
    operands.push_back(c.diagrams.one_of(level, up));
  }
  while (operands.size() > 1) {
    const std::uint32_t count = 2 + dice.below(2);
    std::vector<Ref> some;
    for (std::uint32_t i = 0; i < count; ++i)
      some.push_back(operands[dice.below(static_cast<std::uint32_t>(operands.size()))]);
    operands.pop_back();
    operands[dice.below(static_cast<std::uint32_t>(operands.size()))] =
        c.diagrams.at_least(1 + dice.below(count), some);
  }
  c.f = operands.front();
  return c;
}

TEST(OneVariable, EveryCombination) {
  int some = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    Case c = case_of(seed);
    std::vector<OneVariable> things;
    for (std::uint32_t level = 0; level < 5; ++level) things.push_back({level, c.up[level]});
    Weights weights(c.diagrams, c.variables);
    const auto found = weigh_each(weights, c.f, things);
    const Ref mended = up_but_for_one(c.diagrams, c.f, things);
    std::vector<OfOneVariable> want(things.size());
    std::vector<std::uint32_t> values(7, 0);
    const auto up = [&](const std::vector<std::uint32_t>& at) {
      return c.diagrams.evaluate(c.f, [&](std::uint32_t level) { return at[level]; });
    };
    for (bool more = true; more;) {
      double p = 1;
      for (std::uint32_t level = 0; level < 7; ++level) p *= c.variables[level].probability[values[level]];
      bool one_would_do = up(values);
      for (const OneVariable& thing : things) {
        auto with = values, without = values;
        with[thing.level] = c.domains[thing.level] - 1;
        without[thing.level] = 0;
        OfOneVariable& of = want[thing.level];
        if (!up(with)) of.down_if_up += p;
        if (!up(without)) of.down_if_down += p;
        if (up(with) && !up(without)) of.birnbaum += p;
        one_would_do = one_would_do || up(with);
      }
      ASSERT_EQ(c.diagrams.evaluate(mended, [&](std::uint32_t level) { return values[level]; }), one_would_do);
      std::uint32_t level = 0;
      while (level < 7 && ++values[level] == c.domains[level]) values[level++] = 0;
      more = level < 7;
    }
    for (std::size_t i = 0; i < things.size(); ++i) {
      EXPECT_NEAR(found[i].down_if_up, want[i].down_if_up, 1e-12 * want[i].down_if_up);
      EXPECT_NEAR(found[i].down_if_down, want[i].down_if_down, 1e-12 * want[i].down_if_down);
      EXPECT_NEAR(found[i].birnbaum, want[i].birnbaum, 1e-12 * want[i].birnbaum);
      some += want[i].birnbaum > 0 && want[i].down_if_up > 0;
    }
  }
  EXPECT_GT(some, 300);
}

}  // namespace
}  // namespace nines::structure
