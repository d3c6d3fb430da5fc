// Generated models: the simulator against the analytic engine. Both explore the same process; what is tested is that
// the one plays what the other solves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "model/markov/solve.hpp"
#include "tests/differential/random_model.hpp"
#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

double distance(const Answer& played, const char* measure, double got, double wanted) {
  return (std::log(got) - std::log(wanted)) / (error_of(played, measure) / got);
}

// Each distance is nearly standard normal: beyond 4.5 is 1 in 150 000, and the sum of squares of n of them is within
// n +- 4 sqrt(2 n) but for 1 in 10 000. A bias of 1 % is seen where the errors are about as small: see the next test.
TEST(Agreement, GeneratedModels) {
  double squares = 0, sum = 0, served_squares = 0;
  int count = 0, served_count = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Model model = random_model(seed);
    markov::SolveOptions small;
    small.max_states = 3000;
    const auto solved = markov::solve(model, small);
    if (!solved || *solved->measures.unavailability < 1e-6) continue;
    SCOPED_TRACE(seed);
    const Answer played = simulated(model, 60);
    if (played.simulated->outages < 200) continue;
    const auto compare = [&](const char* measure, const std::optional<double>& got,
                             const std::optional<double>& wanted) {
      const double z = distance(played, measure, *got, *wanted);
      EXPECT_LT(std::abs(z), 4.5) << measure << ": played " << *got << ", solved " << *wanted;
      squares += z * z;
      sum += z;
      ++count;
    };
    compare("unavailability", played.measures.unavailability, solved->measures.unavailability);
    compare("failures_per_year", played.measures.failures_per_year, solved->measures.failures_per_year);
    ASSERT_EQ(played.unserved.has_value(), solved->unserved.has_value());
    if (solved->unserved && *solved->unserved > 1e-6 && played.simulated->shortfalls >= 200) {
      const Interval& ends = *played.unserved_interval;
      const double error = (ends.second - ends.first) / (2 * 1.959964) / *played.unserved;
      const double z = std::log(*played.unserved / *solved->unserved) / std::max(error, 1e-9);
      EXPECT_LT(std::abs(z), 4.5) << "unserved: played " << *played.unserved << ", solved " << *solved->unserved;
      served_squares += z * z;
      ++served_count;
    }
    for (std::size_t c = 0; c < solved->components.size(); ++c) {
      EXPECT_EQ(played.components[c].name, solved->components[c].name);
      EXPECT_NEAR(played.components[c].downtime_share, solved->components[c].downtime_share, 0.12);
    }
  }
  EXPECT_GT(served_count, 15);
  EXPECT_LT(std::abs(served_squares - served_count), 4 * std::sqrt(2.0 * served_count) + 0.3 * served_count);
  EXPECT_GT(count, 60);
  EXPECT_LT(std::abs(squares - count), 4 * std::sqrt(2.0 * count) + 0.3 * count);
  EXPECT_LT(std::abs(sum), 5 * std::sqrt(2.0 * count));  // two measures of one model hang together
}

// The test of the test: one clock 3 % off is found.
TEST(Agreement, ABiasIsSeen) {
  Model model = model_from(
      "components: {a: {redundancy: primary-standby, mtbf: 200 h, mttr: 20 h, detection: 6 min, failover: 30 min}}");
  const double wanted = *markov::solve(model)->measures.unavailability;
  const Answer fair = simulated(model, 6000);
  EXPECT_LT(std::abs(distance(fair, "unavailability", *fair.measures.unavailability, wanted)), 4);
  for (auto& mode : model.units[0].modes) mode.recovery[0].takes = Law::exponential(20 * 1.03);
  const Answer biased = simulated(model, 6000);
  EXPECT_GT(distance(biased, "unavailability", *biased.measures.unavailability, wanted), 4);
}

}  // namespace
}  // namespace nines::test
