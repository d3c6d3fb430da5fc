// From time 0 on: generated models against the solver, and a closed form that a bias of 3 % would miss.
#include <gtest/gtest.h>

#include <cmath>

#include "model/markov/solve.hpp"
#include "sim/simulate.hpp"
#include "tests/differential/random_model.hpp"
#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

Answer played_at(const Model& model, const std::vector<double>& at_h, double years, std::uint64_t seed = 1) {
  sim::SimulateOptions options;
  options.seed = seed;
  options.years = years;
  options.jobs = 1;
  options.at_h = at_h;
  const Model* const models[] = {&model};
  return sim::simulate(models, options)->front();
}

double error_at(const AtTime& at, const char* measure) {
  const Interval* interval = interval_at(at, measure);
  return interval ? (interval->second - interval->first) / 2 / 1.96 : 0;
}

TEST(OverTime, ClosedForms) {
  const Model model = model_from("components: {a: {mtbf: 100 h, mttr: 25 h}}");
  const Answer answer = played_at(model, {40, 10}, 100);  // 21 900 histories
  for (const AtTime& at : answer.at) {
    const double t = at.time_h, gone = -std::expm1(-0.05 * t);
    const auto expect = [&](const char* name, const std::optional<double>& got, double want) {
      ASSERT_TRUE(got.has_value());
      EXPECT_NEAR(*got, want, 4 * error_at(at, name)) << name;
      EXPECT_LT(error_at(at, name), 0.03 * want) << name;
    };
    expect("point_unavailability", at.point_unavailability, 0.2 * gone);
    expect("interval_unavailability", at.interval_unavailability, 0.2 * (1 - gone / (0.05 * t)));
    expect("unreliability", at.unreliability, -std::expm1(-0.01 * t));
    EXPECT_DOUBLE_EQ(*at.reliability + *at.unreliability, 1);
  }
}

// What happens at the very moment has happened.
TEST(OverTime, FixedLives) {
  const Model model = model_from("components: {a: {mtbf: {fixed: 100 h}, mttr: {fixed: 10 h}}}");
  const Answer answer = played_at(model, {99, 100, 105, 110, 210}, 1);
  EXPECT_FALSE(answer.at[0].point_unavailability.has_value());  // never seen
  EXPECT_EQ(interval_at(answer.at[0], "unreliability")->first, 0);
  EXPECT_EQ(*answer.at[1].point_unavailability, 1);
  EXPECT_EQ(*answer.at[1].unreliability, 1);
  EXPECT_NEAR(*answer.at[2].interval_unavailability, 5.0 / 105, 1e-12);
  EXPECT_FALSE(answer.at[3].point_unavailability.has_value());
  EXPECT_NEAR(*answer.at[3].interval_unavailability, 10.0 / 110, 1e-12);
  EXPECT_EQ(*answer.at[4].point_unavailability, 1);
}

// Distances are nearly standard normal: beyond 4.5 is 1 in 150 000, and so is a sum of squares far from their number.
TEST(OverTime, GeneratedModelsAgreeWithTheSolver) {
  double squares = 0;
  int count = 0;
  markov::SolveOptions options;
  options.max_states = 2000;
  options.at_h = {30, 300};
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    const Model model = random_model(seed);
    const auto solved = markov::solve(model, options);
    if (!solved) continue;
    const Answer played = played_at(model, options.at_h, 70, seed);  // 2044 histories
    for (std::size_t i = 0; i < options.at_h.size(); ++i) {
      const AtTime &got = played.at[i], &want = solved->at[i];
      const auto compare = [&](const char* name, const std::optional<double>& a, const std::optional<double>& b) {
        if (!a || !b || *b < 0.05 || *b > 0.95) return;  // 100 histories saw it
        const double z = (*a - *b) / error_at(got, name);
        EXPECT_LT(std::abs(z), 4.5) << name << ": played " << *a << ", solved " << *b;
        squares += z * z;
        ++count;
      };
      compare("point_unavailability", got.point_unavailability, want.point_unavailability);
      compare("interval_unavailability", got.interval_unavailability, want.interval_unavailability);
      compare("unreliability", got.unreliability, want.unreliability);
    }
  }
  EXPECT_GT(count, 30);
  EXPECT_LT(std::abs(squares - count), 5 * std::sqrt(4.0 * count));  // those of one model hang together
}

}  // namespace
}  // namespace nines::test
