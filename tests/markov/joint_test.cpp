// The chain that is exported is the chain that is solved.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/solve.hpp"
#include "tests/markov/chains.hpp"

namespace nines::markov {
namespace {

Model pair() {  // reference model: detection 10 s, failover 30 s, perfect coverage, two hot nodes
  Model model;
  model.units = {{"", {{"", Law::exponential(180 * 24), {{"", Law::exponential(4), 1}}}}, 0}};
  Component db;
  db.name = "db";
  PrimaryStandby rules;
  rules.detection = Law::exponential(10.0 / 3600);
  rules.failover = Law::exponential(30.0 / 3600);
  db.redundancy = rules;
  db.nodes = {0, 0};
  model.components = {db};
  model.used = {1};
  model.named = {0};
  model.system.terms = {{Expression::Op::name, 0, 0, 0}};
  return model;
}

// Drawn by hand, equal nodes counted: the serving node and the other, failed or not.
TEST(Joint, EqualsAChainDrawnByHand) {
  const double l = 1.0 / (180 * 24), m = 0.25, d = 360, f = 120;
  enum : StateIndex { kBoth, kOther, kDetect, kDetectNone, kSwitch, kSwitchNone, kSwitchBoth, kNone };
  const std::vector<test::Transition> drawn = {{kBoth, kDetect, l},
                                               {kBoth, kOther, l},  // serving fails; waiting fails
                                               {kOther, kBoth, m},
                                               {kOther, kDetectNone, l},  // the other is failed
                                               {kDetect, kBoth, m},
                                               {kDetect, kDetectNone, l},
                                               {kDetect, kSwitch, d},  // the one that served is failed
                                               {kDetectNone, kDetect, m},
                                               {kDetectNone, kOther, m},
                                               {kDetectNone, kNone, d},  // both are
                                               {kSwitch, kSwitchBoth, m},
                                               {kSwitch, kSwitchNone, l},
                                               {kSwitch, kOther, f},  // one is up to switch to
                                               {kSwitchNone, kSwitch, 2 * m},
                                               {kSwitchNone, kNone, f},
                                               {kSwitchBoth, kSwitch, 2 * l},
                                               {kSwitchBoth, kBoth, f},
                                               {kNone, kOther, 2 * m}};
  const Chain hand = test::chain_of(8, drawn);
  const auto labelled = joint_chain(pair(), "");
  ASSERT_TRUE(labelled.has_value());
  const Chain& chain = labelled->chain;
  EXPECT_EQ(chain.size(), hand.size());
  EXPECT_EQ(chain.transitions(), hand.transitions());
  const auto solved = solve(pair());
  EXPECT_EQ(solved->method.states, chain.size());
  EXPECT_EQ(solved->method.transitions, chain.transitions());

  // The same multiset of probabilities, and the same rates between them.
  const auto p = steady_state(chain, std::vector<double>(8, 1)), q = steady_state(hand, std::vector<double>(8, 1));
  std::vector<std::pair<double, double>> a, b;
  const auto describe = [](const Chain& c, const SteadyState& steady, auto& list) {
    for (StateIndex s = 0; s < c.size(); ++s) {
      double out = 0;
      for (auto t = c.row_begin[s]; t < c.row_begin[s + 1]; ++t) out += c.rate[t];
      list.emplace_back(steady.probability[s], out);
    }
    std::sort(list.begin(), list.end());
  };
  describe(chain, *p, a);
  describe(hand, *q, b);
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_NEAR(a[i].first / b[i].first, 1, 1e-13);
    EXPECT_NEAR(a[i].second / b[i].second, 1, 1e-13);
  }
  EXPECT_NEAR(q->probability[kBoth] + q->probability[kOther], *solved->measures.availability, 1e-15);
}

TEST(Joint, StatesAreToldApart) {
  const auto labelled = joint_chain(pair(), "db");
  std::set<std::vector<int>> values(labelled->values.begin(), labelled->values.end());
  EXPECT_EQ(values.size(), labelled->chain.size());
  EXPECT_EQ(labelled->variables.size(), labelled->values[0].size());
  EXPECT_TRUE(labelled->up[labelled->chain.start]);
  EXPECT_FALSE(joint_chain(pair(), "nothing").has_value());
}

}  // namespace
}  // namespace nines::markov
