#include "sim/random/ziggurat.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/poisson.hpp>

namespace nines::sim {
namespace {

template <class Density>
void expect_equal_areas(const ziggurat::Layers& layers, double area, Density density) {
  EXPECT_NEAR(layers.edge[0] * layers.height[1] / area, 1, 1e-14);
  for (std::size_t i = 1; i < 256; ++i) {
    EXPECT_NEAR(layers.edge[i] * (layers.height[i + 1] - layers.height[i]) / area, 1, 1e-11) << i;
    EXPECT_NEAR(density(layers.edge[i]) / layers.height[i], 1, 1e-14) << i;
    EXPECT_LT(layers.edge[i + 1], layers.edge[i]);
  }
  EXPECT_EQ(layers.edge[256], 0);
  EXPECT_EQ(layers.height[256], 1);
}

TEST(Ziggurat, LayersAreOfEqualArea) {
  const double r = ziggurat::kExponential.edge[1], s = ziggurat::kNormal.edge[1];
  expect_equal_areas(ziggurat::kExponential, (r + 1) * std::exp(-r), [](double x) { return std::exp(-x); });
  expect_equal_areas(ziggurat::kNormal,
                     s * std::exp(-s * s / 2) + std::sqrt(std::numbers::pi / 2) * std::erfc(s / std::sqrt(2.0)),
                     [](double x) { return std::exp(-x * x / 2); });
}

// A fine comb of 1000 equally likely teeth shows what a few layers do wrong; the tails beyond get counts of their own.
// False alarms: 1e-4 for the comb, 1e-5 for each count.
class Comb {
 public:
  explicit Comb(std::size_t draws) : draws_(static_cast<double>(draws)), teeth_(1000) {}

  // below: P(X <= x), above: P(X > x), each computed by itself.
  void add(double below, double above) {
    ++teeth_[std::min(static_cast<std::size_t>(below * 1000), teeth_.size() - 1)];
    for (std::size_t i = 0; i < kTails; ++i) {
      if (below < kTail[i]) ++low_[i];
      if (above < kTail[i]) ++high_[i];
    }
  }

  [[nodiscard]] double chi_squared() const {
    double sum = 0;
    for (const double count : teeth_) sum += (count - draws_ / 1000) * (count - draws_ / 1000) / (draws_ / 1000);
    return sum;
  }

  void expect_even() const {
    const boost::math::chi_squared law(999);
    EXPECT_LT(chi_squared(), quantile(law, 1 - 0.5e-4));
    EXPECT_GT(chi_squared(), quantile(law, 0.5e-4));
    for (std::size_t i = 0; i < kTails; ++i) {
      const boost::math::poisson count(draws_ * kTail[i]);
      for (const double seen : {low_[i], high_[i]}) {
        EXPECT_GT(cdf(count, seen), 0.5e-5) << kTail[i];
        EXPECT_GT(cdf(complement(count, seen)), 0.5e-5) << kTail[i];
      }
    }
  }

 private:
  static constexpr std::size_t kTails = 4;
  static constexpr double kTail[kTails] = {4e-4, 1e-4, 2e-5, 3e-6};

  double draws_;
  std::vector<double> teeth_;
  double low_[kTails] = {}, high_[kTails] = {};
};

constexpr std::size_t kDraws = 4'000'000;

TEST(Ziggurat, ExponentialThroughAComb) {
  Stream stream;
  Numbers numbers{stream, 1, 0, 1};
  Comb comb(kDraws);
  for (std::size_t i = 0; i < kDraws; ++i) {
    const double x = standard_exponential(numbers);
    comb.add(-std::expm1(-x), std::exp(-x));
  }
  comb.expect_even();
}

TEST(Ziggurat, NormalThroughAComb) {
  Stream stream;
  Numbers numbers{stream, 1, 0, 2};
  Comb comb(kDraws);
  for (std::size_t i = 0; i < kDraws; ++i) {
    const double x = standard_normal(numbers) / std::sqrt(2.0);
    comb.add(std::erfc(-x) / 2, std::erfc(x) / 2);
  }
  comb.expect_even();
}

// The test of the test: layers that are not cut to the density.
TEST(Ziggurat, TheCombSeesUncutLayers) {
  Stream stream;
  Numbers numbers{stream, 1, 0, 1};
  Comb comb(kDraws);
  for (std::size_t i = 0; i < kDraws; ++i) {
    const std::uint64_t bits = numbers.bits();
    const double x = Numbers::uniform_of(bits) * ziggurat::kExponential.edge[bits & 0xFF];
    comb.add(-std::expm1(-x), std::exp(-x));
  }
  EXPECT_GT(comb.chi_squared(), 1400);  // 10 standard errors beyond 999
}

}  // namespace
}  // namespace nines::sim
