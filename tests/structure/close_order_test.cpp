// Things that belong together, close together.
#include "model/structure/close_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace nines::structure {
namespace {

TEST(CloseOrder, ARingThatIsMixedUp) {
  constexpr std::uint32_t kCount = 101;
  std::vector<std::vector<std::uint32_t>> together;
  for (std::uint32_t i = 0; i < kCount; ++i) together.push_back({i * 40 % kCount, (i + 1) * 40 % kCount});
  const auto order = close_order(kCount, together);
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> place(kCount);
  for (std::uint32_t i = 0; i < kCount; ++i) {
    ASSERT_EQ(sorted[i], i);
    place[order[i]] = i;
  }
  for (const auto& pair : together) {
    const auto [low, high] = std::minmax(place[pair[0]], place[pair[1]]);
    EXPECT_LE(high - low, 2U);
  }
}

TEST(CloseOrder, AsTheyAreWhereThatWillDo) {
  std::vector<std::vector<std::uint32_t>> together;
  for (std::uint32_t i = 0; i + 1 < 30; ++i) together.push_back({i, i + 1});
  together.push_back({});
  together.push_back({7});
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < 30; ++i) all.push_back(i);
  EXPECT_EQ(close_order(30, together), all);
  together.push_back(all);
  EXPECT_EQ(close_order(30, together), all);
  EXPECT_TRUE(close_order(0, {}).empty());
}

}  // namespace
}  // namespace nines::structure
