#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"
#include "tests/differential/naive.hpp"
#include "tests/differential/random_model.hpp"
#include "tests/differential/random_text.hpp"

namespace nines::test {
namespace {

constexpr std::size_t kMaxStates = 350;
constexpr double kRelative = 1e-10;

void expect_close(double got, double want, double floor, const std::string& what) {
  EXPECT_LE(std::abs(got - want), kRelative * std::abs(want) + floor) << what << ": " << got << " instead of " << want;
}

double minutes_of(const Answer& answer, const CauseShare& wanted) {
  double minutes = 0;
  for (const CauseShare& row : answer.causes)
    if (row.component == wanted.component && row.cause == wanted.cause) minutes += row.downtime_min_per_year;
  return minutes;
}

void compare(const Importance& got, const Importance& want, const std::string& name) {
  expect_close(got.criticality.value(), want.criticality.value(), 1e-12, name + " criticality");
  expect_close(got.fussell_vesely.value(), want.fussell_vesely.value(), 1e-12, name + " Fussell-Vesely");
  expect_close(got.raw.value(), want.raw.value(), 1e-12, name + " RAW");
  // Both may be so near to infinity that elimination does not tell how near.
  const double least = want.rrw ? 1 / *want.rrw : 0;
  expect_close(got.rrw ? 1 / *got.rrw : 0, least, 1e-12, name + " RRW");
}

std::vector<std::vector<std::string>> sorted(const MinimalCutSets& cuts) {
  auto sets = cuts.sets;
  for (auto& set : sets) std::sort(set.begin(), set.end());
  std::sort(sets.begin(), sets.end());
  return sets;
}

// Against definitions, where the naive solver has them.
void compare_importance(const Answer& got, const Answer& want) {
  if (!want.cut_sets || *want.measures.unavailability <= 0) return;
  for (std::size_t i = 0; i < want.components.size(); ++i)
    compare(got.components[i].importance.value(), *want.components[i].importance, want.components[i].name);
  for (std::size_t i = 0; i < want.infrastructure.size(); ++i) {
    const InfrastructureShare &g = got.infrastructure[i], &w = want.infrastructure[i];
    if (!w.importance) continue;
    expect_close(g.birnbaum.value(), w.birnbaum.value(), 1e-17, w.name + " birnbaum");
    compare(g.importance.value(), *w.importance, w.name);
  }
  EXPECT_FALSE(got.cut_sets->truncated);
  EXPECT_EQ(sorted(*got.cut_sets), sorted(*want.cut_sets));
  for (std::size_t i = 1; i < got.cut_sets->sets.size(); ++i)
    EXPECT_LE(got.cut_sets->sets[i - 1].size(), got.cut_sets->sets[i].size());
}

// Every other model with importance measures, and every third taken apart given what it shares, however small it is.
markov::SolveOptions options_of(int model) {
  markov::SolveOptions options;
  options.importance = model % 2 == 1;
  if (model % 3 == 0) options.many_names = 2;
  return options;
}

void compare(const Answer& got, const Answer& want) {
  const double down = *want.measures.unavailability;
  expect_close(*got.measures.unavailability, down, 0, "unavailability");
  expect_close(*got.measures.availability, *want.measures.availability, 0, "availability");
  expect_close(*got.measures.failures_per_year, *want.measures.failures_per_year, 0, "failures_per_year");
  if (want.measures.mttff_h) {
    ASSERT_TRUE(got.measures.mttff_h.has_value());
    expect_close(*got.measures.mttff_h, *want.measures.mttff_h, 0, "mttff_h");
  }
  ASSERT_EQ(got.measures.planned_unavailability.has_value(), want.measures.planned_unavailability.has_value());
  if (want.measures.planned_unavailability)
    expect_close(*got.measures.planned_unavailability, *want.measures.planned_unavailability, down * 1e-11, "planned");
  ASSERT_EQ(got.measures.served.has_value(), want.measures.served.has_value());
  if (want.measures.served) {
    expect_close(*got.measures.served, *want.measures.served, 0, "served");
    expect_close(*got.unserved, *want.unserved, 1e-15, "unserved");
  }
  ASSERT_EQ(got.components.size(), want.components.size());
  for (std::size_t i = 0; i < want.components.size(); ++i) {
    const ComponentShare &g = got.components[i], &w = want.components[i];
    ASSERT_EQ(g.name, w.name);
    expect_close(g.unavailability, w.unavailability, 1e-17, w.name + " unavailability");
    expect_close(g.failures_per_year, w.failures_per_year, 1e-13, w.name + " failures");
    expect_close(g.birnbaum.value(), w.birnbaum.value(), 1e-17, w.name + " birnbaum");
    expect_close(g.downtime_share, w.downtime_share, 1e-11, w.name + " share");
  }
  const double floor = down * 525600 * 1e-11;
  for (const CauseShare& row : want.causes)
    expect_close(minutes_of(got, row), row.downtime_min_per_year, floor,
                 row.component.value_or("several") + " / " + (row.cause ? to_string(*row.cause) : "at once"));
  for (const CauseShare& row : got.causes)
    expect_close(row.downtime_min_per_year, minutes_of(want, row), floor, row.component.value_or("several"));
  ASSERT_EQ(got.infrastructure.size(), want.infrastructure.size());
  for (std::size_t i = 0; i < want.infrastructure.size(); ++i)
    expect_close(got.infrastructure[i].downtime_share, want.infrastructure[i].downtime_share, 1e-11,
                 want.infrastructure[i].name);
}

// NINES_DIFFERENTIAL=N takes N models in place of the usual number.
TEST(Differential, LumpedAndModularEqualsOneChainOfEverything) {
  const char* wish = std::getenv("NINES_DIFFERENTIAL");
  const int wanted = wish ? std::atoi(wish) : 300;
  int compared = 0;
  for (std::uint64_t seed = 1; compared < wanted && seed < 20u * static_cast<std::uint64_t>(wanted); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Model model = random_model(seed);
    const auto want = solve_naively(model, kMaxStates);
    if (!want) continue;
    ++compared;
    const auto got = markov::solve(model, options_of(compared));
    ASSERT_TRUE(got.has_value()) << got.error().message;
    compare(*got, *want);
    if (compared % 2 == 1) compare_importance(*got, *want);
    if (HasFailure()) return;
  }
  EXPECT_EQ(compared, wanted);
}

// The same of files that mix what random_model() does not know. NINES_DIFFERENTIAL as above.
TEST(Differential, EveryRuleOfTheReference) {
  const char* wish = std::getenv("NINES_DIFFERENTIAL");
  const int wanted = wish ? std::atoi(wish) : 250;
  int compared = 0;
  for (std::uint64_t seed = 1; compared < wanted && seed < 20u * static_cast<std::uint64_t>(wanted); ++seed) {
    const std::string words = random_text(seed);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + words);
    const auto [model, said] = read(words);
    for (const auto& problem : said) ASSERT_NE(problem.severity, text::Severity::error) << problem.message;
    const auto want = solve_naively(model, kMaxStates);
    if (!want || *want->measures.unavailability > 0.999 || *want->measures.unavailability == 0) continue;
    const auto got = markov::solve(model, options_of(compared));
    ASSERT_TRUE(got.has_value()) << got.error().message;
    compare(*got, *want);
    if (compared % 2 == 1) compare_importance(*got, *want);
    ++compared;
    if (HasFailure()) return;
  }
  EXPECT_EQ(compared, wanted);
}

void compare_at(const AtTime& got, const AtTime& want) {
  std::vector<double> wanted;
  for_each_measure_at(want, [&](const char*, const auto& value) { wanted.push_back(*value); });
  std::size_t next = 0;
  for_each_measure_at(got, [&](const char* name, const auto& value) {
    ASSERT_TRUE(value.has_value()) << name << " at " << got.time_h;
    EXPECT_LE(std::abs(*value - wanted[next]), 1e-8 * wanted[next])
        << name << " at " << got.time_h << ": " << *value << " instead of " << wanted[next];
    ++next;
  });
}

// Both sides of all measures over time, of small models of either kind. NINES_DIFFERENTIAL as above.
TEST(Differential, OverTime) {
  constexpr std::size_t kFewStates = 50;
  const char* wish = std::getenv("NINES_DIFFERENTIAL");
  const int wanted = wish ? std::atoi(wish) : 40;
  markov::SolveOptions options;
  options.at_h = {0.01, 3, 500};
  int compared = 0;
  for (std::uint64_t seed = 1; compared < wanted && seed < 200u * static_cast<std::uint64_t>(wanted); ++seed) {
    const std::string words = random_text(seed);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + words);
    const Model model = seed % 2 == 0 ? random_model(seed) : read(words).model;
    const auto want = follow_naively(model, kFewStates, options.at_h);
    if (!want) continue;
    const auto got = markov::solve(model, options);
    ASSERT_TRUE(got.has_value()) << got.error().message;
    for (std::size_t i = 0; i < want->size(); ++i) compare_at(got->at[i], (*want)[i]);
    ++compared;
    if (HasFailure()) {
      for (const std::string& note : got->method.notes) ADD_FAILURE() << note;
      return;
    }
  }
  EXPECT_EQ(compared, wanted);
}

// Seeds of long runs that have found something.
TEST(Differential, SeedsThatOnceDiffered) {
  struct Seed {
    std::uint64_t seed;
    bool networks;
  };
  for (const Seed& once : {Seed{11955, false},   // a node out for maintenance that waits for a crew by priority
                           Seed{31078, false},   // a shock fails nodes of which another stands between
                           Seed{1441, true}}) {  // a network that only a shared cause takes down is in cut sets
    TextOptions options;
    options.networks = once.networks;
    const std::string words = random_text(once.seed, options);
    SCOPED_TRACE(words);
    const Model model = read(words).model;
    const auto got = markov::solve(model, options_of(1));
    const auto want = solve_naively(model, kMaxStates);
    compare(*got, *want);
    compare_importance(*got, *want);
  }
}

}  // namespace
}  // namespace nines::test
