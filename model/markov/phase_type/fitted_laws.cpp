#include "model/markov/phase_type/fitted_laws.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nines::markov {
namespace {

using process::Activity;

struct Written {
  std::string key, owner;
};

// A hold is no entry of the file: what it waits for is written with what it takes down.
Written what_of_node(const Model& model, const process::Wiring& wiring, const Activity& activity) {
  const auto& node = wiring.nodes[activity.owner];
  const auto& kind = wiring.kinds[node.kind];
  const Component& component = model.components[wiring.groups[node.group].component];
  const std::string holder = component.name.substr(0, component.name.rfind(':'));
  if (component.hold == Hold::bad_release) return {"changes.rollback", holder};
  if (component.hold == Hold::shared_cause) return {"restore", holder};
  if (activity.kind == Activity::Kind::failure)
    return {key_of_mode(kind.unit.modes[activity.part], "mtbf"), component.name};
  const process::Phase& phase = kind.phases[activity.part];
  return {key_of_step(kind.unit.modes[phase.mode], phase.step), component.name};
}

Written what_of(const Model& model, const process::Wiring& wiring, const Activity& activity) {
  const auto group = [&](const char* key) {
    return Written{key, model.components[wiring.groups[activity.owner].component].name};
  };
  switch (activity.kind) {
    case Activity::Kind::detection: return group("detection");
    case Activity::Kind::failover: return group("failover");
    case Activity::Kind::manual_recovery: return group("manual_recovery");
    case Activity::Kind::failback: return group("failback");
    case Activity::Kind::delivery:
      return {"lead_time", model.spares[wiring.spares[wiring.timers[activity.owner].owner].spare].name};
    case Activity::Kind::joint_restoration: return {"restore", wiring.shocks[wiring.timers[activity.owner].owner].name};
    default: return what_of_node(model, wiring, activity);
  }
}

}  // namespace

std::string key_of_mode(const FailureMode& mode, const std::string& key) {
  return mode.name.empty() ? key : fmt::format("failures.{}.{}", mode.name, key);
}

std::string key_of_step(const FailureMode& mode, std::size_t step) {
  const bool plain = mode.recovery.size() == 1 && mode.recovery[0].name.empty();
  return key_of_mode(mode, plain ? "mttr" : fmt::format("recovery.{}.takes", step));
}

std::vector<FittedLaw> fitted_laws(const Model& model, const process::Process& process, const Stages& stages,
                                   const std::vector<char>& ran) {
  const auto& wiring = process.wiring();
  std::vector<FittedLaw> laws;
  for (const Stages::Clock& clock : stages.clocks()) {
    if (!ran[clock.activity]) continue;
    const auto [key, owner] = what_of(model, wiring, wiring.activities[clock.activity]);
    FittedLaw law{key, owner, wiring.laws[clock.activity], clock.law.order(), clock.law.moments, clock.law.exact};
    if (std::find(laws.begin(), laws.end(), law) == laws.end()) laws.push_back(std::move(law));
  }
  return laws;
}

}  // namespace nines::markov
