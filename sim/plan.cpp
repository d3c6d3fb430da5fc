// How long a history is, and how much of its beginning is not counted.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/process/wiring.hpp"
#include "sim/chain_pace.hpp"
#include "sim/random/stream.hpp"
#include "sim/simulate.hpp"

namespace nines::sim {
namespace {

constexpr double kHoursPerYear = 8760;
constexpr std::uint64_t kFewHistories = 40, kManyHistories = 400;
constexpr double kEnoughEvents = 5000, kLongestYears = 10000;

double finite(double hours) {
  return std::isfinite(hours) ? hours : 0;
}

double mean(const std::optional<Law>& law) {
  return law ? finite(law->mean_h) : 0;
}

// Hours of all steps, as if each were needed.
double restoration_h(const FailureMode& mode) {
  double takes = 0;
  for (const RecoveryStep& step : mode.recovery) takes += finite(step.takes.mean_h);
  return takes;
}

double timers_h(const Component& component) {
  if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy))
    return mean(pair->detection) + mean(pair->failover) + mean(pair->manual_recovery) + mean(pair->failback);
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy))
    return mean(cluster->detection) + mean(cluster->failover) + mean(cluster->manual_recovery);
  return 0;
}

template <class Visit>
void for_each_mode(const Model& model, const Component& component, Visit&& visit) {
  for (const UnitId unit : component.nodes)
    for (const FailureMode& mode : model.units[unit].modes) visit(mode);
}

// By how much longer than a serving one a standby takes to grow old, at least: cold, it ages only while it serves. It
// serves as often as the others or, where the first node returns to duty, only while that is restored.
double slower_aging(const Component& component, const FailureMode& mode) {
  const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
  if (!pair || component.nodes.size() < 2 || mode.life.is_exponential() || !std::isfinite(mode.life.mean_h)) return 1;
  const double restored = restoration_h(mode), nodes = static_cast<double>(component.nodes.size());
  const double serves = pair->failback ? restored / (mode.life.mean_h + restored) : 1 / nodes;
  const double stress = pair->standby_stress + (1 - pair->standby_stress) * serves;
  return stress > 0 ? std::max(1.0, 1 / stress) : INFINITY;
}
constexpr double kSlowest = 50;  // what slower aging a warm-up waits for

// Hours after which nothing of "everything new and up" is left to speak of. Exponential lives have no memory, so what
// has to fade is what they lead to: restorations, failovers, and which node of a group serves, which lasts as long as
// that node lives. Lives with a memory take some renewals to forget when they began. Units that are never repaired
// have to be gone. A chain begins anew whenever it comes to its start, so its beginning fades as fast as it comes back.
double fading_time(const Model& model) {
  double service = 0, memory = 0, gone = 0, queued = 0, chains = 0;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    if (const DrawnChain* drawn = model.drawn(id)) {
      const ChainPace pace = pace_of(*drawn);
      if (pace.comes_back)
        chains = std::max(chains, pace.forgets_h);
      else
        gone = std::max(gone, pace.forgets_h);
    }
    double shortest_life = INFINITY;
    for_each_mode(model, component, [&](const FailureMode& mode) {
      shortest_life = std::min(shortest_life, mode.life.mean_h);
      if (!mode.life.is_exponential())
        memory = std::max(memory, finite(mode.life.mean_h) * std::min(kSlowest, slower_aging(component, mode)));
      if (mode.recovery.back().takes.is_never()) gone = std::max(gone, finite(mode.life.mean_h));
      if (mode.crew != kNoCrew) queued += restoration_h(mode) / model.crews[mode.crew].size;
    });
    const bool moves = std::holds_alternative<PrimaryStandby>(component.redundancy) && component.nodes.size() > 1;
    if (moves && process::reacts(component)) service = std::max(service, finite(shortest_life));
  }
  return std::max({20 * (longest_restoration_h(model) + queued), 3 * service, 8 * memory, 30 * gone, 20 * chains});
}

