// Chains over time: closed forms, and chains at random against dense matrices in long double.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "model/markov/transient/course.hpp"
#include "tests/markov/chains.hpp"
#include "tests/markov/dense_course.hpp"

namespace nines::markov {
namespace {

using test::chain_of;

std::vector<double> from_state(std::size_t states, StateIndex s) {
  std::vector<double> start(states, 0.0);
  start[s] = 1;
  return start;
}

std::vector<std::uint32_t> each_its_own(std::size_t states) {
  std::vector<std::uint32_t> class_of(states);
  for (std::uint32_t s = 0; s < states; ++s) class_of[s] = s;
  return class_of;
}

void expect_relative(double got, double want, double error, const std::string& what) {
  if (want == 0) {
    EXPECT_EQ(got, 0) << what;
    return;
  }
  EXPECT_NEAR(got / want, 1, error) << what << ": " << got << " for " << want;
}

TEST(Courses, TwoStates) {
  const double lambda = 1e-6, mu = 40;
  const std::vector<double> times = {1e-6, 1e-3, 0.1, 1, 24, 8760, 1e9};
  const auto courses =
      markov::courses(chain_of(2, {{0, 1, lambda}, {1, 0, mu}}), each_its_own(2), 2, from_state(2, 0), times);
  ASSERT_TRUE(courses.has_value()) << courses.error().message;
  EXPECT_LE(courses->error_bound, 1e-10);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double x = (lambda + mu) * times[i], share = lambda / (lambda + mu);
    const double down = share * -std::expm1(-x);
    // 1 - (1 - e^-x) / x by its series where it would cancel
    const double mean = x < 1e-2 ? share * (x / 2 - x * x / 6 + x * x * x / 24 - x * x * x * x / 120)
                                 : share * (1 + std::expm1(-x) / x);
    expect_relative(courses->at[1][i], down, 1e-10, "down at");
    expect_relative(courses->at[0][i], 1 - down, 1e-12, "up at");
    expect_relative(courses->mean[1][i], mean, 1e-10, "down mean");
  }
}

TEST(Courses, UnitsThatAreNeverRepairedAreABinomial) {
  // 12 units, rate 1e-4 each, beside a switch that goes off and on within seconds: stiff, and t^12 at first
  std::vector<test::Transition> transitions;
  constexpr StateIndex kUnits = 12;
  for (StateIndex k = 0; k <= kUnits; ++k) {
    transitions.emplace_back(2 * k, 2 * k + 1, 1e-3);
    transitions.emplace_back(2 * k + 1, 2 * k, 3600.0);
    if (k == kUnits) continue;
    for (const StateIndex off : {0U, 1U}) transitions.emplace_back(2 * k + off, 2 * k + 2 + off, 1e-4 * (kUnits - k));
  }
  std::vector<std::uint32_t> class_of;
  for (StateIndex s = 0; s < 2 * kUnits + 2; ++s) class_of.push_back(s / 2);
  const std::vector<double> times = {0.01, 1, 30, 200, 1000, 1e4, 5e4, 3e5};
  const auto courses = markov::courses(chain_of(2 * kUnits + 2, transitions), class_of, kUnits + 1,
                                       from_state(2 * kUnits + 2, 0), times);
  ASSERT_TRUE(courses.has_value()) << courses.error().message;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double gone = -std::expm1(-1e-4 * times[i]);
    double choose = 1;
    for (StateIndex k = 0; k <= kUnits; ++k) {
      expect_relative(courses->at[k][i], choose * std::pow(gone, k) * std::exp(-1e-4 * times[i] * (kUnits - k)), 1e-9,
                      std::to_string(k) + " of 12 at " + std::to_string(times[i]));
      choose *= static_cast<double>(kUnits - k) / (k + 1);
    }
  }
  EXPECT_LT(courses->at[12][0], 1e-70);
}

