// Phase-type laws in place of others: their moments, chains that are known, and that equal nodes may be counted.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/phase_type/stages.hpp"
#include "model/markov/solve.hpp"
#include "model/markov/space/explore.hpp"
#include "tests/description/read.hpp"

namespace nines::markov {
namespace {

Law weibull(double shape) {
  return {Law::Kind::weibull, {shape, 1 / std::tgamma(1 + 1 / shape)}, 1};
}
Law gamma_law(double shape) {
  return {Law::Kind::gamma, {shape, 1 / shape}, 1};
}
Law lognormal(double cv) {
  const double variance = std::log1p(cv * cv);
  return {Law::Kind::lognormal, {-variance / 2, std::sqrt(variance)}, 1};
}

// E[T^n] of what is left from each stage on, backwards: a stage of rate r adds T = S + goes_on * rest.
std::vector<double> moments(const PhaseType& law) {
  std::vector<double> rest{1, 0, 0, 0};
  for (std::size_t i = law.rate.size(); i-- > 0;) {
    const double p = law.goes_on[i], s1 = 1 / law.rate[i], s2 = 2 * s1 * s1, s3 = 3 * s1 * s2;
    rest = {1, s1 + p * rest[1], s2 + p * (2 * s1 * rest[1] + rest[2]),
            s3 + p * (3 * s2 * rest[1] + 3 * s1 * rest[2] + rest[3])};
  }
  return rest;
}

TEST(PhaseType, MomentsAreMet) {
  const Law laws[] = {weibull(0.7),
                      weibull(1.5),
                      weibull(2),
                      weibull(3),
                      gamma_law(0.5),
                      gamma_law(1.7),
                      lognormal(0.6),
                      lognormal(1.2),
                      lognormal(2),
                      Law::uniform(0, 2),
                      {Law::Kind::triangular, {0.2, 0.5, 2.3}, 1},
                      {Law::Kind::empirical, {0.2, 0.4, 0.4, 3}, 1}};
  int by_three = 0;
  for (const Law& law : laws)
    for (const std::uint32_t most : {2U, 8U, 64U}) {
      SCOPED_TRACE(to_string(law));
      const PhaseType fit = phase_type_of(law, {most, false, Fitting::Kind::by_moments});
      EXPECT_LE(fit.order(), most);
      const auto [second, third] = spread_of(law);
      const auto m = moments(fit);
      EXPECT_NEAR(m[1], 1, 1e-12);
      if (fit.moments >= 2) {
        EXPECT_NEAR(m[2] - 1, second, 1e-9 * second);
      } else {
        EXPECT_LE(second, 1.0 / most + 1e-12);
      }
      if (fit.moments >= 3) {
        EXPECT_NEAR(m[3] - 3 * m[2] + 2, third, 1e-7 * (1 + third));
      }
      by_three += fit.moments == 3 ? 1 : 0;
      for (const double p : fit.goes_on) EXPECT_TRUE(p >= 0 && p <= 1);
      for (const double rate : fit.rate) EXPECT_GT(rate, 0);
    }
  EXPECT_GE(by_three, 20);
}

TEST(PhaseType, SpreadAgreesWithTheDistribution) {
  for (const Law& law : {weibull(0.7), weibull(2), gamma_law(1.7), lognormal(0.6), Law::uniform(0.5, 1.5),
                         Law{Law::Kind::triangular, {0.2, 0.5, 2.3}, 1}}) {
    SCOPED_TRACE(to_string(law));
    double m[4] = {};  // n times the integral of t^(n-1) survival(t)
    constexpr double kStep = 1e-3;
    for (double t = kStep / 2; t < 60; t += kStep)
      for (int n = 1; n <= 3; ++n) m[n] += n * std::pow(t, n - 1) * survival(law, t) * kStep;
    EXPECT_NEAR(m[1], 1, 1e-4);
    EXPECT_NEAR(m[2] - 1, spread_of(law).second, 2e-3);
    EXPECT_NEAR(m[3] - 3 * m[2] + 2, spread_of(law).third, 2e-2 * (1 + spread_of(law).third));
  }
}

// The distance of the distributions goes down with the stages.
TEST(PhaseType, MixturesComeCloserAndCloser) {
  const auto distance = [](const Law& law, std::uint32_t stages) {
    const PhaseType fit = erlang_mixture(law, stages);
    const auto m = moments(fit);
    EXPECT_NEAR(m[1], 1, 1e-12);
    std::vector<double> in(fit.rate.size(), 0);
    in[0] = 1;
    double farthest = 0;
    constexpr double kStep = 1e-4;
    for (int i = 0; i < 40'000; ++i) {
      double alive = 0;
      for (std::size_t s = in.size(); s-- > 0;) {
        const double leaves = in[s] * fit.rate[s] * kStep;
        in[s] -= leaves;
        if (s + 1 < in.size()) in[s + 1] += leaves * fit.goes_on[s];
        alive += in[s];
      }
      farthest = std::max(farthest, std::abs(alive - survival(law, (i + 1) * kStep)));
    }
    return farthest;
  };
  for (const Law& law : {weibull(0.7), weibull(2), lognormal(1.2), Law::uniform(0.5, 1.5)}) {
    SCOPED_TRACE(to_string(law));
    EXPECT_LT(distance(law, 32), 0.85 * distance(law, 8));
    EXPECT_LT(distance(law, 32), 0.1);
  }
  const PhaseType fixed = erlang_mixture(Law::fixed(1), 16);
  ASSERT_EQ(fixed.order(), 16U);
  for (const double rate : fixed.rate) EXPECT_NEAR(rate, 16, 1e-9);
}

Answer answer(const std::string& words, bool exact = false) {
  SolveOptions options;
  options.exact = exact;
  const auto solved = solve(test::read("nines: 1\n" + words).model, options);
  EXPECT_TRUE(solved.has_value()) << words << solved.error().message;
  return solved ? *solved : Answer{};
}

// A cold pair of Erlang lives of two stages: the serving node in its first or second stage while the other is ready
// (a) or restored (b), or both are restored (c).
TEST(PhaseType, ColdPairOfErlangLives) {
  const double leaves = 2.0 / 100, restored = 1.0 / 10;
  const double b1 = 1, b2 = leaves / (leaves + restored), a1 = restored / leaves * b1, a2 = a1 + restored / leaves * b2;
  const double c = leaves * b2 / (2 * restored);
  const Answer pair = answer(
      "components: {u: {redundancy: primary-standby, standby: cold, mtbf: {erlang: {stages: 2, mean: 100 h}}, mttr: 10 "
      "h}}\n",
      true);
  EXPECT_NEAR(*pair.measures.unavailability / (c / (a1 + a2 + b1 + b2 + c)), 1, 1e-10);
  EXPECT_NEAR(*pair.measures.failures_per_year / (8760 * leaves * b2 / (a1 + a2 + b1 + b2 + c)), 1, 1e-10);
  EXPECT_TRUE(pair.method.exact);
  EXPECT_TRUE(pair.measures.mttff_h.has_value());
}

// One crew for units that wait in one queue: how long a unit lives matters by its mean alone (Gnedenko and Kovalenko,
// Introduction to Queueing Theory, 1989), whatever stands for the law.
TEST(PhaseType, OneCrewIsInsensitiveToLives) {
  const auto with = [](const std::string& life) {
    return *answer(
                "crews: {c: 1}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, crew: c, mttr: 20 h, mtbf: " +
                life + "}}\n")
                .measures.unavailability;
  };
  const double exponential = with("100 h");
  for (const char* life :
       {"{weibull: {shape: 2, mean: 100 h}}", "{lognormal: {mean: 100 h, cv: 1.5}}", "{fixed: 100 h}"})
    EXPECT_NEAR(with(life) / exponential, 1, 1e-9) << life;
}

// The share of time in which something is down, and how many states there are, of everything in one chain.
std::pair<double, std::size_t> explored(const Model& model, bool lump, std::uint32_t stages, Fitting::Kind kind) {
  std::vector<ComponentId> members;
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id]) members.push_back(id);
  const process::Process process(model, members);
  const Stages with(model, process, {stages, true, kind});
  ExploreLimits limits;
  limits.lump = lump;
  const auto space = explore(process, limits, with);
  if (!space) return {0, 0};
  std::vector<double> down(space->chain.size(), 0);
  process::Signals signals;
  for (StateIndex s = 0; s < down.size(); ++s) {
    process.look(space->state(s), {}, signals);
    down[s] = std::count(signals.up.begin(), signals.up.end(), 0) > 0 ? 1 : 0;
  }
  const auto steady = steady_state(space->chain, down);
  EXPECT_TRUE(steady.has_value());
  double share = 0;
  for (StateIndex s = 0; s < down.size(); ++s) share += steady->probability[s] * down[s];
  return {share, space->chain.size()};
}