// Lives that hardly scatter keep their rhythm for ages. A window that begins at the same moment of it in every history
// would count the same few failures too many or too few each time, and no interval would tell. So windows begin
// anywhere in some cycles of life and restoration.
double spread(const Model& model) {
  double cycle = 0;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    for_each_mode(model, model.components[id], [&](const FailureMode& mode) {
      if (!mode.life.is_exponential() && std::isfinite(mode.life.mean_h))
        cycle = std::max(cycle, mode.life.mean_h + restoration_h(mode));
    });
  }
  return 8 * cycle;
}

}  // namespace

double counted_from_h(double warm_up_h, double spread_h, std::uint64_t seed, std::uint64_t history) {
  if (spread_h <= 0) return warm_up_h;
  Stream stream;
  stream.begin();
  return warm_up_h + spread_h * Numbers{stream, seed, history, address_of("", 0, "warm-up", "")}.uniform();
}

std::vector<std::string> beyond_warm_up(const Model& model) {
  std::vector<std::string> notes;
  std::size_t clocks = 0;
  const Component* first = nullptr;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    double slower = 1;
    for_each_mode(model, component, [&](const FailureMode& mode) {
      slower = std::max(slower, slower_aging(component, mode));
      if (mode.life.kind != Law::Kind::fixed) return;
      ++clocks;
      if (!first) first = &component;
    });
    if (slower > 2 * kSlowest)
      notes.push_back(fmt::format(
          "a standby of `{}` hardly ages, so that it takes far longer to be as old as in the long run than what was "
          "played before counting",
          component.name));
  }
  if (clocks > 1)
    notes.push_back(fmt::format(
        "{} clocks of failures, the first of `{}`, have a fixed length: those that start together ring together for a "
        "long time, so the long run may be further off than what was played before counting",
        clocks, first->name));
  return notes;
}

double longest_restoration_h(const Model& model) {
  double longest = 0;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    longest = std::max(longest, timers_h(model.components[id]));
    if (const DrawnChain* drawn = model.drawn(id)) longest = std::max(longest, pace_of(*drawn).longest_down_h);
    for_each_mode(model, model.components[id],
                  [&](const FailureMode& mode) { longest = std::max(longest, restoration_h(mode)); });
  }
  return longest;
}

namespace {

// Clocks that ring a year, more or less: each failure and what restores it.
double events_per_year(const Model& model) {
  double events = 0;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    if (const DrawnChain* drawn = model.drawn(id)) events += 2 * kHoursPerYear * pace_of(*drawn).moves_per_hour;
    for_each_mode(model, model.components[id], [&](const FailureMode& mode) {
      const double cycle = mode.life.mean_h + restoration_h(mode);
      if (std::isfinite(cycle)) events += 2 * kHoursPerYear / cycle;
    });
  }
  return events;
}

}  // namespace

Plan plan(std::span<const Model* const> models, const SimulateOptions& options) {
  Plan plan;
  double period = kHoursPerYear, rate = 0;
  for (const Model* model : models) {
    plan.warm_up_h = std::max(plan.warm_up_h, fading_time(*model));
    plan.spread_h = std::max(plan.spread_h, spread(*model));
    if (model->target_downtime) period = std::max(period, model->target_downtime->per_h);
    rate = std::max(rate, events_per_year(*model));
  }
  const auto whole_years = [](double hours) { return std::ceil(hours / kHoursPerYear) * kHoursPerYear; };
  const double least = std::max(period, whole_years(10 * plan.warm_up_h));
  // Long enough that beginning and ending it costs nothing beside playing it.
  const double most = rate > 0 ? whole_years(std::min(kEnoughEvents / rate, kLongestYears) * kHoursPerYear) : least;
  plan.counted_h = std::max(least, most);
  if (!options.years) return plan;
  const double wanted_h = *options.years * kHoursPerYear;
  const auto histories_of = [&](double hours) { return static_cast<std::uint64_t>(std::min(wanted_h / hours, 1e15)); };
  plan.histories = std::max(histories_of(plan.counted_h), std::min(histories_of(least), kManyHistories));
  // A short run is cut into fewer and shorter histories: an interval needs some, and a year is the unit of what is
  // told.
  if (plan.histories < kFewHistories)
    plan.histories = std::clamp(histories_of(period), std::uint64_t{10}, kFewHistories);
  plan.counted_h = wanted_h / static_cast<double>(plan.histories);
  return plan;
}

}  // namespace nines::sim