// 32 stages of one phase, 32 of another, and round, with and without something beside it that makes the chain stiff:
// P(in the first phase) is a sum of Poisson probabilities. Eigenvalues lie on a circle: the modes that last have an
// imaginary part twenty times the real one.
TEST(Courses, StagesInARingAreTailsOfGammas) {
  constexpr StateIndex kStages = 32;
  constexpr double kRate = 32.0 / 24;
  for (const double back : {0.0, 36000.0}) {
    const StateIndex sides = back > 0 ? 2 : 1, states = 2 * kStages * sides;
    std::vector<test::Transition> transitions;
    std::vector<std::uint32_t> class_of;
    for (StateIndex s = 0; s < states; ++s) {
      transitions.emplace_back(s, (s + sides) % states, kRate);
      if (sides == 2) transitions.emplace_back(s, s ^ 1U, s % 2 == 0 ? 1e-3 : back);
      class_of.push_back(s / sides < kStages ? 0 : 1);
    }
    const std::vector<double> times = {2, 30, 700};
    const auto courses = markov::courses(chain_of(states, transitions), class_of, 2, from_state(states, 0), times);
    ASSERT_TRUE(courses.has_value()) << courses.error().message;
    for (std::size_t i = 0; i < times.size(); ++i) {
      const long double x = kRate * static_cast<long double>(times[i]);
      long double term = std::exp(-x), phase[2] = {0, 0};
      for (StateIndex n = 0; n < 4000; ++n) {
        phase[n / kStages % 2] += term;
        term *= x / (n + 1);
      }
      for (const std::uint32_t c : {0U, 1U})
        expect_relative(courses->at[c][i], static_cast<double>(phase[c]), 1e-9,
                        std::to_string(c) + " at " + std::to_string(times[i]));
    }
  }
}

TEST(Courses, TwoClosedClassesAndSomethingOutOfReach) {
  const Chain chain = chain_of(6, {{0, 1, 1e-3}, {0, 3, 3e-3}, {1, 2, 1e3}, {2, 1, 4e3}, {4, 5, 1}, {5, 0, 1}});
  const std::vector<double> times = {1e-3, 1e6};
  const auto courses = markov::courses(chain, each_its_own(6), 6, from_state(6, 0), times);
  ASSERT_TRUE(courses.has_value()) << courses.error().message;
  EXPECT_EQ(courses->at[0][1], 0) << "e^-4000";
  expect_relative(courses->mean[0][1], 250 / 1e6, 1e-10, "mean of what is left");
  expect_relative(courses->at[1][1], 0.2, 1e-10, "pair");
  expect_relative(courses->at[2][1], 0.05, 1e-10, "pair");
  expect_relative(courses->at[3][1], 0.75, 1e-10, "end");
  EXPECT_EQ(courses->at[4][0], 0);
  EXPECT_EQ(courses->mean[5][1], 0);
}

TEST(Courses, WhatIsLeftKeepsItsDigits) {
  // up until the first failure of both of two units with repair: e^-s1 t in the end, with s1 from a quadratic
  const double l = 1e-2, m = 500;
  const auto ups = chain_of(4, {{0, 1, 2 * l}, {1, 0, m}, {1, 2, l}, {2, 3, 7.0}, {3, 0, 9.0}});
  const std::vector<char> down = {0, 0, 1, 1};
  const double b = 3 * l + m, root = std::sqrt(b * b - 8 * l * l), fast = (b + root) / 2, slow = 2 * l * l / fast;
  const std::vector<double> times = {1e-3, 1, 1e5, 2e7, 4e8, 1.5e9, 1e11};
  const auto courses = first_passage_courses(ups, down, from_state(4, 0), times);
  ASSERT_TRUE(courses.has_value()) << courses.error().message;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double left = (fast * std::exp(-slow * times[i]) - slow * std::exp(-fast * times[i])) / (fast - slow);
    if (left < 1e-280) {
      EXPECT_LT(courses->at[0][i], 1e-280);
    } else {
      expect_relative(courses->at[0][i], left, 1e-8, "left at " + std::to_string(times[i]));  // slow t has 16 digits
    }
  }
  EXPECT_LT(courses->at[0][5], 1e-200);
}