TEST(PhaseType, CountedAsNamed) {
  const std::string worn = "mtbf: {weibull: {shape: 2, mean: 100 h}}", slow = "mttr: {lognormal: {mean: 8 h, cv: 1.3}}";
  const std::string two_modes =
      "failures: {a: {mtbf: {gamma: {shape: 1.7, mean: 90 h}}, mttr: 5 h}, b: {mtbf: 200 h, mttr: {uniform: [1 h, 20 "
      "h]}}}";
  const struct {
    std::string words;
    bool fewer;
  } cases[] = {
      {"components: {u: {redundancy: cluster, nodes: 3, need: 2, " + worn + ", " + slow + "}}", true},
      {"components: {u: {redundancy: cluster, nodes: 3, need: 2, load_sharing: 1, coverage: 90 %, manual_recovery: "
       "{fixed: 1 h}, " +
           two_modes + "}}",
       true},
      {"crews: {c: 1}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, crew: c, " + worn + ", " + slow + "}}",
       true},
      {"crews: {c: {size: 1, order: priority}}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, crew: c, " +
           two_modes + "}}",
       false},
      {"components: {u: {redundancy: primary-standby, nodes: 3, detection: 10 min, " + worn + ", mttr: 8 h}}", false},
      {"components: {u: {redundancy: primary-standby, nodes: 3, failover: {fixed: 20 min}, mtbf: 100 h, " + slow + "}}",
       true},
      {"spares: {s: {stock: 1, lead_time: {fixed: 30 h}}}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, "
       "spare: s, mtbf: 100 h, " +
           slow + "}}",
       true},
      {"common_causes: {x: {mtbf: 100 h, hits: [u], probability: 50 %}}\ncomponents: {u: {redundancy: cluster, nodes: "
       "3, need: 2, " +
           worn + ", " + slow + "}}",
       true},
      {"components: {u: {redundancy: cluster, nodes: 3, need: 2, beta: 10 %, " + worn + ", mttr: 8 h}}", true},
      {"components: {u: {redundancy: cluster, nodes: 3, need: 2, maintenance: {every: 90 h, takes: 2 h, mode: "
       "rolling}, " +
           worn + ", mttr: 8 h}}",
       false},
  };
  for (const auto& [words, fewer] : cases) {
    SCOPED_TRACE(words);
    const Model model = test::read("nines: 1\n" + words + "\n").model;
    for (const auto kind : {Fitting::Kind::by_moments, Fitting::Kind::by_distribution}) {
      const auto [counted, few] = explored(model, true, 4, kind);
      const auto [named, many] = explored(model, false, 4, kind);
      ASSERT_GT(named, 0);
      EXPECT_NEAR(counted / named, 1, 1e-9);
      EXPECT_EQ(few < many, fewer) << few << " of " << many;
    }
  }
}

