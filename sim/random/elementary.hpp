// Exponential and logarithm of our own. Those of the C library differ in their last digit between processors (glibc
// picks another version where there are fused multiply-adds), and a compiler that knows the argument rounds otherwise
// than the library at run time. These are additions and multiplications of doubles alone, the same bits everywhere; and
// the compiler can make tables with them.
//
// Both are to the base of a 64th of an octave, 2^(1/64): there a number falls apart into its whole part, which is an
// exponent and an entry of a table, and a small rest without any rounding.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace nines::sim {

namespace elementary {

inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;
inline constexpr double kRounder = 0x1.8p52;  // added to a double, rounds it to a whole number, found in its low bits

// 2^(j/64). Taylor series: the first term left out, (ln 2 / 2)^17 / 17!, is below 1e-22.
inline constexpr std::array<double, 64> kPowers = [] {
  std::array<double, 64> powers{};
  for (int j = 0; j < 64; ++j) {
    const double x = (j < 32 ? j : j - 64) * kLn2 / 64;
    double tail = 0;
    for (int n = 16; n > 1; --n) tail = (1 + tail) * x / n;
    powers[static_cast<std::size_t>(j)] = (1 + (1 + tail) * x) * (j < 32 ? 1 : 2);
  }
  return powers;
}();

// Of c = 1 + j/64, j = 0..64; from j = kHalved on of c / 2, so that logarithms near 0 keep their digits.
// ln c = 2 artanh((c - 1) / (c + 1)), whose argument is below 0.18.
struct Centre {
  double inverse, sixty_fourths;  // 1 / (1 + j/64), also where halved; 64 log2 c
};
inline constexpr std::size_t kHalved = 27;
inline constexpr std::array<Centre, 65> kCentres = [] {
  std::array<Centre, 65> centres{};
  for (std::size_t j = 0; j <= 64; ++j) {
    const double c = (1 + static_cast<double>(j) / 64) / (j < kHalved ? 1 : 2), s = (c - 1) / (c + 1);
    double sum = 0;
    for (int n = 31; n > 1; n -= 2) sum = (sum + 1.0 / n) * s * s;
    centres[j] = {64.0 / (64 + static_cast<double>(j)), 2 * s * (1 + sum) * (64 / kLn2)};
  }
  return centres;
}();

}  // namespace elementary

// 2^(y/64), to 2e-16 of itself; infinite above 65 400, 0 below -65 400, near the ends of what a double holds.
[[nodiscard]] constexpr double power_of_64th(double y) {
  using namespace elementary;
  if (!(y < 65400)) return std::numeric_limits<double>::infinity();
  if (y < -65400) return 0;
  const double rounded = y + kRounder;
  const auto whole = std::bit_cast<std::uint64_t>(rounded);  // in its low 51 bits, two's complement
  const double f = y - (rounded - kRounder);                 // exact, |f| <= 1/2
  // 2^(f/64) - 1 = sum (k f)^n / n!; the first term left out is below 0.0055^6 / 720 = 4e-17.
  constexpr double k = kLn2 / 64;
  const double f2 = f * f;
  const double tail = f * (k + f * (k * k / 2)) +
                      f2 * f * ((k * k * k / 6 + f * (k * k * k * k / 24)) + f2 * (k * k * k * k * k / 120));
  const std::uint64_t power = std::bit_cast<std::uint64_t>(kPowers[whole & 63]);
  const double nearest = std::bit_cast<double>(power + (whole >> 6 << 52));
  return nearest + nearest * tail;
}

// 64 log2 x for a positive, finite, normal number, to 3 units in the last place.
[[nodiscard]] constexpr double sixty_fourths_of(double x) {
  using namespace elementary;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  constexpr std::uint64_t kMantissa = (std::uint64_t{1} << 52) - 1, kOne = std::uint64_t{1023} << 52;
  // x = m 2^exponent, 1 <= m < 2; m = c (1 + r), c the nearest 1 + j/64; m - c is exact, |r| <= 1/128.
  const std::uint64_t mantissa = bits & kMantissa, nearest = (mantissa + (std::uint64_t{1} << 45)) >> 46;
  const Centre& centre = kCentres[nearest];
  const double r =
      (std::bit_cast<double>(kOne + mantissa) - std::bit_cast<double>(kOne + (nearest << 46))) * centre.inverse;
  const auto octaves =
      static_cast<double>((static_cast<std::int64_t>(bits >> 52) - (nearest < kHalved ? 1023 : 1022)) * 64);
  // log(1 + r); the first term left out is below (1/128)^8 / 8 = 2e-18.
  constexpr double k = 64 / kLn2;
  const double r2 = r * r;
  const double tail = r2 * ((-k / 2 + r * (k / 3)) + r2 * ((-k / 4 + r * (k / 5)) + r2 * (-k / 6 + r * (k / 7))));
  return (octaves + centre.sixty_fourths) + (r * k + tail);
}

// e^x, to (1 + |x|) x 2e-16 of itself.
[[nodiscard]] constexpr double exponential_of(double x) {
  return power_of_64th(x * (64 / elementary::kLn2));
}

// The natural logarithm.
[[nodiscard]] constexpr double logarithm_of(double x) {
  return sixty_fourths_of(x) * (elementary::kLn2 / 64);
}

}  // namespace nines::sim
