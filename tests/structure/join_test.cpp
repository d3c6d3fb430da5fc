#include "model/structure/join.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "tests/structure/one_gate.hpp"

namespace nines::structure {
namespace {

using Op = Expression::Op;

// Every combination of module states, by definition.
Joined by_definition(const Expression& expression, const std::vector<Side>& sides) {
  Joined result;
  result.birnbaum.assign(sides.size(), 0);
  result.down_if_up.assign(sides.size(), 0);
  result.cut_by_others.assign(sides.size(), 0);
  const std::size_t n = sides.size();
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < n; ++i) combinations *= 3;
  for (std::size_t c = 0; c < combinations; ++c) {
    std::vector<int> state;
    double p = 1;
    for (std::size_t i = 0, rest = c; i < n; ++i, rest /= 3) {
      state.push_back(static_cast<int>(rest % 3));
      p *= rest % 3 == 0 ? sides[i].up : rest % 3 == 1 ? sides[i].mendable : sides[i].several;
    }
    const auto up_with = [&](std::size_t changed, bool value) {
      return expression.evaluate([&](std::uint32_t m) { return m == changed ? value : state[m] == 0; });
    };
    bool mendable = false;
    for (std::size_t i = 0; i < n; ++i) {
      mendable = mendable || (state[i] == 1 && up_with(i, true));
      if (up_with(i, true) && !up_with(i, false)) result.birnbaum[i] += p;
      if (!up_with(i, true)) result.down_if_up[i] += p;
      // Some of the others that are down, up or not, leave it to this one.
      bool decides = false;
      for (std::size_t raised = 0; raised < (std::size_t{1} << n) && !decides; ++raised) {
        const auto up_if = [&](bool value) {
          return expression.evaluate(
              [&](std::uint32_t m) { return m == i ? value : state[m] == 0 || (raised >> m & 1U) != 0; });
        };
        decides = up_if(true) && !up_if(false);
      }
      if (decides) result.cut_by_others[i] += p;
    }
    (up_with(n, true) ? result.whole.up : mendable ? result.whole.mendable : result.whole.several) += p;
  }
  return result;
}

TEST(Join, EqualsItsDefinition) {
  const std::vector<Side> sides = {{0.9, 0.07, 0.03}, {0.8, 0.2, 0}, {0.7, 0.1, 0.2}, {0.95, 0.04, 0.01}};
  for (const Op op : {Op::all_of, Op::any_of, Op::at_least})
    for (std::uint32_t need = 1; need <= (op == Op::at_least ? 4u : 1u); ++need) {
      const Expression expression = of(op, need, 4);
      const Joined got = join(expression, sides), want = by_definition(expression, sides);
      EXPECT_NEAR(got.whole.up, want.whole.up, 1e-15);
      EXPECT_NEAR(got.whole.mendable, want.whole.mendable, 1e-15);
      EXPECT_NEAR(got.whole.several, want.whole.several, 1e-15);
      for (std::size_t i = 0; i < sides.size(); ++i) {
        EXPECT_NEAR(got.birnbaum[i], want.birnbaum[i], 1e-15);
        EXPECT_NEAR(got.down_if_up[i], want.down_if_up[i], 1e-15);
        EXPECT_NEAR(got.cut_by_others[i], want.cut_by_others[i], 1e-15);
      }
    }
}

TEST(Join, EveryVoteEqualsItsDefinition) {
  std::vector<Side> sides;
  for (int i = 0; i < 7; ++i) sides.push_back({1 - 0.03 * (i + 1), 0.02 * (i + 1), 0.01 * (i + 1)});
  for (std::uint32_t need = 1; need <= 7; ++need) {
    const Expression expression = of(Op::at_least, need, 7);
    const Joined got = join(expression, sides), want = by_definition(expression, sides);
    EXPECT_NEAR(got.whole.up / want.whole.up, 1, 1e-13) << need;
    EXPECT_NEAR(got.whole.mendable / want.whole.mendable, 1, 1e-13) << need;
    EXPECT_NEAR(got.whole.several, want.whole.several, 1e-15) << need;
    for (std::size_t i = 0; i < sides.size(); ++i) {
      EXPECT_NEAR(got.birnbaum[i] / want.birnbaum[i], 1, 1e-13) << need;
      EXPECT_LE(std::abs(got.down_if_up[i] - want.down_if_up[i]), 1e-13 * want.down_if_up[i]) << need;
      EXPECT_NEAR(got.cut_by_others[i] / want.cut_by_others[i], 1, 1e-13) << need;
    }
  }
}

// Counted one by one in long double, with `without` left out.
std::vector<long double> counts_down(const std::vector<Side>& sides, std::size_t without, std::size_t most) {
  std::vector<long double> counts(most + 1, 0.0L);
  counts[0] = 1;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (i == without) continue;
    for (std::size_t j = most + 1; j-- > 0;)
      counts[j] = counts[j] * sides[i].up + (j > 0 ? counts[j - 1] * sides[i].down() : 0.0L);
  }
  return counts;
}

// Counting all 20 000 up to 19 990 would take minutes.
TEST(Join, LargeVotesAreCountedFromTheNearerEnd) {
  const std::uint32_t operands = 20'000, need = 19'990;
  std::vector<Side> sides;
  for (std::uint32_t i = 0; i < operands; ++i) sides.push_back({1 - 1e-6 * (1 + i % 7), 1e-6 * (1 + i % 7), 0});
  const Expression expression = of(Op::at_least, need, operands);
  EXPECT_LT(work_to_join(expression), 300'000);
  const Joined joined = join(expression, sides);
  const auto all = counts_down(sides, operands, 40);
  long double down = 0;
  for (std::size_t j = operands - need + 1; j < all.size(); ++j) down += all[j];
  EXPECT_NEAR(static_cast<double>(joined.whole.down() / down), 1, 1e-11);
  for (const std::size_t i : {std::size_t{0}, std::size_t{9'999}, std::size_t{10'000}, std::size_t{19'999}})
    EXPECT_NEAR(static_cast<double>(joined.birnbaum[i] / counts_down(sides, i, 10)[10]), 1, 1e-11) << i;
}

TEST(Join, KeepsTheDigitsOfRareSides) {
  const Side rare{1 - 1e-12, 1e-12, 0};
  const Joined joined = join(of(Op::any_of, 0, 3), std::vector<Side>(3, rare));
  EXPECT_NEAR(joined.whole.down() / 1e-36, 1, 1e-14);
}

}  // namespace
}  // namespace nines::structure
