#include "sim/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace nines::sim {
namespace {

constexpr double kHoursPerYear = 8760;
constexpr double kMinutesPerYear = 525600;
constexpr double kMinutesPerHour = 60;
constexpr std::size_t kWorst = 5;
// Downtime comes from differences of times: what is equal to a bound may look more by some roundings.
constexpr double kMore = 1 + 1e-9;

void keep_worst(std::vector<WorstCase>& worst, const WorstCase& one) {
  const auto place = std::upper_bound(worst.begin(), worst.end(), one,
                                      [](const WorstCase& a, const WorstCase& b) { return a.down_min > b.down_min; });
  if (worst.size() == kWorst && place == worst.end()) return;
  worst.insert(place, one);
  if (worst.size() > kWorst) worst.pop_back();
}

}  // namespace

Estimate::Estimate(const Script& script, const Watch& watch)
    : script_(script), watch_(watch), watched_(script.watched.size()) {
  add_period("downtime_min_per_month", 0);
  add_period("downtime_min_per_year", Watch::kYear);
  if (watch_.periods.size() > 2) add_period("downtime_min_per_period", 2);
}

void Estimate::add_period(const std::string& of, std::size_t number) {
  const double length_h = watch_.periods[number].length_h;
  OfPeriod period{of, MinutesHistogram{}, {}};
  const Model& model = script_.model();
  if (model.target_downtime && model.target_downtime->per_h == length_h)
    period.bounds.push_back({model.target_downtime->at_most_h * kMinutesPerHour, "target", {}});
  const auto allow = [&](double availability, const std::string& meaning) {
    period.bounds.push_back({(1 - availability) * length_h * kMinutesPerHour, meaning, {}});
  };
  const double levels[] = {0.999, 0.9995, 0.9999, 0.99999};
  const char* const names[] = {"99.9 %", "99.95 %", "99.99 %", "99.999 %"};
  const auto& target = model.target_availability;
  // `99.99 %` as read need not be the double 0.9999.
  const auto is_target = [&](double level) { return std::abs(level - *target) < 1e-9 * (1 - level); };
  if (target && *target < 1 && std::none_of(std::begin(levels), std::end(levels), is_target))
    allow(*target, "target availability");
  if (number < 2) {
    for (std::size_t i = 0; i < std::size(levels); ++i) allow(levels[i], names[i]);
    for (const double minutes : kDowntimeMinutes) period.bounds.push_back({minutes, "", {}});
  }
  periods_.push_back(std::move(period));
}

double Estimate::counted_h() const {
  return static_cast<double>(histories()) * (watch_.to_h - watch_.from_h);
}

double Estimate::years() const {
  return counted_h() / kHoursPerYear;
}

void Estimate::add(const Record& record) {
  const double span = watch_.to_h - watch_.from_h;
  events_ += record.events;
  const double share = record.down_h / span, failures = static_cast<double>(record.failures);
  const double from_mean = share - down_share_.mean();
  down_share_.add(share);
  failures_.add(failures);
  together_ += from_mean * (failures - failures_.mean());
  outages_ += record.failures;
  first_outage_.add(record.first_outage_h, record.from_h, record.to_h, record.over);
  for (std::size_t w = 0; w < watched_.size(); ++w) {
    const Record::OfComponent& of = record.watched[w];
    watched_[w].down_share.add(of.down_h / span);
    watched_[w].failures += static_cast<double>(of.failures);
    for (std::size_t c = 0; c < of.critical_h.size(); ++c) watched_[w].critical_h[c] += of.critical_h[c];
    watched_[w].entry_h += of.entry_h;
  }
  several_h_ += record.several_h;
  planned_share_.add(record.planned_h / span);
  unserved_.add(record.unserved_h / span);
  shortfalls_ += record.shortfalls;
  for (std::size_t p = 0; p < periods_.size(); ++p) {
    const auto& some = record.period_min[p];
    const std::uint64_t count = watch_.periods[p].count;
    for (const double minutes : some) periods_[p].minutes.add(minutes);
    periods_[p].minutes.add_zeros(count - some.size());
    if (count == 0) continue;
    for (Bound& bound : periods_[p].bounds) {
      const auto above = std::count_if(some.begin(), some.end(), [&](double m) { return m > bound.minutes * kMore; });
      bound.share.add(static_cast<double>(above) / static_cast<double>(count));
    }
  }
  for (const WorstCase& year : record.years) keep_worst(worst_years_, year);
  for (const WorstCase& outage : record.outages) {
    outage_lengths_.add(outage.down_min);
    keep_worst(worst_outages_, outage);
  }
}

double Estimate::half_width() const {
  if ((outages_ == 0 && down_share_.mean() == 0) || histories() < 2) return std::numeric_limits<double>::infinity();
  const auto [low, high] = unavailability_interval();
  return (high - low) / 2 / down_share_.mean();
}

