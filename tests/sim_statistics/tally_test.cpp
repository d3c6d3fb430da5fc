#include "sim/statistics/tally.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/random/sampler.hpp"

namespace nines::sim {
namespace {

std::vector<double> sample(const Law& law, std::size_t count) {
  const Sampler sampler(law);
  Stream stream;
  std::vector<double> values(count);
  for (double& value : values) value = sampler.draw({stream, 1, 2, 3});
  return values;
}

TEST(Moments, OfFewValues) {
  Moments moments;
  EXPECT_EQ(moments.mean(), 0);
  moments.add(3);
  EXPECT_EQ(moments.mean(), 3);
  EXPECT_EQ(moments.variance(), 0);
  EXPECT_EQ(moments.standard_error(), 0);
  moments.add(5);
  moments.add(10);
  EXPECT_EQ(moments.count(), 3u);
  EXPECT_DOUBLE_EQ(moments.mean(), 6);
  EXPECT_DOUBLE_EQ(moments.variance(), 13);
  EXPECT_DOUBLE_EQ(moments.standard_error(), std::sqrt(13.0 / 3));
}

TEST(Moments, ALargeMeanTakesNoDigitsFromTheVariance) {
  Moments moments;
  for (int i = 0; i < 1000; ++i) moments.add(1e9 + (i % 2 == 0 ? 0.001 : -0.001));
  EXPECT_NEAR(moments.variance() / (1e-6 * 1000 / 999), 1, 1e-3);
}

// By definition: of sorted values the least that at least a share p does not exceed.
double sorted_quantile(const std::vector<double>& sorted, double p) {
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(sorted.size()) - 1e-9));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

TEST(MinutesHistogram, QuantilesWithinOnePercent) {
  for (const Law& law : {Law{Law::Kind::lognormal, {1, 2.5}, 1}, Law{Law::Kind::lognormal, {-12, 1}, 1},
                         Law{Law::Kind::lognormal, {17, 0.7}, 1}, Law::exponential(30)}) {
    auto values = sample(law, 20'000);
    MinutesHistogram histogram;
    for (const double value : values) histogram.add(value);
    std::sort(values.begin(), values.end());
    for (const double p : {0.0, 1e-5, 0.001, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0})
      EXPECT_NEAR(histogram.quantile(p) / sorted_quantile(values, p), 1, 0.01) << p;
    EXPECT_EQ(histogram.quantile(0), values.front());
    EXPECT_EQ(histogram.quantile(1), values.back());
    EXPECT_EQ(histogram.most(), values.back());
    EXPECT_EQ(histogram.samples(), 20'000u);
    double sum = 0;
    for (const double value : values) sum += value;
    EXPECT_NEAR(histogram.mean() / (sum / 20'000), 1, 1e-12);
  }
}

TEST(MinutesHistogram, Zeros) {
  MinutesHistogram histogram;
  histogram.add_zeros(92);
  for (int i = 1; i <= 7; ++i) histogram.add(i);
  histogram.add(0);
  EXPECT_EQ(histogram.samples(), 100u);
  EXPECT_EQ(histogram.none(), 0.93);
  EXPECT_EQ(histogram.mean(), 0.28);
  EXPECT_EQ(histogram.quantile(0.93), 0);
  EXPECT_EQ(histogram.quantile(0.94), 1);
  EXPECT_EQ(histogram.quantile(0.95), 2);
  EXPECT_EQ(histogram.quantile(0.97), 4);
  EXPECT_EQ(histogram.quantile(0.975), 5);
  EXPECT_EQ(histogram.quantile(0.07), 0);
}

TEST(MinutesHistogram, NothingSeen) {
  MinutesHistogram histogram({1});
  EXPECT_EQ(histogram.samples(), 0u);
  EXPECT_EQ(histogram.mean(), 0);
  EXPECT_EQ(histogram.none(), 0);
  EXPECT_EQ(histogram.most(), 0);
  EXPECT_EQ(histogram.quantile(0.5), 0);
  EXPECT_EQ(histogram.above(0), 0u);
  histogram.add_zeros(3);
  EXPECT_EQ(histogram.quantile(1), 0);
  EXPECT_EQ(histogram.none(), 1);
}

TEST(MinutesHistogram, EqualValuesComeBackAsTheyWere) {
  MinutesHistogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.add(i < 700 ? 0.1 : 30);
  EXPECT_NEAR(histogram.quantile(0.5), 0.1, 1e-13);
  EXPECT_NEAR(histogram.quantile(0.9), 30, 1e-12);
}

TEST(MinutesHistogram, BeyondItsBins) {
  MinutesHistogram histogram;
  for (const double value : {1e-12, 1e-9, 5.0, 3e9, 1e300}) histogram.add(value);
  EXPECT_EQ(histogram.quantile(0.2), 1e-12);
  EXPECT_EQ(histogram.quantile(0.6), 5);
  EXPECT_EQ(histogram.quantile(1), 1e300);
  EXPECT_EQ(histogram.most(), 1e300);
}

TEST(MinutesHistogram, CountsAboveItsBounds) {
  MinutesHistogram histogram({43.8, 0, 4.38});
  histogram.add_zeros(5);
  for (const double value : {0.0, 4.38, 4.380001, 43.8, 44.0}) histogram.add(value);
  EXPECT_EQ(histogram.above(0), 1u);
  EXPECT_EQ(histogram.above(1), 4u);
  EXPECT_EQ(histogram.above(2), 3u);
}

}  // namespace
}  // namespace nines::sim
