#include "sim/random/stream.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace nines::sim {
namespace {

using Block = std::array<std::uint64_t, 4>;

constexpr double kFourSigma = 3.8906;  // both tails of a standard normal beyond it: 1e-4

TEST(Philox, KnownAnswers) {  // Random123 1.14, tests/kat_vectors, philox4x64 10
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Block{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}));
  constexpr std::uint64_t kOnes = ~std::uint64_t{0};
  EXPECT_EQ(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Block{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}));
  EXPECT_EQ(philox({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
                   {0x452821e638d01377, 0xbe5466cf34e90c6c}),
            (Block{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}));
}

TEST(Stream, IsTheBlocksInOrder) {
  Stream stream;
  for (std::uint64_t block = 0; block < 50; ++block)
    for (const std::uint64_t number : philox({block, 7, 11, 0}, {5, 0})) ASSERT_EQ(stream.next(5, 7, 11), number);
}

TEST(Stream, DozensAreTheSameNumbers) {
  Stream stream;
  stream.begin();
  for (std::uint64_t n = 0; n < 3; ++n)
    for (const std::uint64_t number : dozen(n, 1, 2, 3)) EXPECT_EQ(number, stream.next(1, 2, 3));
}

TEST(Stream, BeginsAnewWhereverItStood) {
  for (int drawn = 0; drawn < 10; ++drawn) {
    Stream stream;
    for (int i = 0; i < drawn; ++i) static_cast<void>(stream.next(5, 7, 11));
    stream.begin();
    for (std::uint64_t block = 0; block < 3; ++block)
      for (const std::uint64_t number : philox({block, 8, 11, 0}, {5, 0})) ASSERT_EQ(stream.next(5, 8, 11), number);
  }
}

TEST(Stream, UniformsAreInsideTheUnitInterval) {
  EXPECT_EQ(Numbers::uniform_of(0), 0x1p-53);
  EXPECT_EQ(Numbers::uniform_of(~std::uint64_t{0}), 1 - 0x1p-53);
  EXPECT_EQ(Numbers::uniform_of(std::uint64_t{1} << 63), 0.5 + 0x1p-53);
  Stream stream;
  Numbers numbers{stream, 1, 2, 3};
  double sum = 0, squares = 0;
  constexpr int kDraws = 1'000'000;
  for (int i = 0; i < kDraws; ++i) {
    const double u = numbers.uniform() - 0.5;
    ASSERT_LT(std::abs(u), 0.5);
    sum += u;
    squares += u * u;
  }
  EXPECT_LT(std::abs(sum), kFourSigma * std::sqrt(kDraws / 12.0));
  EXPECT_LT(std::abs(squares - kDraws / 12.0), kFourSigma * std::sqrt(kDraws / 180.0));
}

// Pairs of uniforms on a grid of 16 x 16, and their correlation; false alarms of each 1e-4.
template <class First, class Second>
void expect_independent(First first, Second second) {
  constexpr int kPairs = 200'000;
  std::vector<double> seen(256);
  double product = 0;
  for (std::uint64_t i = 0; i < kPairs; ++i) {
    const double a = first(i), b = second(i);
    product += (a - 0.5) * (b - 0.5);
    seen[static_cast<std::size_t>(a * 16) * 16 + static_cast<std::size_t>(b * 16)] += 1;
  }
  EXPECT_LT(std::abs(product), kFourSigma * std::sqrt(kPairs) / 12);
  double chi_squared = 0;
  for (const double count : seen) chi_squared += (count - kPairs / 256.0) * (count - kPairs / 256.0) / (kPairs / 256.0);
  EXPECT_LT(chi_squared, 347.65);  // of 255 degrees of freedom
  EXPECT_GT(chi_squared, 180.6);
}

// The first number of each stream.
double first_of(std::uint64_t seed, std::uint64_t history, std::uint64_t address) {
  Stream stream;
  return Numbers{stream, seed, history, address}.uniform();
}

TEST(Stream, NeighboursAreIndependent) {
  const std::uint64_t here = address_of("db", 0, "failure", ""), there = address_of("db", 1, "failure", "");
  expect_independent([&](auto i) { return first_of(1, i, here); }, [&](auto i) { return first_of(1, i + 1, here); });
  expect_independent([&](auto i) { return first_of(1, i, here); }, [&](auto i) { return first_of(1, i, there); });
  expect_independent([&](auto i) { return first_of(1, i, here); }, [&](auto i) { return first_of(2, i, here); });
  expect_independent([&](auto i) { return first_of(i, 0, here); }, [&](auto i) { return first_of(i, 1, here); });
  Stream one, other;
  expect_independent(
      [&](auto) {
        return Numbers{one, 1, 0, here}.uniform();
      },
      [&](auto) {
        return Numbers{one, 1, 0, here}.uniform();
      });
  expect_independent(
      [&](auto) {
        return Numbers{one, 1, 1, here}.uniform();
      },
      [&](auto) {
        return Numbers{other, 1, 1, there}.uniform();
      });
}

TEST(Address, IsTheSameOnEveryMachine) {
  EXPECT_EQ(address_of("", 0, "", ""), 901300984310592933u);
  EXPECT_EQ(address_of("db", 1, "failure", "crash"), 10738269273209016141u);
}

TEST(Address, TellsApart) {
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  for (int component = 0; component < 300; ++component)
    for (std::uint32_t node = 0; node < 50; ++node)
      for (const char* purpose : {"failure", "restoration"})
        for (const char* mode : {"", "crash", "hang"}) {
          seen.insert(address_of("c" + std::to_string(component), node, purpose, mode));
          ++made;
        }
  seen.insert(address_of("ab", 0, "c", ""));
  seen.insert(address_of("a", 0, "bc", ""));
  seen.insert(address_of("a", 0, "b", "c"));
  EXPECT_EQ(seen.size(), made + 3);
}

}  // namespace
}  // namespace nines::sim
