#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/statistics/tally.hpp"

namespace nines::sim {
namespace {

void expect_interval(const Interval& interval, double low, double high, double tolerance) {
  EXPECT_NEAR(interval.first, low, tolerance);
  EXPECT_NEAR(interval.second, high, tolerance);
}

TEST(ShareInterval, ClopperAndPearson) {
  // Closed forms where nothing or all was seen: 1 - (alpha/2)^(1/n).
  expect_interval(share_interval(0, 10), 0, 1 - std::pow(0.025, 0.1), 1e-12);
  expect_interval(share_interval(10, 10), std::pow(0.025, 0.1), 1, 1e-12);
  expect_interval(share_interval(1, 1), 0.025, 1, 1e-12);
  expect_interval(share_interval(0, 1'000'000), 0, -std::expm1(std::log(0.025) / 1e6), 1e-15);
  expect_interval(share_interval(0, 30, 1, 0.9), 0, 1 - std::pow(0.05, 1.0 / 30), 1e-12);
}

TEST(ShareInterval, SolvesTheBinomialTails) {
  // The definition: at each end, as many hits or more (fewer) have probability alpha/2.
  for (const auto& [hits, samples] : {std::pair{3, 20}, {1, 7}, {40, 100}, {99, 100}, {7, 2000}}) {
    const auto tail = [samples = samples](double p, int from, int to) {
      double sum = 0;
      for (int k = from; k <= to; ++k)
        sum += std::exp(std::lgamma(samples + 1.0) - std::lgamma(k + 1.0) - std::lgamma(samples - k + 1.0) +
                        k * std::log(p) + (samples - k) * std::log1p(-p));
      return sum;
    };
    const auto interval = share_interval(hits, samples);
    EXPECT_NEAR(tail(interval.first, hits, samples), 0.025, 1e-9);
    EXPECT_NEAR(tail(interval.second, 0, hits), 0.025, 1e-9);
  }
}

TEST(ShareInterval, Clusters) {
  expect_interval(share_interval(12, 80, 4), share_interval(3, 20).first, share_interval(3, 20).second, 1e-12);
  const auto alone = share_interval(3, 20), clustered = share_interval(3, 20, 1.7);
  EXPECT_LT(clustered.first, alone.first);
  EXPECT_GT(clustered.second, alone.second);
  EXPECT_EQ(share_interval(0, 0), Interval(0, 1));
}

TEST(GammaInterval, IsNearNormalWhereMuchWasSeen) {
  expect_interval(gamma_interval(1, 1e-3), 1 - 1.95996e-3, 1 + 1.95996e-3, 5e-6);
  expect_interval(gamma_interval(1e-9, 1e-11), 0.98049e-9, 1.0199e-9, 2e-13);
  expect_interval(gamma_interval(1, 1e-6), 1 - 1.95996e-6, 1 + 1.95996e-6, 1e-10);
  EXPECT_EQ(gamma_interval(5, 0), Interval(5, 5));
}

TEST(GammaInterval, IsWiderThanGarwoodsToTheRight) {
  // Exact for a Poisson count of 3: 0.6187 to 8.7673 (Garwood 1936).
  const auto interval = gamma_interval(3, std::sqrt(3.0));
  EXPECT_NEAR(interval.first, 0.61867, 1e-5);
  EXPECT_GT(interval.second, 8.76727);
  EXPECT_LT(interval.second, 1.4 * 8.76727);
  const auto wide = gamma_interval(3, std::sqrt(3.0), 0.99);
  EXPECT_LT(wide.first, interval.first);
  EXPECT_GT(wide.second, interval.second);
}

TEST(GammaInterval, OneEventAndLess) {
  const auto one = gamma_interval(2, 2), less = gamma_interval(2, 4);
  EXPECT_NEAR(one.first, 2 * -std::log1p(-0.025), 1e-12);  // an exponential
  EXPECT_GT(less.second, one.second);
  EXPECT_LT(less.first, one.first);
  EXPECT_GT(less.first, 0);
}

TEST(GammaInterval, HasNoSeamBetweenItsMethods) {
  const auto below = gamma_interval(1, 1 / std::sqrt(1e6 - 10)), above = gamma_interval(1, 1 / std::sqrt(1e6 + 10));
  expect_interval(below, above.first, above.second, 2e-8);
  EXPECT_LT(below.first, above.first);
  EXPECT_GT(below.second, above.second);
}

// Whatever was seen, there is an interval around it.
TEST(Intervals, OfAnySize) {
  for (double events = 0.5; events < 1e16; events *= 1.37) {
    const auto interval = gamma_interval(1, 1 / std::sqrt(events));
    ASSERT_LT(interval.first, 1) << events;
    ASSERT_GT(interval.second, 1) << events;
    ASSERT_LT(interval.second - 1, 60 / std::min(events, std::sqrt(events))) << events;
  }
  for (double samples = 1; samples < 1e13; samples *= 3)
    for (const double share : {0.0, 1e-9, 0.001, 0.2, 0.5, 0.999, 1.0})
      for (const double cluster : {1.0, 3.7}) {
        const auto interval = share_interval(share * samples, samples, cluster);
        ASSERT_LE(interval.first, share) << samples;
        ASSERT_GE(interval.second, share) << samples;
        ASSERT_GE(interval.first, 0) << samples;
        ASSERT_LE(interval.second, 1) << samples;
        ASSERT_LT(interval.second - interval.first, 10 / std::sqrt(samples / cluster)) << samples << " " << share;
      }
}

TEST(NoneSeenBound, IsWhereNothingWouldBeSeenInOneOfTwentyCases) {
  EXPECT_NEAR(none_seen_bound(1000), 2.995732e-3, 1e-9);
  EXPECT_NEAR(std::exp(-none_seen_bound(7, 0.99) * 7), 0.01, 1e-12);
}

// Tables of Student's t: 12.706 for 1 degree of freedom, 2.262 for 9, 1.980 for 120.
TEST(Intervals, FewSamplesAreWiderByStudentsT) {
  const double z = 1.959964;
  EXPECT_NEAR(wider_for_few(2) * z, 12.706, 5e-4);
  EXPECT_NEAR(wider_for_few(10) * z, 2.262, 5e-4);
  EXPECT_NEAR(wider_for_few(121) * z, 1.980, 5e-4);
  EXPECT_NEAR(wider_for_few(1'000'000'000), 1, 1e-6);
  EXPECT_TRUE(std::isinf(wider_for_few(1)));
}

}  // namespace
}  // namespace nines::sim
