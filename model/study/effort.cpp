#include "model/study/effort.hpp"

#include <cmath>
#include <variant>

namespace nines::study {
namespace {

constexpr double kHoursPerYear = 8760;
constexpr double kNormal95 = 1.959963984540054;

// Clocks that a node's failure starts in its group and that ring unless something comes before: detection, failover.
double takeover_events(const Component& component) {
  const auto count = [](const auto& rules) {
    return static_cast<double>(rules.detection.has_value()) + static_cast<double>(rules.failover.has_value());
  };
  if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy))
    return count(*pair) / static_cast<double>(component.nodes.size());
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) return count(*cluster);
  return 0;
}

}  // namespace

double events_per_year(const Model& model) {
  double events = 0;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    for (const UnitId unit : component.nodes)
      for (const FailureMode& mode : model.units[unit].modes) {
        if (mode.life.is_never()) continue;
        const auto steps = static_cast<double>(mode.recovery.size());
        double down = 0;
        for (const RecoveryStep& step : mode.recovery) down += step.takes.mean_h;
        if (!std::isfinite(down)) continue;  // fails once
        events += kHoursPerYear / (mode.life.mean_h + down) * (1 + steps + takeover_events(component));
      }
    if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy); pair && pair->false_failover_mean_h)
      events += kHoursPerYear / *pair->false_failover_mean_h * 2;
  }
  return events;
}

double outages_needed(double precision) {
  // The sum of n exponential lengths, n itself a Poisson number: relative variance 2/n.
  return 2 * (kNormal95 / precision) * (kNormal95 / precision);
}

Effort effort(const Model& model, const Answer& solved, double years, double max_events, double precision,
              unsigned threads) {
  const double rate = events_per_year(model), outages = solved.measures.failures_per_year.value_or(0);
  Effort effort;
  effort.years = years > 0 ? years : max_events / rate;
  effort.outages = outages * effort.years;
  effort.years_needed = outages_needed(precision) / outages;
  effort.seconds_needed = effort.years_needed * rate / (kEventsPerSecond * threads);
  return effort;
}

}  // namespace nines::study
