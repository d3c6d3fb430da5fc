#include "model/structure/partition.hpp"

#include <gtest/gtest.h>

namespace nines::structure {
namespace {

using Op = Expression::Op;
using Parts = std::vector<std::vector<std::uint32_t>>;

Expression::Term name(ComponentId id) {
  return {Op::name, id, 0, 0};
}

TEST(Partition, IndependentOperandsAreModules) {
  const Expression e{{name(0), name(1), name(2), {Op::any_of, 0, 0, 2}, {Op::all_of, 0, 0, 2}}};
  const Partition p = take_apart(e, Support{Parts{{0}, {1}, {2}}, {}});
  EXPECT_EQ(p.modules.size(), 3u);
  EXPECT_EQ(p.joined.terms.size(), 5u);
}

TEST(Partition, WhatSharesAPartStaysTogether) {
  // a and b and c, where a and c share part 9
  const Expression e{{name(0), name(1), name(2), {Op::all_of, 0, 0, 3}}};
  const Partition p = take_apart(e, Support{Parts{{0, 9}, {1}, {2, 9}}, {}});
  ASSERT_EQ(p.modules.size(), 2u);
  EXPECT_EQ(p.modules[0].named, (std::vector<ComponentId>{0, 2}));
  EXPECT_EQ(p.modules[1].named, (std::vector<ComponentId>{1}));
}

TEST(Partition, ARepeatedNameTiesItsOccurrences) {
  // (a and b) or (c and b)
  const Expression e{
      {name(0), name(1), {Op::all_of, 0, 0, 2}, name(2), name(1), {Op::all_of, 0, 0, 2}, {Op::any_of, 0, 0, 2}}};
  const Partition p = take_apart(e, Support{Parts{{0}, {1}, {2}}, {}});
  ASSERT_EQ(p.modules.size(), 1u);
  EXPECT_EQ(p.modules[0].expression, e);
}

TEST(Partition, AVoteOfDependentOperandsIsOneModule) {
  const Expression e{{name(0), name(1), name(2), {Op::at_least, 0, 2, 3}}};
  EXPECT_EQ(take_apart(e, Support{Parts{{0}, {0}, {2}}, {}}).modules.size(), 1u);
  EXPECT_EQ(take_apart(e, Support{Parts{{0}, {1}, {2}}, {}}).modules.size(), 3u);
}

TEST(Partition, WhatIsAskedForIsSharedToo) {
  // a asks for c, b asks for d, and both of these ask for e; f is by itself
  const Expression e{{name(0), name(1), name(5), {Op::all_of, 0, 0, 3}}};
  const Partition p = take_apart(e, Support{Parts{{0}, {1}, {2}, {3}, {4}, {5}}, {{2}, {3}, {4}, {4}, {}, {}}});
  ASSERT_EQ(p.modules.size(), 2u);
  EXPECT_EQ(p.modules[0].named, (std::vector<ComponentId>{0, 1}));
  EXPECT_EQ(p.modules[0].parts, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(p.modules[1].parts, (std::vector<std::uint32_t>{5}));
}

// A list of all parts for each of these names would take 20 GB.
TEST(Partition, LongChainsOfNeedsAreLinear) {
  const ComponentId length = 100'000;
  Support support;
  for (ComponentId id = 0; id < length; ++id) {
    support.parts.push_back({id});
    support.asks.push_back(id > 0 ? std::vector<ComponentId>{id - 1} : std::vector<ComponentId>{});
  }
  const Expression e{{name(length - 1), name(length / 2), {Op::all_of, 0, 0, 2}}};
  const Partition p = take_apart(e, support);
  ASSERT_EQ(p.modules.size(), 1u);
  EXPECT_EQ(p.modules[0].parts.size(), length);
}

TEST(Partition, DeepNestingNeedsNoStack) {
  Expression e;
  const ComponentId depth = 100'000;
  Parts parts;
  for (ComponentId id = 0; id < depth; ++id) {
    e.terms.push_back(name(id));
    parts.push_back({id});
  }
  for (ComponentId id = 1; id < depth; ++id) e.terms.push_back({id % 2 ? Op::all_of : Op::any_of, 0, 0, 2});
  EXPECT_EQ(take_apart(e, Support{parts, {}}).modules.size(), depth);
}

}  // namespace
}  // namespace nines::structure
