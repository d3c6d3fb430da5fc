#include "sim/over_time.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <tuple>

#include "sim/crowd.hpp"
#include "sim/history/script.hpp"

namespace nines::sim {
namespace {

constexpr double kHoursPerYear = 8760;
constexpr std::uint64_t kFirstHistory = std::uint64_t{1} << 62;  // far from those of the long run
constexpr double kFewest = 1000, kMost = 1'000'000;
constexpr double kNextLook = 1.25;  // looking often would stop on lucky runs

// Downtime of [0, time] in an outage.
double within(const WorstCase& outage, double time) {
  return std::max(0.0, std::min(time, outage.start_h + outage.length_h) - outage.start_h);
}

std::pair<std::optional<double>, std::optional<double>> sides(std::uint64_t hits, std::uint64_t all) {
  if (hits == 0) return {};
  const auto n = static_cast<double>(all);
  return {static_cast<double>(all - hits) / n, static_cast<double>(hits) / n};
}

}  // namespace

OverTime::OverTime(std::span<const double> times) {
  for (const double time : times) {
    seen_.emplace_back().time_h = time;
    if (time > seen_[last_].time_h) last_ = seen_.size() - 1;
  }
}

void OverTime::add(const Record& record) {
  ++histories_;
  // The outage that is under way at the end has no length yet.
  const WorstCase open{record.number, record.down_since_h, std::numeric_limits<double>::infinity(), 0, 1};
  for (Seen& seen : seen_) {
    double down_h = 0;
    const auto count = [&](const WorstCase& outage) {
      if (outage.start_h > seen.time_h) return;
      down_h += within(outage, seen.time_h);
      if (seen.time_h < outage.start_h + outage.length_h) ++seen.down;
    };
    // One that goes on beyond the end is among those that are over, if it was watched to its end.
    for (const WorstCase& outage : record.outages)
      if (outage.start_h != record.down_since_h) count(outage);
    if (record.down_since_h >= 0) count(open);
    if (record.first_outage_h >= 0 && record.first_outage_h <= seen.time_h) ++seen.failed;
    seen.share.add(std::min(1.0, down_h / seen.time_h));
  }
}

Interval OverTime::share_of(const Seen& seen) const {
  const double mean = seen.share.mean();
  // It was down for no more than all of the time in as many histories as may have seen an outage.
  if (mean <= 0) return share_interval(0, static_cast<double>(histories_));
  const auto [low, high] = gamma_interval(mean, seen.share.standard_error() * wider_for_few(histories_));
  return {low, std::min(high, 1.0)};
}

double OverTime::half_width() const {
  if (seen_.empty()) return 0;
  const Seen& last = seen_[last_];
  if (last.share.mean() <= 0 || histories_ < 2) return std::numeric_limits<double>::infinity();
  const Interval interval = share_of(last);
  return (interval.second - interval.first) / 2 / last.share.mean();
}

std::vector<AtTime> OverTime::answer() const {
  std::vector<AtTime> answer;
  for (const Seen& seen : seen_) {
    AtTime at;
    at.time_h = seen.time_h;
    if (histories_ < 2) {
      answer.push_back(at);
      continue;
    }
    const auto both = [&](const char* up, const char* down, const Interval& of_down) {
      at.intervals.emplace_back(up, Interval{1 - of_down.second, 1 - of_down.first});
      at.intervals.emplace_back(down, of_down);
    };
    const auto n = static_cast<double>(histories_);
    std::tie(at.point_availability, at.point_unavailability) = sides(seen.down, histories_);
    both("point_availability", "point_unavailability", share_interval(static_cast<double>(seen.down), n));
    if (seen.share.mean() > 0) {
      at.interval_availability = 1 - seen.share.mean();
      at.interval_unavailability = seen.share.mean();
    }
    both("interval_availability", "interval_unavailability", share_of(seen));
    std::tie(at.reliability, at.unreliability) = sides(seen.failed, histories_);
    both("reliability", "unreliability", share_interval(static_cast<double>(seen.failed), n));
    answer.push_back(std::move(at));
  }
  return answer;
}

PlayedOverTime play_over_time(std::span<const Script* const> scripts, const SimulateOptions& options,
                              const std::atomic<bool>* stop) {
  PlayedOverTime played;
  Watch watch;
  const double last = *std::max_element(options.at_h.begin(), options.at_h.end());
  watch.to_h = std::nextafter(last, std::numeric_limits<double>::infinity());  // what happens at that time has happened
  watch.long_run = false;
  std::vector<CrowdMember> members;
  std::vector<OverTime> seen;
  std::vector<double> spent;
  for (const Script* script : scripts) {
    members.push_back({script, &watch});
    seen.emplace_back(options.at_h);
    spent.push_back(0);
  }
  Crowd crowd(std::move(members), options.seed, options.jobs, stop, kFirstHistory);
  const auto count = static_cast<std::uint64_t>(
      options.years ? std::clamp(*options.years * kHoursPerYear / last, kFewest, kMost) : kMost);
  double look_at = kFewest;
  crowd.play(count, [&](const std::vector<Record>& records) {
    double most = 0, worst = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
      seen[i].add(records[i]);
      spent[i] += static_cast<double>(records[i].events) + static_cast<double>(scripts[i]->owners.size());
      most = std::max(most, spent[i]);
    }
    ++played.histories;
    if (most >= static_cast<double>(options.max_events) && (!options.years || options.max_events_written)) return false;
    if (options.years || static_cast<double>(played.histories) < look_at) return true;
    look_at *= kNextLook;
    for (const OverTime& one : seen) worst = std::max(worst, one.half_width());
    return worst > options.precision;
  });
  played.stopped = stop && stop->load();
  for (const OverTime& one : seen) played.by_model.push_back(one.answer());
  return played;
}

}  // namespace nines::sim
