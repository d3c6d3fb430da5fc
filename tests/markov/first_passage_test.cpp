#include <gtest/gtest.h>

#include <cmath>

#include "model/markov/chain/steady_state.hpp"
#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

TEST(FirstPassage, PairWithRepair) {
  // 2 of 2 units, lambda, mu: mean time to both down = (3 lambda + mu) / (2 lambda^2)
  const double lambda = 1e-6, mu = 0.25;
  const auto passage =
      mean_time_to_first(test::birth_death({2 * lambda, lambda}, {mu, 2 * mu}), std::vector<char>{0, 0, 1});
  ASSERT_TRUE(passage.has_value());
  EXPECT_NEAR(passage->mean_h / ((3 * lambda + mu) / (2 * lambda * lambda)), 1, 1e-13);
}

TEST(FirstPassage, WithoutRepair) {  // Heimann, Mittal, Trivedi 1990: 5 disks that tolerate 2 failures, 0.01 a year
  const Chain chain = test::chain_of(4, {{0, 1, 0.05}, {1, 2, 0.04}, {2, 3, 0.03}});
  EXPECT_NEAR(mean_time_to_first(chain, std::vector<char>{0, 0, 0, 1})->mean_h, 78.33333333333333, 1e-12);
}

TEST(FirstPassage, TwoProcessorSystem) {  // the same book, sec. 2.5: 2.8376 years
  const double g = 1.0 / 5000, d = 0.25, c = 0.9;
  const Chain chain = test::chain_of(
      5, {{0, 1, 2 * g * c}, {0, 2, 2 * g * (1 - c)}, {1, 3, 120}, {2, 3, 6}, {3, 0, d}, {3, 4, g}, {4, 3, d}});
  EXPECT_NEAR(mean_time_to_first(chain, std::vector<char>{0, 0, 1, 0, 1})->mean_h / 8760, 2.8376, 5e-5);
  const auto steady = steady_state(chain, std::vector<double>{0, 1, 1, 0, 1});
  EXPECT_NEAR(steady->probability[0] + steady->probability[3], 0.9999890709394669, 1e-15);
  EXPECT_NEAR(steady->probability[1] * 525600, 1.5743, 5e-5);  // downtime a year by cause, minutes
  EXPECT_NEAR(steady->probability[2] * 525600, 3.4984, 5e-5);
  EXPECT_NEAR(steady->probability[4] * 525600, 0.6717, 5e-5);
}

TEST(FirstPassage, NeverAndAtOnce) {
  const Chain chain = test::chain_of(3, {{0, 1, 1}, {1, 0, 1}, {0, 2, 1}});
  EXPECT_EQ(mean_time_to_first(chain, std::vector<char>{1, 0, 0})->mean_h, 0);
  EXPECT_TRUE(std::isinf(mean_time_to_first(chain, std::vector<char>{0, 0, 0})->mean_h));
  EXPECT_TRUE(std::isinf(mean_time_to_first(chain, std::vector<char>{0, 1, 0})->mean_h));  // 2 is up for good
}

}  // namespace
}  // namespace nines::markov
