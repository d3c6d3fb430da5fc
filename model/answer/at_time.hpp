// What an engine says of one moment, and of the time from 0 until then.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/answer/interval.hpp"

namespace nines {

// From time 0, when everything is new and up and the first nodes serve. Absent: see the notes.
struct AtTime {
  double time_h = 0;  // above 0
  // Up at the time; mean share of [0, time] up; no outage in [0, time]. And the same from the other side, which is not
  // got by subtracting from 1.
  std::optional<double> point_availability, interval_availability, reliability, point_unavailability,
      interval_unavailability, unreliability;
  std::optional<double> error_bound;                        // of the solver: relative, of each of these
  std::vector<std::pair<std::string, Interval>> intervals;  // by measure; simulation only
};

// Walks the measures as (name, value), in the order of CSV columns. One list for CSV, JSON and screens.
template <class AtTimeT, class Visit>
void for_each_measure_at(AtTimeT& at, Visit&& visit) {
  visit("point_availability", at.point_availability);
  visit("interval_availability", at.interval_availability);
  visit("reliability", at.reliability);
  visit("point_unavailability", at.point_unavailability);
  visit("interval_unavailability", at.interval_unavailability);
  visit("unreliability", at.unreliability);
}

// Those of `at` by name; null where there is none.
[[nodiscard]] const Interval* interval_at(const AtTime& at, const std::string& measure);

}  // namespace nines
