#include "model/text/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace nines::text {
namespace {

TEST(Nearest, WhatIsMeant) {
  const std::vector<std::string> keys = {"mtbf", "mttr", "manual_recovery", "coverage", "need", "nodes"};
  EXPECT_EQ(nearest("mtfb", keys), "mtbf");  // two letters swapped
  EXPECT_EQ(nearest("manual_recovry", keys), "manual_recovery");
  EXPECT_EQ(nearest("manual-recovery", keys), "manual_recovery");
  EXPECT_EQ(nearest("Coverage", keys), "coverage");
  EXPECT_EQ(nearest("node", keys), "nodes");
  EXPECT_EQ(nearest("restoration", keys), std::nullopt);
  EXPECT_EQ(nearest("", keys), std::nullopt);
  EXPECT_EQ(nearest("x", keys), std::nullopt);
  EXPECT_EQ(nearest(std::string(5000, 'm'), keys), std::nullopt);
  EXPECT_EQ(did_you_mean("mtrr", keys), "did you mean `mttr`?");
}

}  // namespace
}  // namespace nines::text
