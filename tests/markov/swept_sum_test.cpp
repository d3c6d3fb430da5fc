// Sweeps for one sum: against elimination, with the bound against the true error, on chains that are hard for them.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "model/markov/chain/sparse_gth.hpp"
#include "model/markov/chain/sweeps.hpp"
#include "model/markov/chain/swept.hpp"

namespace nines::markov {
namespace {

constexpr StateIndex kLongest = 50, kSide = kLongest + 1, kPlane = kSide * kSide;

// Two queues of up to kLongest each before servers that fail together, the whole in one of two surroundings that change
// at `seldom`: in the second one more arrives.
Chain queues(double seldom) {
  Chain chain;
  chain.row_begin.push_back(0);
  for (StateIndex at = 0; at < 4 * kPlane; ++at) {
    const StateIndex a = at % kSide, b = at / kSide % kSide;
    const bool failed = at / kPlane % 2 == 1, busy = at / kPlane / 2 == 1;
    const auto add = [&](StateIndex to, double rate) {
      chain.target.push_back(to);
      chain.rate.push_back(rate);
    };
    if (a > 0 && !failed) add(at - 1, 2);
    if (a < kLongest) add(at + 1, busy ? 0.9 : 0.6);
    if (b > 0 && !failed) add(at - kSide, 3);
    if (b < kLongest) add(at + kSide, 0.5);
    add(failed ? at - kPlane : at + kPlane, failed ? 0.3 : 0.01);
    add(busy ? at - 2 * kPlane : at + 2 * kPlane, seldom);
    chain.row_begin.push_back(chain.target.size());
  }
  return chain;
}

void expect_sum(const Chain& chain, const std::vector<double>& reward, double worst, const std::vector<double>& exact) {
  const auto result = swept_sum(chain, backward_order(chain, chain.start), reward, {});
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->probability.size(), chain.size()) << "no bound";
  long double wanted = 0, got = 0, total = 0;
  for (std::size_t s = 0; s < chain.size(); ++s) {
    wanted += static_cast<long double>(exact[s]) * reward[s];
    got += static_cast<long double>(result->probability[s]) * reward[s];
    total += result->probability[s];
  }
  const auto error = static_cast<double>(std::abs(got / wanted - 1));
  EXPECT_LE(error, result->error_bound) << "the bound is one";
  EXPECT_LT(result->error_bound, worst);
  EXPECT_NEAR(static_cast<double>(total), 1, 1e-12);
}

std::vector<double> longer_than(StateIndex least) {
  std::vector<double> reward(4 * kPlane, 0);
  for (StateIndex s = 0; s < reward.size(); ++s) reward[s] = s % kSide + s / kSide % kSide >= least ? 1 : 0;
  return reward;
}

TEST(SweptSum, FrequentAndRareRewards) {
  const Chain chain = queues(0.1);
  const auto exact = sparse_gth(chain, 50'000'000)->probability;
  for (const StateIndex least : {1U, 10U, 40U, 90U}) expect_sum(chain, longer_than(least), 1e-10, exact);
}

TEST(SweptSum, NearlyDecomposable) {
  const Chain chain = queues(1e-6);
  expect_sum(chain, longer_than(20), 1e-10, sparse_gth(chain, 50'000'000)->probability);
}

// The long way: a ring, where all mass is far from the start and the window has to open to the end.
TEST(SweptSum, ARingIsAllOfIt) {
  Chain chain;
  constexpr StateIndex kStates = 20'000;
  chain.row_begin.push_back(0);
  for (StateIndex s = 0; s < kStates; ++s) {
    chain.target.push_back((s + 1) % kStates);
    chain.rate.push_back(s % 7 + 1.0);
    chain.row_begin.push_back(s + std::uint64_t{1});
  }
  std::vector<double> reward(kStates, 0);
  reward[kStates / 2] = 1;
  expect_sum(chain, reward, 1e-9, sparse_gth(chain, 50'000'000)->probability);
}

TEST(SweptSum, NothingRewardedIsNothing) {
  const Chain chain = queues(0.1);
  const auto result = swept_sum(chain, backward_order(chain, chain.start), std::vector<double>(chain.size(), 0.0), {});
  ASSERT_TRUE(result.has_value());
  EXPECT_LT(result->error_bound, 1e-9);
}

}  // namespace
}  // namespace nines::markov
