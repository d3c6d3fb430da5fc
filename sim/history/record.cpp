#include "sim/history/record.hpp"

#include <algorithm>
#include <cmath>

namespace nines::sim {
namespace {

constexpr double kMinutesPerHour = 60;

}  // namespace

Recorder::Recorder(const Script& script, const Watch& watch)
    : script_(script), watch_(watch), from_h_(watch.from_h), to_h_(watch.to_h), blame_(script) {
  if (!script.model().demand.empty()) service_.emplace(script);
}

void Recorder::begin(const History& history, double later_h) {
  watch_.from_h = from_h_ + later_h;
  watch_.to_h = to_h_ + later_h;
  record_ = {};
  record_.number = history.number();
  record_.watched.resize(script_.watched.size());
  record_.period_min.resize(watch_.periods.size());
  down_since_.assign(script_.watched.size(), -1);
  for (std::size_t w = 0; w < script_.watched.size(); ++w)
    if (!history.is_up(script_.watched[w].group)) down_since_[w] = 0;  // a chain may start where it is down
  system_down_since_ = -1;
  counting_ = true;
  unserved_since_ = 0;
  if (service_) service_->begin(history);
  open_.assign(watch_.periods.size(), {});
  if (history.system_up()) return;
  system_down_since_ = 0;
  record_.first_outage_h = 0;
  blamed_until_ = 0;
  if (watch_.long_run) blame_.look(history);
}

double Recorder::counted(double from, double to) const {
  return std::max(0.0, std::min(to, watch_.to_h) - std::max(from, watch_.from_h));
}

void Recorder::instant(const History& history, std::span<const process::GroupId> flipped) {
  const double now = history.now();
  const bool in_time = counting_ && now >= watch_.from_h;
  if (service_ && counting_ && !history.touched().empty()) look_at_service(history);
  if (counting_)
    for (const process::GroupId group : flipped) {
      const std::uint32_t w = script_.watch_of_group[group];
      if (history.is_up(group)) {
        record_.watched[w].down_h += counted(down_since_[w], now);
        down_since_[w] = -1;
      } else {
        down_since_[w] = now;
        if (in_time) ++record_.watched[w].failures;
      }
    }
  const bool was_down = system_down_since_ >= 0;
  if (was_down) blame_until(now);
  if (!history.system_up()) {
    if (!was_down) {
      system_down_since_ = now;
      if (record_.first_outage_h < 0) record_.first_outage_h = now;
      if (in_time) ++record_.failures;
    }
    // Only what is counted is worth asking for.
    if (counting_ && watch_.long_run) blame_.look(history);
    blamed_until_ = now;
  } else if (was_down) {
    outage_over(now);
  }
}

void Recorder::look_at_service(const History& history) {
  const double before = service_->missing();
  add_unserved(history.now());
  service_->look(history);
  if (service_->missing() > before && history.now() >= watch_.from_h) ++record_.shortfalls;
}

void Recorder::add_unserved(double now) {
  if (service_->missing() > 0) record_.unserved_h += service_->missing() * counted(unserved_since_, now);
  unserved_since_ = now;
}

// Shares out the downtime since the last change.
void Recorder::blame_until(double now) {
  if (!counting_ || !watch_.long_run) return;
  const double span = counted(blamed_until_, now);
  blamed_until_ = now;
  if (span <= 0) return;
  for (const Blame::Share& share : blame_.components())
    record_.watched[share.watched].critical_h[static_cast<std::size_t>(share.cause)] += span;
  if (blame_.components().empty()) record_.several_h += span;
  if (blame_.planned()) record_.planned_h += span;
  for (const std::uint32_t entry : blame_.entries()) record_.watched[entry].entry_h += span;
}

void Recorder::outage_over(double now) {
  const double from = system_down_since_;
  system_down_since_ = -1;
  if (counting_) {
    record_.down_h += counted(from, now);
    add_to_periods(from, now);
  }
  if (from >= watch_.from_h && from < watch_.to_h)
    record_.outages.push_back({record_.number, from, now - from, (now - from) * kMinutesPerHour, 1});
}

void Recorder::add_to_periods(double from, double to) {
  for (std::size_t p = 0; p < watch_.periods.size(); ++p) {
    const Period& period = watch_.periods[p];
    const double end = watch_.from_h + period.length_h * static_cast<double>(period.count);
    double begin = std::max(from, watch_.from_h);
    const double stop = std::min(to, end);
    while (begin < stop) {
      auto index = std::min(static_cast<std::uint64_t>((begin - watch_.from_h) / period.length_h), period.count - 1);
      const auto border = [&] { return watch_.from_h + period.length_h * static_cast<double>(index + 1); };
      if (border() <= begin && index + 1 < period.count) ++index;  // the division was rounded down
      if (open_[p].index != index) {
        flush(p);
        open_[p].index = index;
      }
      const double part_end = index + 1 == period.count ? stop : std::min(stop, border());
      open_[p].down_h += part_end - begin;
      ++open_[p].outages;
      begin = part_end;
    }
  }
}

void Recorder::flush(std::size_t p) {
  Open& open = open_[p];
  if (open.down_h > 0) {
    const double minutes = open.down_h * kMinutesPerHour;
    record_.period_min[p].push_back(minutes);
    if (p == Watch::kYear) {
      const double length = watch_.periods[p].length_h;
      record_.years.push_back(
          {record_.number, watch_.from_h + length * static_cast<double>(open.index), length, minutes, open.outages});
    }
  }
  open = {};
}

void Recorder::end_counting(double now) {
  for (std::size_t w = 0; w < down_since_.size(); ++w)
    if (down_since_[w] >= 0) record_.watched[w].down_h += counted(down_since_[w], now);
  if (service_) add_unserved(now);
  record_.down_since_h = system_down_since_;
  if (system_down_since_ >= 0) {
    blame_until(now);
    record_.down_h += counted(system_down_since_, now);
    add_to_periods(system_down_since_, now);
  }
  for (std::size_t p = 0; p < open_.size(); ++p) flush(p);
  counting_ = false;
}

Record Recorder::take(const History& history, bool over) {
  record_.from_h = watch_.from_h;
  record_.to_h = watch_.to_h;
  record_.over = over;
  record_.events = history.events();
  return std::move(record_);
}

}  // namespace nines::sim