// As many wait as parts are under way, each with a clock of its own: the law of the lead time matters by its mean alone
// here, if each part passes its stages by itself.
TEST(PhaseType, PartsUnderWayPassTheirStagesEachByItself) {
  const auto with = [](const std::string& lead) {
    return *answer("spares: {s: {stock: 0, lead_time: " + lead +
                   "}}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, spare: s, mtbf: 100 h, mttr: 5 h}}\n")
                .measures.unavailability;
  };
  const double exponential = with("20 h");
  EXPECT_NEAR(with("{erlang: {stages: 4, mean: 20 h}}") / exponential, 1, 1e-10);
  EXPECT_NEAR(with("{lognormal: {mean: 20 h, cv: 1.5}}") / exponential, 1, 1e-10);
}

TEST(PhaseType, NoneWithoutMoments) {
  EXPECT_EQ(phase_type_of({Law::Kind::lognormal, {0, 30}, std::exp(450)}, {8, true, Fitting::Kind::by_moments}).moments,
            0U);
}

TEST(PhaseType, SaysThatItIsApproximate) {
  const std::string pair =
      "components: {u: {redundancy: primary-standby, failover: {fixed: 2 min}, mtbf: 1000 h, mttr: {lognormal: {mean: "
      "8 "
      "h, cv: 2}}}}\n";
  const Answer said = answer(pair);
  EXPECT_FALSE(said.method.exact);
  ASSERT_FALSE(said.method.notes.empty());
  EXPECT_EQ(said.method.notes[0].substr(0, 29), "approximate: phase-type laws ") << said.method.notes[0];
  EXPECT_NE(said.method.notes[0].find("`failover` of `u` (order "), std::string::npos);
  EXPECT_NE(said.method.notes[0].find("move unavailability by "), std::string::npos);

  SolveOptions exact;
  exact.exact = true;
  const auto refused = solve(test::read("nines: 1\n" + pair).model, exact);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "not-exact");
  EXPECT_NE(refused.error().notes[0].find("`mttr` of `u`"), std::string::npos);
}

}  // namespace
}  // namespace nines::markov
