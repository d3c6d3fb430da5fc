// The downtime of a period against closed forms, and of a chain in part against the whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include <fmt/format.h>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/outages.hpp"
#include "model/markov/downtime/period.hpp"
#include "model/markov/downtime/transform.hpp"
#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines::markov {
namespace {

constexpr double kMonth = 730;

std::vector<double> long_run(const Chain& chain) {
  const auto steady = steady_state(chain, std::vector<double>(chain.size(), 1.0));
  EXPECT_TRUE(steady.has_value());
  return steady->probability;
}

SeriesTerm term_of(const Chain& chain, std::vector<char> down, const LikelyLimits& limits = {}, bool may_ring = false) {
  const auto pi = long_run(chain);
  const PartInLongRun part{&chain, pi};
  SeriesTerm term;
  term.chain = likely_states(
      {&part, 1}, [&](std::span<const StateIndex> s) { return down[s[0]] != 0; }, kMonth, limits);
  term.chain.may_ring = may_ring;
  for (std::size_t s = 0; s < term.chain.down.size(); ++s)
    if (term.chain.down[s]) term.unavailability += term.chain.long_run[s];
  return term;
}

Chain unit(double life_h, double restoration_h) {
  return {{0, 1, 2}, {1, 0}, {1 / life_h, 1 / restoration_h}, 0};
}

// A unit is down for more than x of T when, with N outages in the T - x that it has to be up, Poisson, those last
// longer than x: sums of exponentials (Takacs 1957). Begun while down there is one more.
double unit_above(double life_h, double restoration_h, double x, double period) {
  const double u = restoration_h / (life_h + restoration_h), a = (period - x) / life_h, b = x / restoration_h;
  double outages = std::exp(-a), lasting = std::exp(-b), longer = 0, result = 0;
  for (int n = 0; n < 2000; ++n) {
    result += outages * ((1 - u) * longer + u * (longer + lasting));
    longer += lasting;
    outages *= a / (n + 1);
    lasting *= b / (n + 1);
  }
  return result;
}

TEST(DowntimeInPeriod, OfOneUnitIsAsTakacsSays) {
  for (const double life_h : {10.0, 100.0, 1000.0, 100'000.0})
    for (const double restoration_h : {0.1, 2.0}) {
      const SeriesTerm term = term_of(unit(life_h, restoration_h), {0, 1});
      const std::vector<double> amounts{0, 0.02, 0.1, 1, 5, 30};
      const auto result = downtime_in_period({&term, 1}, kMonth, amounts, 1e9);
      ASSERT_TRUE(result.has_value()) << result.error();
      EXPECT_FALSE(result->clumps);
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        const double expected = unit_above(life_h, restoration_h, std::max(amounts[i], 1e-12), kMonth);
        EXPECT_NEAR(result->above[i], expected, 1e-8 * expected + result->error_bound)
            << life_h << " " << restoration_h << " " << amounts[i];
      }
    }
}

TEST(DowntimeInPeriod, EveryChanceFarFromTheMeanToo) {
  const SeriesTerm term = term_of(unit(1000, 1), {0, 1});
  std::vector<double> amounts;
  for (double x = 1; x < 16; x += 1) amounts.push_back(x);
  const auto result = downtime_in_period({&term, 1}, kMonth, amounts, 1e9);
  ASSERT_TRUE(result.has_value());
  EXPECT_LT(result->above.back(), 1e-5);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const double expected = unit_above(1000, 1, amounts[i], kMonth);
    EXPECT_NEAR(result->above[i] / expected, 1, 1e-5) << amounts[i];
  }
}

// Most of the period, where being down all the time is not far.
TEST(DowntimeInPeriod, MoreThanHalfOfIt) {
  const SeriesTerm term = term_of(unit(1000, 600), {0, 1});
  for (const double amount : {0.4 * kMonth, 0.5 * kMonth, 0.7 * kMonth, 0.85 * kMonth, 0.97 * kMonth, 0.999 * kMonth}) {
    const auto result = downtime_in_period({&term, 1}, kMonth, {&amount, 1}, 1e9);
    ASSERT_TRUE(result.has_value()) << result.error();
    EXPECT_NEAR(result->above[0] / unit_above(1000, 600, amount, kMonth), 1, amount < 0.9 * kMonth ? 1e-3 : 0.01)
        << amount;
  }
}

// Two in series as one chain, and as two terms, of which what falls together counts twice.
TEST(DowntimeInPeriod, TermsAreAddedWithinTheBound) {
  const double la = 1.0 / 300, ma = 1, lb = 1.0 / 500, mb = 0.5;
  const Chain both{{0, 2, 4, 6, 8}, {1, 2, 0, 3, 3, 0, 2, 1}, {la, lb, ma, lb, la, mb, ma, mb}, 0};
  SeriesTerm joint = term_of(both, {0, 1, 1, 1});
  std::vector<SeriesTerm> apart{term_of(unit(300, 1), {0, 1}), term_of(unit(500, 2), {0, 1})};
  apart[0].failures_per_h = 1 / 301.0;
  apart[1].failures_per_h = 1 / 502.0;
  const std::vector<double> amounts{0, 0.5, 2, 6};
  const auto one = downtime_in_period({&joint, 1}, kMonth, amounts, 1e9);
  const auto two = downtime_in_period(apart, kMonth, amounts, 1e9);
  ASSERT_TRUE(one && two);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    EXPECT_NEAR(one->above[i], two->above[i], two->error_bound) << amounts[i];
    EXPECT_GT(two->above[i], one->above[i] * (1 - 1e-9));
  }
  EXPECT_LT(two->error_bound, 0.05);
  EXPECT_LT(one->error_bound, 1e-8);
}

