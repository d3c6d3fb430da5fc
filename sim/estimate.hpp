// Many records made into one answer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/answer/answer.hpp"
#include "sim/history/record.hpp"
#include "sim/simulate.hpp"
#include "sim/statistics/first_outage.hpp"
#include "sim/statistics/tally.hpp"

namespace nines::sim {

class Estimate {
 public:
  Estimate(const Script& script, const Watch& watch);

  // In order of the histories' numbers: sums are of floating numbers.
  void add(const Record& record);

  [[nodiscard]] std::uint64_t histories() const { return down_share_.count(); }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] double years() const;
  // Relative, of the unavailability's interval; infinite when no outage was seen.
  [[nodiscard]] double half_width() const;
  [[nodiscard]] double unavailability() const { return down_share_.mean(); }

  [[nodiscard]] Answer answer() const;

 private:
  struct OfComponent {
    Moments down_share;
    double failures = 0;
    std::array<double, kCauses> critical_h{};
    double entry_h = 0;
  };
  // A promise on the downtime of a period that histories may break.
  struct Bound {
    double minutes = 0;
    std::string meaning;
    Moments share;  // of a history's periods that are above
  };
  struct OfPeriod {
    std::string of;
    MinutesHistogram minutes;
    std::vector<Bound> bounds;
  };

  void add_period(const std::string& of, std::size_t period);
  [[nodiscard]] double counted_h() const;  // of all histories
  [[nodiscard]] Interval unavailability_interval() const;
  [[nodiscard]] Interval unserved_interval() const;
  [[nodiscard]] Interval none_seen() const;
  [[nodiscard]] Interval amount_interval(double mean, double standard_error) const;
  void fill_measures(Answer& answer) const;
  void fill_served(Answer& answer) const;
  void fill_components(Answer& answer) const;
  void fill_target(Answer& answer) const;
  void fill_simulated(Answer& answer) const;
  [[nodiscard]] Interval share_above(const OfPeriod& period, const Bound& bound) const;

  const Script& script_;
  Watch watch_;
  Moments down_share_, planned_share_, failures_, unserved_;
  FirstOutage first_outage_;
  double together_ = 0;  // sum of products of the deviations of down_share_ and failures_ from their means
  std::vector<OfComponent> watched_;
  double several_h_ = 0;
  std::uint64_t events_ = 0, outages_ = 0, shortfalls_ = 0;
  std::vector<OfPeriod> periods_;
  MinutesHistogram outage_lengths_;
  std::vector<WorstCase> worst_years_, worst_outages_;
};

}  // namespace nines::sim
