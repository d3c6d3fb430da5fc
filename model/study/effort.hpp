// What a plain simulation of a model would take, before it is run. Estimates to choose a plan by, good to a factor of
// two.
#pragma once

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"

namespace nines::study {

// Clocks that ring in a year of the model: failures and restorations of all units that take part, and what a failure
// sets off in its group.
[[nodiscard]] double events_per_year(const Model& model);

// Outages to see before half the 95 % interval of the unavailability is `precision` of it, if outages come at random
// and their lengths scatter as exponentials do.
[[nodiscard]] double outages_needed(double precision);

// Events that one thread plays in a second, roughly.
inline constexpr double kEventsPerSecond = 1e7;

struct Effort {
  double years = 0;         // that the run would play
  double outages = 0;       // expected in them
  double years_needed = 0;  // for the wanted precision; infinite where there are no outages
  double seconds_needed = 0;
};
// `years` as asked for, or what `max_events` are enough for when it is 0.
[[nodiscard]] Effort effort(const Model& model, const Answer& solved, double years, double max_events, double precision,
                            unsigned threads);

}  // namespace nines::study
