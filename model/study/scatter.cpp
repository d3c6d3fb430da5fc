#include "model/study/scatter.hpp"

#include <algorithm>
#include <cmath>

namespace nines::study {
namespace {

constexpr double kHoursPerYear = 8760, kMinutesPerYear = 525600;

double mean(const std::optional<Law>& law) {
  return law && std::isfinite(law->mean_h) ? law->mean_h : 0;
}

double longest_restoration(const Model& model) {
  double longest = 0;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    for (const UnitId unit : model.components[id].nodes)
      for (const FailureMode& mode : model.units[unit].modes) {
        double takes = 0;
        for (const RecoveryStep& step : mode.recovery)
          if (std::isfinite(step.takes.mean_h)) takes += step.takes.mean_h;
        longest = std::max(longest, takes);
      }
  }
  return longest;
}

// Mean hours of an outage of this cause.
double length_of(const Model& model, const Component* component, std::optional<Cause> cause) {
  if (component && cause) {
    const auto* pair = std::get_if<PrimaryStandby>(&component->redundancy);
    const auto* cluster = std::get_if<Cluster>(&component->redundancy);
    if (*cause == Cause::by_hand)
      return pair ? mean(pair->manual_recovery) : cluster ? mean(cluster->manual_recovery) : 0;
    if (*cause == Cause::automatic_failover)
      return pair      ? mean(pair->detection) + mean(pair->failover)
             : cluster ? mean(cluster->detection) + mean(cluster->failover)
                       : 0;
    if (*cause == Cause::failback) return pair ? mean(pair->failback) : 0;
    if (*cause == Cause::maintenance) return 0;  // by the calendar
  }
  return longest_restoration(model);
}

}  // namespace

double expected_scatter(const Model& model, const Answer& solved, const std::optional<std::string>& component,
                        double years) {
  double unavailability = solved.measures.unavailability.value_or(0), variance = 0;
  for (const ComponentShare& share : solved.components)
    if (component == share.name) unavailability = share.unavailability;
  if (!(unavailability > 0) || !(years > 0)) return 0;
  for (const CauseShare& row : solved.causes) {
    if (component && row.component != component) continue;
    const auto named = std::find_if(model.components.begin(), model.components.end(),
                                    [&](const Component& c) { return row.component == c.name; });
    const Component* whose = named == model.components.end() ? nullptr : &*named;
    variance += 2 * row.downtime_min_per_year / kMinutesPerYear * length_of(model, whose, row.cause);
  }
  return std::sqrt(variance / (years * kHoursPerYear)) / unavailability;
}

}  // namespace nines::study
