#include <gtest/gtest.h>

#include <cmath>

#include "model/markov/over_time/quadrature.hpp"

namespace nines::markov {
namespace {

// Functions of seconds and of years at once, each integral with its own digits.
TEST(Quadrature, ScalesFarApart) {
  std::size_t asked = 0;
  const auto values = [&](std::span<const double> times) -> Values {
    asked += times.size();
    std::vector<std::vector<double>> found;
    for (const double t : times) found.push_back({std::exp(-3600 * t), -std::expm1(-t / 1e4) * 1e-12});
    return found;
  };
  const double times[] = {8760, 1e-3, 1};
  const auto got = integrate(times, 1e-5, {}, values);
  ASSERT_TRUE(got.has_value());
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(got->until[i][0] * 3600 / -std::expm1(-3600 * times[i]), 1, 1e-10);
    const long double x = times[i] / 1e4L;
    const long double rest = x < 1e-3L ? x * x / 2 - x * x * x / 6 + x * x * x * x / 24 : x + std::expm1(-x);
    EXPECT_NEAR(got->until[i][1] / static_cast<double>(1e-12L * 1e4L * rest), 1, 1e-10);
  }
  EXPECT_LT(got->error_bound, 1e-10);
  EXPECT_LT(asked, 2000U);
}

TEST(Quadrature, AKinkThatNobodyTold) {
  const auto values = [](std::span<const double> times) -> Values {
    std::vector<std::vector<double>> found;
    for (const double t : times) found.push_back({std::max(0.0, t - 0.7)});
    return found;
  };
  const double times[] = {2};
  const auto got = integrate(times, 0.1, {}, values);
  ASSERT_TRUE(got.has_value());
  EXPECT_NEAR(got->until[0][0], 1.3 * 1.3 / 2, 1e-9);
  EXPECT_GT(got->error_bound, std::abs(got->until[0][0] / (1.3 * 1.3 / 2) - 1));
}

TEST(Quadrature, ToInfinity) {
  const auto falls = [](double power) {
    return [power](std::span<const double> times) -> Values {
      std::vector<std::vector<double>> found;
      for (const double t : times) found.push_back({std::exp(-std::pow(t / 5e3, power))});
      return found;
    };
  };
  for (const double power : {0.3, 1.0, 4.0}) {
    const auto got = integrate_to_infinity(1e-3, 1e15, {}, falls(power));
    ASSERT_TRUE(got.has_value());
    EXPECT_NEAR(got->value / (5e3 * std::tgamma(1 + 1 / power)), 1, 1e-9) << power;
  }
  EXPECT_FALSE(integrate_to_infinity(1e-3, 1e6, {}, falls(0.1)).has_value());
}

TEST(Quadrature, WhatHasNoValuesSaysWhy) {
  const auto none = [](std::span<const double>) -> Values { return tl::unexpected(std::string("none")); };
  const double times[] = {2};
  EXPECT_EQ(integrate(times, 0.1, {}, none).error(), "none");
}

}  // namespace
}  // namespace nines::markov