TEST(Courses, GoOnIntoTheSteadyState) {
  const auto cluster = test::workstation_cluster(4);
  std::vector<std::uint32_t> class_of;
  std::vector<double> reward;
  for (const char up : cluster.minimum) {
    class_of.push_back(up ? 0 : 1);
    reward.push_back(up ? 0 : 1);
  }
  const auto courses = markov::courses(cluster.chain, class_of, 2, from_state(820, 0), std::vector<double>{1e9});
  ASSERT_TRUE(courses.has_value()) << courses.error().message;
  expect_relative(courses->at[1][0], 3.701129864714548e-6, 1e-10, "unavailability");
}

// Three groups of nine with one crew for all, who starts with the first: what elimination says and what iteration does.
TEST(Courses, IterationSaysWhatEliminationDoes) {
  constexpr StateIndex kUnits = 9, kStates = 1000;
  constexpr std::uint32_t kClasses = 5;
  const StateIndex place[] = {1, 10, 100};
  std::vector<test::Transition> transitions;
  std::vector<std::uint32_t> class_of;  // most units of one group that are down, or four
  for (StateIndex s = 0; s < kStates; ++s) {
    bool busy = false;
    std::uint32_t most = 0;
    for (StateIndex g = 0; g < 3; ++g) {
      const StateIndex down = s / place[g] % 10;
      if (down < kUnits) transitions.emplace_back(s, s + place[g], 1e-4 * (g + 1) * (kUnits - down));
      if (down > 0 && !busy) transitions.emplace_back(s, s - place[g], g == 0 ? 3600.0 : 0.5);
      busy = busy || down > 0;
      most = std::max(most, down);
    }
    class_of.push_back(std::min(most, kClasses - 1));
  }
  const Chain chain = chain_of(kStates, transitions);
  std::vector<double> start(kStates, 0.0);
  start[0] = 0.75;
  start[22] = 0.25;
  const std::vector<double> times = {0.001, 0.5, 8, 24, 30, 8760, 87600};
  CourseOptions eliminating, iterating;
  eliminating.most_eliminated = 1e9;
  iterating.most_eliminated = 0;
  const auto one = markov::courses(chain, class_of, kClasses, start, times, eliminating);
  const auto other = markov::courses(chain, class_of, kClasses, start, times, iterating);
  ASSERT_TRUE(one.has_value()) << one.error().message;
  ASSERT_TRUE(other.has_value()) << other.error().message;
  EXPECT_NE(one->at, other->at);  // two ways, to the last digit
  const double bound = one->error_bound + other->error_bound;
  EXPECT_LE(bound, 2e-10);
  for (std::size_t i = 0; i < times.size(); ++i)
    for (std::uint32_t c = 0; c < kClasses; ++c) {
      const std::string what = std::to_string(c) + " down at " + std::to_string(times[i]);
      expect_relative(other->at[c][i], one->at[c][i], bound, what);
      expect_relative(other->mean[c][i], one->mean[c][i], bound, what);
    }
  EXPECT_LT(one->at[4][5], 1e-8);
}

// NINES_TRANSIENT=N takes N chains in place of the usual number.
class CoursesAtRandom : public testing::TestWithParam<double> {};