// Equal terms are as many copies of one.
TEST(DowntimeInPeriod, EqualTermsAreCounted) {
  SeriesTerm one = term_of(unit(3000, 1), {0, 1}), many = one;
  many.times = 3;
  const std::vector<SeriesTerm> three{one, one, one};
  const std::vector<double> amounts{0, 1, 3};
  const auto counted = downtime_in_period({&many, 1}, kMonth, amounts, 1e9);
  const auto listed = downtime_in_period(three, kMonth, amounts, 1e9);
  ASSERT_TRUE(counted && listed);
  for (std::size_t i = 0; i < amounts.size(); ++i) EXPECT_NEAR(counted->above[i], listed->above[i], 1e-12);
}

Chain random_chain(std::mt19937& random, std::size_t states) {
  std::uniform_real_distribution<double> rate(-7, 3);
  Chain chain;
  chain.row_begin.push_back(0);
  for (std::size_t s = 0; s < states; ++s) {
    for (std::size_t t = 0; t < states; ++t) {
      if (t == s || (t != (s + 1) % states && random() % 4 != 0)) continue;
      chain.target.push_back(static_cast<StateIndex>(t));
      // Far from the start it is rarely gone to, and soon left.
      chain.rate.push_back(std::exp(rate(random) + (t > s ? -1.5 : 1.5)));
    }
    chain.row_begin.push_back(chain.target.size());
  }
  return chain;
}

TEST(DowntimeInPeriod, WhatIsLeftOutStaysWithinItsBound) {
  std::mt19937 random(7);
  int smaller = 0;
  for (int round = 0; round < 20; ++round) {
    const Chain chain = random_chain(random, 14);
    std::vector<char> down(chain.size(), 0);
    for (std::size_t s = 5; s < down.size(); ++s) down[s] = static_cast<char>(random() % 2);
    down[6] = 1;
    const SeriesTerm all = term_of(chain, down), some = term_of(chain, down, {11, 6});
    const std::vector<double> amounts{0, 0.1, 1, 5};
    const auto whole = downtime_in_period({&all, 1}, kMonth, amounts, 1e9);
    const auto part = downtime_in_period({&some, 1}, kMonth, amounts, 1e9);
    ASSERT_TRUE(whole && part);
    if (part->error_bound < 0.5) ++smaller;
    for (std::size_t i = 0; i < amounts.size(); ++i)
      EXPECT_NEAR(part->above[i], whole->above[i], part->error_bound + 1e-9) << round << " " << amounts[i];
  }
  EXPECT_GT(smaller, 2);
}

// E[exp(-theta D)] by small steps of the matrix of transitions, in long double.
long double stepped(const Chain& chain, const std::vector<char>& down, const std::vector<double>& start, double theta,
                    double period) {
  const std::size_t n = chain.size();
  long double fastest = theta;
  std::vector<long double> out(n, 0);
  for (std::size_t s = 0; s < n; ++s) {
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) out[s] += chain.rate[t];
    fastest = std::max(fastest, out[s] + theta);
  }
  // Uniformised, and squared: a step of 2^-k of the period.
  int doublings = 0;
  for (long double q = fastest * period; q > 0.01L; q /= 2) ++doublings;
  const long double h = period / std::pow(2.0L, doublings);
  std::vector<long double> power(n * n, 0), next(n * n), term(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) power[i * n + i] = term[i * n + i] = 1;
  for (int k = 1; k < 14; ++k) {
    std::fill(next.begin(), next.end(), 0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t s = 0; s < n; ++s) {
        const long double x = term[i * n + s] * h / k;
        next[i * n + s] -= x * (out[s] + (down[s] ? theta : 0));
        for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
          next[i * n + chain.target[t]] += x * chain.rate[t];
      }
    term = next;
    for (std::size_t i = 0; i < n * n; ++i) power[i] += term[i];
  }
  for (int d = 0; d < doublings; ++d) {
    std::fill(next.begin(), next.end(), 0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t j = 0; j < n; ++j) next[i * n + j] += power[i * n + k] * power[k * n + j];
    power.swap(next);
  }
  long double sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) sum += start[i] * power[i * n + j];
  return sum;
}

