#include "model/structure/pairs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "model/structure/join.hpp"

#include "tests/structure/one_gate.hpp"

namespace nines::structure {
namespace {

using Op = Expression::Op;

// Every combination of what modules are at both looks.
Pair by_definition(const Expression& expression, const std::vector<Pair>& modules) {
  Pair result;
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < modules.size(); ++i) combinations *= 4;
  for (std::size_t c = 0; c < combinations; ++c) {
    double p = 1;
    std::vector<std::size_t> state;
    for (std::size_t i = 0, rest = c; i < modules.size(); ++i, rest /= 4) {
      state.push_back(rest % 4);
      const double of_state[] = {modules[i].both, modules[i].first, modules[i].second, modules[i].neither};
      p *= of_state[rest % 4];
    }
    const bool first = expression.evaluate([&](std::uint32_t m) { return state[m] <= 1; });
    const bool second = expression.evaluate([&](std::uint32_t m) { return state[m] == 0 || state[m] == 2; });
    (first ? (second ? result.both : result.first) : (second ? result.second : result.neither)) += p;
  }
  return result;
}

void expect_equal(const Pair& got, const Pair& want) {
  const auto close = [](double a, double b) { EXPECT_LE(std::abs(a - b), 1e-13 * b) << a << " " << b; };
  close(got.both, want.both);
  close(got.first, want.first);
  close(got.second, want.second);
  close(got.neither, want.neither);
}

TEST(Pairs, EqualTheirDefinition) {
  const std::vector<Pair> any = {
      {0.9, 0.02, 0.03, 0.05}, {0.8, 0.1, 0, 0.1}, {0.7, 0, 0.1, 0.2}, {0.95, 0.03, 0.01, 0.01}};
  const std::vector<Pair> shrinking = {
      {0.9, 0.05, 0, 0.05}, {0.8, 0.1, 0, 0.1}, {0.7, 0.1, 0, 0.2}, {0.95, 0.04, 0, 0.01}};
  std::vector<Pair> growing;
  for (const Pair& p : shrinking) growing.push_back({p.both, 0, p.first, p.neither});
  for (const auto& modules : {any, shrinking, growing})
    for (const Op op : {Op::all_of, Op::any_of, Op::at_least})
      for (std::uint32_t need = 1; need <= (op == Op::at_least ? 4u : 1u); ++need) {
        const Expression expression = of(op, need, 4);
        expect_equal(join_pairs(expression, modules).value(), by_definition(expression, modules));
      }
}

TEST(Pairs, NestedEqualTheirDefinition) {
  const Expression nested{{{Op::name, 0, 0, 0},
                           {Op::name, 1, 0, 0},
                           {Op::any_of, 0, 0, 2},
                           {Op::name, 2, 0, 0},
                           {Op::name, 3, 0, 0},
                           {Op::at_least, 0, 2, 3}}};
  const std::vector<Pair> modules = {
      {0.9, 0.02, 0.03, 0.05}, {0.8, 0.1, 0, 0.1}, {0.7, 0, 0.1, 0.2}, {0.95, 0.03, 0.01, 0.01}};
  expect_equal(join_pairs(nested, modules).value(), by_definition(nested, modules));
}

// What a difference of two probabilities near 1 would lose.
TEST(Pairs, SmallLossesKeepTheirDigits) {
  const std::vector<Pair> modules(1000, Pair{1, 1e-25, 0, 1e-20});
  EXPECT_NEAR(join_pairs(of(Op::all_of, 0, 1000), modules)->first / 1e-22, 1, 1e-12);
  // Two of 1000 down where one may be: C(1000, 2) (q'^2 - q^2) with q' = q + 1e-25.
  EXPECT_NEAR(join_pairs(of(Op::at_least, 999, 1000), modules)->first / (1000 * 999 * 1e-20 * 1e-25), 1, 1e-4);
}

TEST(Pairs, LargeMixedVotesAreRefused) {
  std::vector<Pair> modules(20'000, Pair{0.9, 0.05, 0.02, 0.03});
  EXPECT_FALSE(join_pairs(of(Op::at_least, 10'000, 20'000), modules).has_value());
}

}  // namespace
}  // namespace nines::structure