Interval Estimate::amount_interval(double mean, double standard_error) const {
  if (histories() < 2) return {0, std::numeric_limits<double>::infinity()};
  return gamma_interval(mean, standard_error * wider_for_few(histories()));
}

Interval Estimate::unavailability_interval() const {
  if (down_share_.mean() > 0) {
    auto [low, high] = amount_interval(down_share_.mean(), down_share_.standard_error());
    return {low, std::min(high, 1.0)};
  }
  return none_seen();
}

// A bound on the rate of what was never seen, and for its length the longest restoration there is.
Interval Estimate::none_seen() const {
  const double rate = none_seen_bound(counted_h());
  return {0.0, std::min(1.0, rate * longest_restoration_h(script_.model()))};
}

Interval Estimate::unserved_interval() const {
  if (unserved_.mean() <= 0) return none_seen();
  const auto [low, high] = amount_interval(unserved_.mean(), unserved_.standard_error());
  return {low, std::min(high, 1.0)};
}

void Estimate::fill_served(Answer& answer) const {
  if (script_.model().demand.empty()) return;
  const Interval missing = unserved_interval();
  answer.unserved = unserved_.mean();
  answer.unserved_interval = missing;
  answer.measures.served = 1 - unserved_.mean();
  answer.intervals.emplace_back("served", Interval{1 - missing.second, 1 - missing.first});
}

void Estimate::fill_measures(Answer& answer) const {
  Measures& m = answer.measures;
  const double down = down_share_.mean(), span = watch_.to_h - watch_.from_h;
  const auto [low, high] = unavailability_interval();
  const auto interval = [&](const char* name, Interval ends) {
    if (std::isfinite(ends.second)) answer.intervals.emplace_back(name, ends);
  };
  m.unavailability = down;
  m.availability = (span - down * span) / span;
  interval("availability", {1 - high, 1 - low});
  interval("unavailability", {low, high});
  if (down > 0) {
    m.nines = -std::log10(down);
    if (low > 0) interval("nines", {-std::log10(high), -std::log10(low)});
  }
  m.downtime_min_per_year = down * kMinutesPerYear;
  if (has_planned_outages(script_.model())) {
    m.planned_unavailability = planned_share_.mean();
    auto [least, most] = amount_interval(planned_share_.mean(), planned_share_.standard_error());
    interval("planned_unavailability", {least, std::min(most, 1.0)});
  }
  interval("downtime_min_per_year", {low * kMinutesPerYear, high * kMinutesPerYear});
  const double years = span / kHoursPerYear, often = failures_.mean();
  m.failures_per_year = often / years;
  if (outages_ == 0) {
    interval("failures_per_year", {0.0, none_seen_bound(counted_h()) * kHoursPerYear});
  } else {
    const auto rate = amount_interval(often, failures_.standard_error());
    interval("failures_per_year", {rate.first / years, rate.second / years});
    // Ratios of two means: the variance of down - ratio x failures (Cochran, Sampling Techniques, 1977, sec. 6.3).
    const auto n = static_cast<double>(histories());
    const double covariance = histories() > 1 ? together_ / (n - 1) : 0;
    // A few outages look more alike than they are, and one does not scatter at all. So of 10 or fewer the lengths count
    // as scattered as those of an exponential, of more ever less.
    const auto seen = static_cast<double>(outages_);
    const double least = std::min(1.0, 10 / seen) / seen;  // relative variance
    const auto ratio = [&](const char* name, std::optional<double>& out, double share, double sign) {
      out = share * span / often;
      const double per = share / often;
      const double variance = down_share_.variance() - 2 * sign * per * covariance + per * per * failures_.variance();
      const double relative = std::max(least, variance / n / (share * share));
      interval(name, amount_interval(*out, *out * std::sqrt(relative)));
    };
    ratio("mean_up_time_h", m.mean_up_time_h, 1 - down, -1);
    ratio("mean_down_time_h", m.mean_down_time_h, down, 1);
  }
  if (const auto mean = first_outage_.mean()) {
    m.mttff_h = mean->hours;
    interval("mttff_h", mean->interval);
  } else {
    answer.method.notes.push_back(fmt::format("mttff_h is left out: {} of {} histories saw no outage",
                                              histories() - first_outage_.seen(), histories()));
  }
}

