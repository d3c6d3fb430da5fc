// The two ways to what a chain's downtime is made of, against each other.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <random>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/projection.hpp"
#include "model/markov/downtime/remaining.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

// Groups of units that wait for one crew, and of which the first loss is made good within a second: rates from seconds
// to a year, and states of which some are met once in many ages of the earth. Down with a group short of two.
UpDownChain groups(std::size_t count, std::size_t levels) {
  UpDownChain result;
  Chain& chain = result.chain;
  std::size_t states = 1;
  for (std::size_t g = 0; g < count; ++g) states *= levels;
  chain.row_begin.push_back(0);
  for (std::size_t s = 0; s < states; ++s) {
    std::size_t failed = 0;
    bool down = false;
    for (std::size_t g = 0, rest = s; g < count; ++g, rest /= levels) {
      failed += rest % levels;
      down = down || rest % levels >= 2;
    }
    for (std::size_t g = 0, place = 1; g < count; ++g, place *= levels) {
      const std::size_t here = s / place % levels;
      const auto arrow = [&](std::size_t to, double rate) {
        chain.target.push_back(static_cast<StateIndex>(to));
        chain.rate.push_back(rate);
      };
      if (here + 1 < levels) arrow(s + place, 1e-4 * static_cast<double>((g + 1) * (levels - 1 - here)));
      if (here > 0)
        arrow(s - place, (here == 1 ? 3600 : 0.2) * static_cast<double>(here) / static_cast<double>(failed));
    }
    chain.row_begin.push_back(chain.target.size());
    result.down.push_back(down ? 1 : 0);
  }
  result.lost.assign(states, 0);
  result.long_run = steady_state(chain, std::vector<double>(states, 1.0))->probability;
  return result;
}

UpDownChain at_random(std::mt19937& random, std::size_t states) {
  std::uniform_real_distribution<double> rate(-7, 7), even;
  UpDownChain result;
  Chain& chain = result.chain;
  chain.row_begin.push_back(0);
  for (std::size_t s = 0; s < states; ++s) {
    for (std::size_t t = 0; t < states; ++t) {
      if (t == s || (t != (s + 1) % states && random() % 12 != 0)) continue;
      chain.target.push_back(static_cast<StateIndex>(t));
      chain.rate.push_back(std::exp(rate(random)));
    }
    chain.row_begin.push_back(chain.target.size());
    result.down.push_back(s > 0 && even(random) < 0.7 ? 1 : 0);
    result.lost.push_back(random() % 10 == 0 ? 1e-3 : 0);
  }
  result.long_run = steady_state(chain, std::vector<double>(states, 1.0))->probability;
  return result;
}

void expect_alike(const UpDownChain& whole, const ThetaRange& range) {
  auto remaining = Remaining::of(whole);
  auto projection = Projection::of(whole, range);
  ASSERT_TRUE(remaining && projection);
  for (const Complex z : {Complex(0.004, 0.0005), Complex(0.001, 0.01), Complex(-0.01, 0.03)}) {
    const auto exact = (*remaining)(z), small = (*projection)(z);
    ASSERT_TRUE(exact && small);
    for (double size = range.least; size < range.most; size *= 3)
      for (const double angle : {0.0, 0.7, 1.5, -1.5}) {
        const Complex theta = std::polar(size, angle);
        const Complex is = (*exact)({&theta, 1})[0];
        EXPECT_LT(std::abs((*small)({&theta, 1})[0] / is - 1.0), 1e-9) << z << " " << theta;
      }
  }
  EXPECT_LT(projection->unlike(), 1e-9);
}

TEST(Projection, OfOneAmount) {
  expect_alike(groups(2, 8), {10.5, 120});
  expect_alike(groups(3, 5), {0.3, 4});
}

TEST(Projection, OfAmountsFromSecondsToDays) {
  expect_alike(groups(2, 8), {0.2, 7200});
}

TEST(Projection, OfChainsAtRandom) {
  std::mt19937 random(5);
  for (int round = 0; round < 30; ++round) expect_alike(at_random(random, 12 + random() % 40), {0.3, 40});
}

}  // namespace
}  // namespace nines::markov
