// What happens from time 0 on: histories of their own, short ones, whose beginning is what counts.
#pragma once

#include <atomic>
#include <span>
#include <vector>

#include "model/answer/at_time.hpp"
#include "sim/history/record.hpp"
#include "sim/simulate.hpp"
#include "sim/statistics/tally.hpp"

namespace nines::sim {

// Counts what records say of some times.
class OverTime {
 public:
  explicit OverTime(std::span<const double> times);

  // Of a history watched from 0 until after the last of the times.
  void add(const Record& record);
  [[nodiscard]] std::uint64_t histories() const { return histories_; }
  // Of the time down until the last time, relative to it: half of its interval. Infinite when it was never seen down.
  [[nodiscard]] double half_width() const;
  // With 95 % intervals: exact ones of shares (Clopper & Pearson 1934) for the point measures and the reliability. What
  // was never seen has no value, only an interval.
  [[nodiscard]] std::vector<AtTime> answer() const;

 private:
  struct Seen {
    double time_h = 0;
    std::uint64_t down = 0, failed = 0;
    Moments share;  // of the time down
  };
  [[nodiscard]] Interval share_of(const Seen& seen) const;

  std::vector<Seen> seen_;
  std::size_t last_ = 0;  // the latest time
  std::uint64_t histories_ = 0;
};

struct PlayedOverTime {
  std::vector<std::vector<AtTime>> by_model;  // in the order of the scripts and of SimulateOptions::at_h
  std::uint64_t histories = 0;
  bool stopped = false;
};

// With streams that no other history uses, so that these say nothing twice; the same for any number of threads. As many
// histories as make up the years asked for; else until the time down until the last time is known to the precision
// asked for; never more than the events allowed, of which a history costs one for each clock too.
[[nodiscard]] PlayedOverTime play_over_time(std::span<const Script* const> scripts, const SimulateOptions& options,
                                            const std::atomic<bool>* stop);

}  // namespace nines::sim