void Estimate::fill_components(Answer& answer) const {
  const Model& model = script_.model();
  const double all = counted_h(), down_h = down_share_.mean() * all;
  for (std::size_t w = 0; w < watched_.size(); ++w) {
    const Watched& watched = script_.watched[w];
    const std::string& name = model.components[watched.component].name;
    const OfComponent& of = watched_[w];
    if (watched.infrastructure && (!watched.has_a_section || model.carries[watched.component]))
      answer.infrastructure.push_back({name, down_h > 0 ? of.entry_h / down_h : 0});
    if (watched.named && (!watched.infrastructure || watched.has_a_section)) {
      double critical = 0;
      for (std::size_t c = 0; c < of.critical_h.size(); ++c) {
        critical += of.critical_h[c];
        if (of.critical_h[c] > 0)
          answer.causes.push_back({name, static_cast<Cause>(c), of.critical_h[c] / all * kMinutesPerYear});
      }
      ComponentShare share;
      share.name = name;
      share.unavailability = of.down_share.mean();
      share.failures_per_year = of.failures / all * kHoursPerYear;
      share.downtime_share = down_h > 0 ? critical / down_h : 0;
      if (share.unavailability > 0) {
        auto [low, high] = amount_interval(of.down_share.mean(), of.down_share.standard_error());
        share.unavailability_interval = Interval{low, std::min(high, 1.0)};
      }
      answer.components.push_back(std::move(share));
    }
  }
  std::stable_sort(answer.causes.begin(), answer.causes.end(), [](const CauseShare& a, const CauseShare& b) {
    return a.downtime_min_per_year > b.downtime_min_per_year;
  });
  if (several_h_ > 0) answer.causes.push_back({std::nullopt, std::nullopt, several_h_ / all * kMinutesPerYear});
}

Interval Estimate::share_above(const OfPeriod& period, const Bound& bound) const {
  const auto samples = static_cast<double>(period.minutes.samples());
  const double p = bound.share.mean(), binomial = p * (1 - p) / samples;
  const double error = bound.share.standard_error();
  // Periods of one history may hang together: then they tell less than as many apart.
  const double cluster = binomial > 0 ? std::max(1.0, error * error / binomial) : 1;
  return share_interval(p * samples, samples, cluster);
}

void Estimate::fill_target(Answer& answer) const {
  const Model& model = script_.model();
  const double down = down_share_.mean();
  if (model.has_cost)
    answer.measures.cost_per_year = model.node_cost_per_year() + down * kHoursPerYear * model.downtime_cost_per_h;
  if (model.target_availability) {
    const double wanted = *model.target_availability;
    answer.targets.push_back({"availability", wanted, *answer.measures.availability, down <= 1 - wanted});
  }
  if (model.target_served)
    answer.targets.push_back(
        {"served", *model.target_served, *answer.measures.served, *answer.unserved <= 1 - *model.target_served});
  if (!model.target_downtime) return;
  for (const OfPeriod& period : periods_)
    for (const Bound& bound : period.bounds) {
      if (bound.meaning != "target" || period.minutes.samples() == 0) continue;
      const double allowed = 1 - model.target_downtime->probability;
      answer.measures.breach_probability = bound.share.mean();
      answer.intervals.emplace_back("breach_probability", share_above(period, bound));
      answer.targets.push_back({"breach_probability", allowed, bound.share.mean(), bound.share.mean() <= allowed});
    }
}

void Estimate::fill_simulated(Answer& answer) const {
  Simulated s;
  s.events = events_;
  s.histories = histories();
  s.outages = outages_;
  s.shortfalls = shortfalls_;
  s.first_outages = first_outage_.seen();
  s.years = years();
  s.warm_up_years = watch_.from_h / kHoursPerYear;
  s.half_width = half_width();
  const auto distribution = [](const std::string& of, const MinutesHistogram& minutes) {
    Distribution d;
    d.of = of;
    d.samples = minutes.samples();
    d.mean = minutes.mean();
    d.most = minutes.most();
    d.none = minutes.none();
    for (const double p : {0.5, 0.75, 0.9, 0.95, 0.99, 0.999}) d.quantiles.push_back({p, minutes.quantile(p)});
    return d;
  };
  for (const OfPeriod& period : periods_) {
    if (period.minutes.samples() == 0) continue;
    Distribution d = distribution(period.of, period.minutes);
    for (const Bound& bound : period.bounds)
      d.exceeds.push_back({bound.minutes, bound.share.mean(), share_above(period, bound), bound.meaning});
    s.distributions.push_back(std::move(d));
  }
  if (outage_lengths_.samples() > 0) s.distributions.push_back(distribution("outage_min", outage_lengths_));
  s.worst_years = worst_years_;
  s.worst_outages = worst_outages_;
  answer.simulated = std::move(s);
}

Answer Estimate::answer() const {
  Answer answer;
  answer.engine = "simulation";
  answer.method.exact = false;
  fill_measures(answer);
  fill_served(answer);
  fill_components(answer);
  fill_target(answer);
  fill_simulated(answer);
  return answer;
}

}  // namespace nines::sim
