#include "tests/sim_random/laws.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "sim/random/sampler.hpp"

namespace nines::sim {
namespace {

using test::judge;
using test::known_laws;
using test::KnownLaw;
using Kind = Law::Kind;

// Large enough that a bias of 1 % shows in the distance of distribution functions too: for an exponential it is 1 % /
// e, 3.7 / sqrt(n), against a limit of 2.23 / sqrt(n).
constexpr std::size_t kDraws = 1'000'000;

std::vector<double> sample(const Law& law, std::size_t count = kDraws, std::uint64_t seed = 1) {
  const Sampler sampler(law);
  Stream stream;
  std::vector<double> times(count);
  for (double& time : times) time = sampler.draw({stream, seed, 3, 5});
  return times;
}

class Laws : public testing::TestWithParam<KnownLaw> {};

TEST_P(Laws, FollowTheirDistributionFunctions) {
  auto times = sample(GetParam().law);
  const auto verdict = judge(GetParam(), times);
  EXPECT_FALSE(verdict.is_red()) << verdict.kolmogorov_p << " " << verdict.mean_off << " " << verdict.variance_off;
  EXPECT_GT(times.front(), 0);
}

// The test of the test: times 1 % too long.
TEST_P(Laws, ABiasOfOnePercentIsRed) {
  auto times = sample(GetParam().law);
  for (double& time : times) time *= 1.01;
  const auto verdict = judge(GetParam(), times);
  EXPECT_TRUE(verdict.mean_is_red()) << verdict.mean_off;
  double largest = 0;  // distance between the distribution functions, which shows when it is large enough
  for (std::size_t i = 0; i < kDraws; i += kDraws / 1000)
    largest = std::max(largest, GetParam().distribution(times[i]) - GetParam().distribution(times[i] / 1.01));
  const bool shows = largest * std::sqrt(kDraws) > 3;
  EXPECT_TRUE(verdict.distance_is_red() || !shows) << verdict.kolmogorov_p;
}

INSTANTIATE_TEST_SUITE_P(Known, Laws, testing::ValuesIn(known_laws()), [](const auto& known) {
  std::string name = known.param.name + "_" + std::to_string(known.index);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == ' ' || c == '.'; }, '_');
  return name;
});

TEST(KolmogorovTail, Published) {  // Smirnov's table, Annals of Mathematical Statistics 19 (1948)
  EXPECT_NEAR(test::kolmogorov_tail(1.36), 1 - 0.950514, 1e-6);
  EXPECT_NEAR(test::kolmogorov_tail(0.5), 1 - 0.036055, 1e-6);
  EXPECT_NEAR(test::kolmogorov_tail(2.2252), 1e-4, 1e-7);
}

TEST(Sampler, OneWeibullOfShapeOneIsAnExponential) {
  EXPECT_EQ(sample(Law{Kind::weibull, {1, 7}, 7}, 100), sample(Law::exponential(7), 100));
  EXPECT_EQ(sample(Law{Kind::gamma, {1, 7}, 7}, 100), sample(Law::exponential(7), 100));
}

TEST(Sampler, EmpiricalValuesAreEquallyLikely) {
  std::vector<double> values;
  for (int i = 0; i < 7; ++i) values.push_back(10 + i);
  std::vector<double> seen(7);
  for (const double time : sample(Law{Kind::empirical, values, 13})) ++seen[static_cast<std::size_t>(time - 10)];
  double chi_squared = 0;
  for (const double count : seen) chi_squared += (count - kDraws / 7.0) * (count - kDraws / 7.0) / (kDraws / 7.0);
  EXPECT_LT(chi_squared, 27.86);  // of 6 degrees of freedom, false-alarm rate 1e-4
  EXPECT_EQ(sample(Law{Kind::empirical, {3}, 3}, 2), (std::vector<double>{3, 3}));
}

TEST(Sampler, FixedAndNeverDrawNothing) {
  Stream stream;
  EXPECT_EQ(Sampler(Law{Kind::fixed, {0.25}, 0.25}).draw({stream, 1, 2, 3}), 0.25);
  EXPECT_EQ(Sampler(Law::never()).draw({stream, 1, 2, 3}), std::numeric_limits<double>::infinity());
  EXPECT_EQ(stream.next(1, 2, 3), philox({0, 2, 3, 0}, {1, 0})[0]);
}

TEST(Sampler, ExtremesStayNumbers) {
  for (const Law& law :
       {Law{Kind::weibull, {0.02, 1e-6}, 1}, Law{Kind::weibull, {500, 1e12}, 1e12}, Law{Kind::lognormal, {-30, 40}, 1},
        Law{Kind::gamma, {0.001, 1e6}, 1e3}, Law{Kind::gamma, {1e12, 1e-9}, 1e3},
        Law{Kind::uniform, {0, 1e-300}, 1e-300}, Law{Kind::triangular, {0, 0, 1e-150}, 1e-150},
        Law::exponential(1e-300), Law::exponential(1e300)})
    for (const double time : sample(law, 20'000)) ASSERT_GE(time, 0) << to_string(law);
}

TEST(Sampler, AGammaOfLargeShapeIsNarrow) {
  for (const double time : sample(Law{Kind::gamma, {1e12, 1e-9}, 1e3}, 20'000)) ASSERT_NEAR(time / 1e3, 1, 6e-6);
}

// All bits of the first thousand draws of every law. They must be the same in every build, with any compiler, on every
// machine: who changes them changes every answer of the simulation. (FNV-1a over the 8 bytes of each.)
TEST(Sampler, TheSameBitsEverywhere) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const auto& known : known_laws())
    for (const double time : sample(known.law, 1000, 0x1234567890ABCDEF))
      for (int shift = 0; shift < 64; shift += 8)
        hash = (hash ^ (std::bit_cast<std::uint64_t>(time) >> shift & 0xFF)) * 0x100000001B3;
  EXPECT_EQ(hash, 17557744324967809072u);
}

}  // namespace
}  // namespace nines::sim