TEST_P(CoursesAtRandom, AgainstDenseMatrices) {
  CourseOptions options;
  options.most_eliminated = GetParam();
  const char* wish = std::getenv("NINES_TRANSIENT");
  const int rounds = wish ? std::atoi(wish) : 40;
  int refused = 0;
  constexpr int kFoundBefore = 4573;  // where a kill is nothing beside the fastest state
  for (int next = 1; next <= rounds + 1; ++next) {
    const int round = next <= rounds ? next : kFoundBefore;
    std::mt19937_64 random(static_cast<std::uint64_t>(round));
    const auto upto = [&](std::uint64_t n) { return static_cast<StateIndex>(random() % n); };
    const StateIndex n = 2 + upto(24);
    const double orders = 3 + upto(10);
    const auto rate = [&] { return std::pow(10.0, -7 + orders * static_cast<double>(random() % 10000) / 10000); };
    std::vector<test::Transition> transitions;
    // at random; back and forth; equal stages in a ring; not irreducible; such a ring that is entered and left rarely
    const StateIndex shape = upto(5), stages = 4 + upto(28);
    const double equal = rate();
    for (StateIndex s = 0; s + 1 < n; ++s) {
      if (shape == 2) {
        transitions.emplace_back(s, s + 1, s % stages == stages - 1 ? rate() : equal);
        if (s + 2 == n) transitions.emplace_back(n - 1, 0, equal);
      } else if (shape == 4) {
        transitions.emplace_back(s, s + 1, s == 0 ? 1e-7 * equal : equal);
        if (s + 2 == n && n > 2) transitions.emplace_back(n - 1, 1, equal);
        if (s + 2 == n) transitions.emplace_back(n - 1, 0, equal * 1e-4);
      } else {
        const StateIndex other = upto(s + 1);
        transitions.emplace_back(other, s + 1, rate());
        if (shape != 3 || upto(3) > 0) transitions.emplace_back(s + 1, shape == 1 ? other : upto(s + 1), rate());
      }
    }
    for (StateIndex k = upto(shape == 2 || shape == 4 ? 3 : n + 1); k > 0; --k) {
      const StateIndex from = upto(n), to = upto(n);
      if (from == to) continue;
      transitions.emplace_back(from, to, rate());
      if (shape == 1) transitions.emplace_back(to, from, rate());
    }
    const Chain chain = chain_of(n, transitions);
    const std::uint32_t classes = 2 + upto(3);
    std::vector<std::uint32_t> class_of;
    for (StateIndex s = 0; s < n; ++s) class_of.push_back(upto(classes));
    std::vector<double> start = from_state(n, upto(n));
    if (upto(3) == 0) {
      start.assign(n, 0.0);
      for (int k = 0; k < 4; ++k) start[upto(n)] += 0.25;
    }
    const double last = std::pow(10.0, -3 + static_cast<double>(random() % 1200) / 100);
    const auto dense = test::dense_course(chain, last);
    std::vector<std::size_t> which;
    for (int k = 0; k < 6; ++k) which.push_back(upto(dense.times.size()));
    std::vector<double> times;
    for (const std::size_t w : which) times.push_back(dense.times[w]);
    const auto courses = markov::courses(chain, class_of, classes, start, times, options);
    if (!courses) {
      ++refused;
      if (wish) std::printf("round %d: %s\n", round, courses.error().message.c_str());
      continue;
    }
    for (std::size_t i = 0; i < times.size(); ++i) {
      std::vector<long double> at(classes), mean(classes);
      for (StateIndex s = 0; s < n; ++s)
        for (StateIndex to = 0; to < n; ++to) {
          at[class_of[to]] += static_cast<long double>(start[s]) * dense.at[which[i]][s][to];
          mean[class_of[to]] += static_cast<long double>(start[s]) * dense.mean[which[i]][s][to];
        }
      for (std::uint32_t c = 0; c < classes; ++c) {
        const std::string what = "round " + std::to_string(round) + " shape " + std::to_string(shape) + " class " +
                                 std::to_string(c) + " at " + std::to_string(times[i]);
        // where a class is left for good the dense matrices have lost it below
        if (at[c] > 1e-250L) expect_relative(courses->at[c][i], static_cast<double>(at[c]), 1e-9, what);
        if (mean[c] > 1e-250L) expect_relative(courses->mean[c][i], static_cast<double>(mean[c]), 1e-9, what + " mean");
      }
    }
    if (wish && round % 100 == 0) std::fprintf(stderr, "%d\n", round);
    if (HasFailure() && !wish) return;
  }
  if (wish) std::printf("%d of %d refused\n", refused, rounds);
  EXPECT_LE(refused, rounds / 50);
}

INSTANTIATE_TEST_SUITE_P(ByEliminationOrIteration, CoursesAtRandom, testing::Values(1e9, 0.0),
                         [](const auto& one) { return one.param > 0 ? "Elimination" : "Iteration"; });

}  // namespace
}  // namespace nines::markov
