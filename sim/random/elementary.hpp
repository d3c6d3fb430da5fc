// Exponential and logarithm of our own. Those of the C library differ in their last digit between processors (glibc
// picks another version where there are fused multiply-adds), and a compiler that knows the argument rounds better
// than the library at run time. These are additions and multiplications of doubles alone, the same bits everywhere, to
// about 1 unit in the last place; and the compiler can make tables with them.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace nines::sim {

namespace elementary {

inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;
// ln 2 in two parts: the first has 21 zeros at its end, so that its product with a number of 17 bits is exact.
inline constexpr double kLn2High = 0x1.62e42fee00000p-1, kLn2Low = 0x1.a39ef35793c76p-33;

// 2^(j/64). Taylor series: the first term left out, (ln 2 / 2)^17 / 17!, is below 1e-22.
inline constexpr std::array<double, 64> kPowers = [] {
  std::array<double, 64> powers{};
  for (int j = 0; j < 64; ++j) {
    const double x = (j < 32 ? j : j - 64) * kLn2 / 64;
    double tail = 0;
    for (int n = 16; n >= 1; --n) tail = (1 + tail) * x / n;
    powers[static_cast<std::size_t>(j)] = (1 + tail) * (j < 32 ? 1 : 2);
  }
  return powers;
}();

// Of c = 1 + j/64, j = 0..64; from c = kHalved / 64 + 1 on of c / 2, so that logarithms near 0 keep their digits.
// log c = 2 artanh((c - 1) / (c + 1)), whose argument is below 0.18.
struct Centre {
  double inverse, log;
};
inline constexpr std::size_t kHalved = 27;
inline constexpr std::array<Centre, 65> kCentres = [] {
  std::array<Centre, 65> centres{};
  for (std::size_t j = 0; j <= 64; ++j) {
    const double c = (1 + static_cast<double>(j) / 64) / (j < kHalved ? 1 : 2), s = (c - 1) / (c + 1);
    double sum = 0;
    for (int n = 31; n >= 1; n -= 2) sum = sum * s * s + 1.0 / n;
    centres[j] = {64.0 / (64 + static_cast<double>(j)), 2 * s * sum};
  }
  return centres;
}();

}  // namespace elementary

// e^x. Infinite above 709, 0 below -708 (where results are near the ends of what a double holds).
[[nodiscard]] constexpr double exponential_of(double x) {
  using namespace elementary;
  if (!(x < 709)) return std::numeric_limits<double>::infinity();
  if (x < -708) return 0;
  // x = (64 i + j) ln 2 / 64 + r, |r| <= ln 2 / 128. Adding 1.5 x 2^52 rounds to a whole number, found in the low bits.
  constexpr double kRounder = 0x1.8p52;
  const double rounded = x * (64 / kLn2) + kRounder;
  const auto whole = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(rounded) << 12) >> 12;
  const double n = rounded - kRounder;
  const double r = (x - n * (kLn2High / 64)) - n * (kLn2Low / 64);
  // e^r - 1; the first term left out is below 0.0055^6 / 720 = 4e-17.
  const double r2 = r * r;
  const double tail = (r + r2 * (1.0 / 2)) + r2 * r * ((1.0 / 6 + r * (1.0 / 24)) + r2 * (1.0 / 120));
  const std::uint64_t exponent = static_cast<std::uint64_t>(whole >> 6) << 52;
  const double power =
      std::bit_cast<double>(std::bit_cast<std::uint64_t>(kPowers[static_cast<std::size_t>(whole & 63)]) + exponent);
  return power + power * tail;
}

// Natural logarithm of a positive, finite, normal number.
[[nodiscard]] constexpr double logarithm_of(double x) {
  using namespace elementary;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  constexpr std::uint64_t kMantissa = (std::uint64_t{1} << 52) - 1, kOne = std::uint64_t{1023} << 52;
  // x = m 2^exponent, 1 <= m < 2; m = c (1 + r), c the nearest 1 + j/64; m - c is exact, |r| <= 1/128.
  const double m = std::bit_cast<double>((bits & kMantissa) | kOne);
  const std::size_t j = ((bits & kMantissa) + (std::uint64_t{1} << 45)) >> 46;
  const auto exponent = static_cast<double>(static_cast<std::int64_t>(bits >> 52) - (j < kHalved ? 1023 : 1022));
  const double r = (m - (1 + static_cast<double>(j) / 64)) * kCentres[j].inverse;
  // log(1 + r) - r; the first term left out is below (1/128)^8 / 8 = 2e-18.
  const double r2 = r * r;
  const double tail =
      r2 * ((-1.0 / 2 + r * (1.0 / 3)) + r2 * ((-1.0 / 4 + r * (1.0 / 5)) + r2 * (-1.0 / 6 + r * (1.0 / 7))));
  return (exponent * kLn2 + kCentres[j].log) + (r + tail);
}

}  // namespace nines::sim