TEST(DowntimeTransform, IsThatOfTheChain) {
  std::mt19937 random(11);
  for (int round = 0; round < 10; ++round) {
    const Chain chain = random_chain(random, 10);
    const std::vector<char> down{0, 0, 0, 0, 1, 0, 1, 1, 0, 1};
    const auto pi = long_run(chain);
    const UpDownChain whole{chain, down, pi, std::vector<double>(chain.size(), 0), 0, 0, true};
    const auto transform = DowntimeTransform::of(whole, 50, {0.6, 1000}, 1e9);
    ASSERT_TRUE(transform.has_value());
    for (const double theta : {0.6, 3.0, 20.0}) {
      const std::complex<double> at = theta;
      const double expected = static_cast<double>(1 - stepped(chain, down, pi, theta, 50));
      EXPECT_NEAR((*transform)({&at, 1})[0].real(), expected, 1e-8) << round << " " << theta;
    }
  }
}

// Twenty states that are passed through in step: down once every ten days, nearly by the clock.
TEST(DowntimeTransform, OfARing) {
  Chain ring;
  ring.row_begin.push_back(0);
  for (StateIndex s = 0; s < 20; ++s) {
    ring.target.push_back((s + 1) % 20);
    ring.rate.push_back(20.0 / 240);
    ring.row_begin.push_back(s + 1);
  }
  std::vector<char> down(20, 0);
  down[10] = 1;
  const std::vector<double> pi(20, 0.05);
  const UpDownChain whole{ring, down, pi, std::vector<double>(20, 0), 0, 0, true};
  const auto transform = DowntimeTransform::of(whole, kMonth, {0.05, 1000}, 1e9);
  ASSERT_TRUE(transform.has_value());
  for (const double theta : {0.05, 0.5, 3.0}) {
    const std::complex<double> at = theta;
    EXPECT_NEAR((*transform)({&at, 1})[0].real(), static_cast<double>(1 - stepped(ring, down, pi, theta, kMonth)), 1e-8)
        << theta;
  }
}

// Rare outages with two ways to end them are a stream to a few parts in a thousand.
TEST(OutageStream, IsCloseWhereOutagesAreRare) {
  const Chain chain{{0, 2, 3, 4}, {1, 2, 0, 0}, {1.0 / 4000, 1.0 / 9000, 6, 0.5}, 0};
  const UpDownChain whole{chain, {0, 1, 1}, long_run(chain), {0, 0, 0}, 0, 0, false};
  const auto exact = DowntimeTransform::of(whole, kMonth, {0.1, 1000}, 1e9);
  const auto stream = OutageStream::of(whole, kMonth, 1e9);
  ASSERT_TRUE(exact && stream);
  EXPECT_NEAR(exact->any(), stream->any(), 1e-10);
  EXPECT_NEAR(stream->clump(), 1, 0.01);
  for (const double theta : {0.1, 1.0, 10.0}) {
    const std::complex<double> at = theta;
    const double is = (*exact)({&at, 1})[0].real();
    EXPECT_NEAR((*stream)({&at, 1})[0].real() / is, 1, 0.005) << theta;
  }
}

// Where a month sees more states than can be followed nothing is said of a target, rather than something of no worth.
TEST(DowntimeTarget, IsLeftOutWhereABoundSaysNothing) {
  std::string links;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 4; ++column) {
      const int at = 4 * row + column;
      if (column < 3) links += fmt::format("[n{}, n{}, line], ", at, at + 1);
      if (row < 2) links += fmt::format("[n{}, n{}, line], ", at, at + 4);
    }
  links.resize(links.size() - 2);
  const auto [model, said] =
      test::read("nines: 1\ntypes: {line: {mtbf: 40 h, mttr: 20 h}}\nnetworks: {net: {nodes: {}, links: [" + links +
                 "], connect: [n0, n11]}}\nsystem: net\n"
                 "target: {downtime: {at_most: 1 h, per: month, probability: 90 %}}\n");
  ASSERT_TRUE(said.empty());
  const auto answer = solve(model);
  ASSERT_TRUE(answer.has_value());
  EXPECT_FALSE(answer->measures.breach_probability.has_value());
  EXPECT_TRUE(answer->targets.empty());
  EXPECT_TRUE(std::any_of(answer->method.notes.begin(), answer->method.notes.end(), [](const std::string& note) {
    return note.find("too many states for any") != std::string::npos;
  }));
}

}  // namespace
}  // namespace nines::markov
