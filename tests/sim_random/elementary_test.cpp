#include "sim/random/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace nines::sim {
namespace {

// Against long double, to the errors that the header promises.

TEST(Elementary, PowerOfASixtyFourth) {
  for (double y = -65000; y < 65000; y += 0.37123) {
    const long double exact = std::exp2(static_cast<long double>(y) / 64);
    ASSERT_LT(std::abs(static_cast<double>(power_of_64th(y) / exact - 1)), 2.5e-16) << y;
  }
  for (int j = -6400; j <= 6400; j += 64) EXPECT_EQ(power_of_64th(j), std::ldexp(1.0, j / 64));
}

TEST(Elementary, PowersBeyondADouble) {
  EXPECT_EQ(power_of_64th(65400), std::numeric_limits<double>::infinity());
  EXPECT_EQ(power_of_64th(1e300), std::numeric_limits<double>::infinity());
  EXPECT_EQ(power_of_64th(-65401), 0);
  EXPECT_EQ(power_of_64th(-std::numeric_limits<double>::infinity()), 0);
  EXPECT_GT(power_of_64th(65399.9), 1e307);
  EXPECT_LT(power_of_64th(65399.9), std::numeric_limits<double>::infinity());
  EXPECT_GT(power_of_64th(-65399.9), 0);
  EXPECT_TRUE(std::isnormal(power_of_64th(-65399.9)));
}

TEST(Elementary, SixtyFourths) {
  const auto expect_close = [](double x) {
    const long double exact = 64 * std::log2(static_cast<long double>(x));
    const double unit =
        std::nextafter(std::abs(static_cast<double>(exact)), 1e9) - std::abs(static_cast<double>(exact));
    ASSERT_LE(std::abs(static_cast<double>(sixty_fourths_of(x) - exact)), 3 * unit) << x;
  };
  for (double x = 1e-300; x < 1e300; x *= 1.0137) expect_close(x);
  for (double x = 0.25; x < 4; x += 1.7e-5) expect_close(x);
  for (double d = 1e-15; d < 0.1; d *= 1.01) {
    expect_close(1 + d);
    expect_close(1 - d);
  }
  EXPECT_EQ(sixty_fourths_of(1), 0);
  EXPECT_EQ(sixty_fourths_of(0x1p-1022), -1022 * 64);
}

TEST(Elementary, NaturalOnes) {
  for (double x = -700; x < 700; x += 0.0371) {
    const long double exact = std::exp(static_cast<long double>(x));
    ASSERT_LT(std::abs(static_cast<double>(exponential_of(x) / exact - 1)), 2.5e-16 * (1 + std::abs(x))) << x;
    ASSERT_NEAR(logarithm_of(static_cast<double>(exact)), x, 4e-16 * (1 + std::abs(x)));
  }
}

static_assert(exponential_of(0) == 1 && logarithm_of(1) == 0, "the compiler makes tables with them");

}  // namespace
}  // namespace nines::sim
