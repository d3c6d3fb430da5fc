// Whether two engines say the same: estimates of a simulation beside the values of the analytic engine. Takes answers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"

namespace nines::study {

// Below so many outages (or histories, of a time to the first outage) an estimate scatters too oddly for a normal
// distance to mean what it says.
inline constexpr double kOutagesToDecide = 200;
// The probability that --verify calls engines that agree different.
inline constexpr double kFalseAlarm = 1e-3;

// Fills Simulated::agreement of `simulated` with every measure that both have and the simulation gives an interval for:
// of the system, the unavailability first, then of components. `distance` is not a number where too little was seen.
// It is taken between logarithms, (ln estimated - ln solved) / (standard error / estimated): near agreement that is the
// plain distance, and below a few hundred outages it is much nearer to normal (docs/simulation.md has the numbers).
// Of downtime the standard error is what the solved answer tells of its scatter at least (see expected_scatter()).
void compare_with(Answer& simulated, const Answer& solved, const Model& model);

// The distance in standard errors, the standard error being that of the 95 % interval, and relative to the estimate no
// less than `least`.
[[nodiscard]] double distance(double estimated, const Interval& interval, double solved, double least = 0);

// All comparisons of some answers taken together, at a false alarm rate of kFalseAlarm: Bonferroni over the measures,
// two-sided, normal but for the few histories that the standard error may come from (Student's t).
struct Verdict {
  std::uint64_t compared = 0;
  std::uint64_t undecidable = 0;  // measures of which too little was seen
  double limit = 0;               // a distance above it is a disagreement
  struct Worst {
    std::size_t answer = 0;  // which of the answers
    Agreement agreement;
  };
  std::optional<Worst> worst;  // the largest distance
  [[nodiscard]] bool agree() const;
};
[[nodiscard]] Verdict verify(std::span<const Answer> simulated);
[[nodiscard]] Verdict verify(const Answer& simulated);

}  // namespace nines::study
