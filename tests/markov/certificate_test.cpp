// The bound is never below the true error, converged or not.
#include "model/markov/chain/certificate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/markov/chain/aggregation.hpp"
#include "model/markov/chain/sweeps.hpp"
#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

TEST(Certificate, HoldsForEveryIterate) {
  const auto cluster = test::workstation_cluster(4);
  const auto exact = test::plain_gth(cluster.chain);
  std::vector<double> reward;
  long double want = 0;
  for (std::size_t s = 0; s < exact.size(); ++s) {
    reward.push_back(cluster.minimum[s] ? 0 : 1);
    want += exact[s] * reward[s];
  }
  const Sweeps sweeps(cluster.chain, backward_order(cluster.chain, cluster.chain.start));
  Sweeps::Rough rough;
  for (int i = 0; i < 200; ++i) (void)sweeps.refine(rough, reward);
  const Witness witness = sweeps.witness(rough);
  auto y = sweeps.begin();
  double least = 1;
  for (int sweep = 0; sweep < 60; ++sweep) {
    (void)sweeps.improve(y);
    const auto p = sweeps.by_state(y);
    long double got = 0;
    for (std::size_t s = 0; s < p.size(); ++s) got += static_cast<long double>(p[s]) * reward[s];
    const double error = static_cast<double>(std::abs(got / want - 1));
    const double bound = certify(cluster.chain, p, reward, witness);
    EXPECT_GE(bound, error) << "after sweep " << sweep;
    least = std::min(least, bound);
  }
  EXPECT_LT(least, 1e-9);  // and it is of use
}

// The rarest state alone, with the witness for rare rewards, and with one that has hardly begun.
TEST(Certificate, HoldsForRareRewards) {
  const auto cluster = test::workstation_cluster(3);
  const auto exact = test::plain_gth(cluster.chain);
  const auto rarest = static_cast<std::size_t>(std::min_element(exact.begin(), exact.end()) - exact.begin());
  std::vector<double> reward(exact.size(), 0);
  reward[rarest] = 1;
  const Sweeps sweeps(cluster.chain, backward_order(cluster.chain, cluster.chain.start));
  double least = 1;
  for (const int refinements : {3, 10, 30, 300}) {
    Sweeps::Rough rough;
    for (int i = 0; i < refinements; ++i) (void)sweeps.refine(rough, reward);
    Witness witness = sweeps.witness(rough);
    std::vector<double> passing(exact.size(), 0);
    for (StateIndex s = 0; s < exact.size(); ++s)
      for (auto t = cluster.chain.row_begin[s]; t < cluster.chain.row_begin[s + 1]; ++t)
        passing[s] += cluster.chain.rate[t] * witness.reward_to_ref[s];
    Sweeps::Rough wide;
    for (int i = 0; i < refinements; ++i) (void)sweeps.refine(wide, passing);
    witness.spread = sweeps.witness(wide).reward_to_ref;
    auto y = sweeps.begin();
    for (int sweep = 0; sweep < 80; ++sweep) {
      (void)sweeps.improve(y);
      const auto p = sweeps.by_state(y);
      const auto error = static_cast<double>(std::abs(p[rarest] / exact[rarest] - 1));
      const double bound = certify(cluster.chain, p, reward, witness);
      EXPECT_GE(bound, error) << refinements << " refinements, sweep " << sweep;
      least = std::min(least, bound);
    }
  }
  EXPECT_LT(least, 1e-12);
}

TEST(Certificate, ABadWitnessProvesNothing) {
  const Chain chain = test::birth_death({0.1, 0.1}, {1, 1});
  const std::vector<double> zero(3, 0.0);
  EXPECT_TRUE(std::isinf(
      certify(chain, std::vector<double>{0.9, 0.09, 0.01}, std::vector<double>{0, 0, 1}, {0, zero, zero, {}})));
}

}  // namespace
}  // namespace nines::markov
