#include "sim/history/service_meter.hpp"

#include "sim/history/history.hpp"

namespace nines::sim {

ServiceMeter::ServiceMeter(const Script& script) : script_(script) {
  const Model& model = script.model();
  for (const DemandLevel& level : model.demand)
    levels_.push_back({structure::Scale(level.level), level.share,
                       structure::LiveAmounts(model.system, model.components.size(), level.level)});
}

void ServiceMeter::begin(const History& history) {
  for (process::GroupId group = 0; group < script_.serves.size(); ++group)
    if (script_.serves[group] == group) look_at(history, group);
  add_up();
}

void ServiceMeter::look(const History& history) {
  for (const process::GroupId group : history.touched()) look_at(history, group);
  add_up();
}

void ServiceMeter::look_at(const History& history, process::GroupId group) {
  const process::State& state = history.state();
  const bool up = state.signals.up[group] != 0;
  process::Service service;
  if (up) service = script_.process().service_of(group, state.slots, state.signals);
  const ComponentId name = script_.process().wiring().groups[group].component;
  for (Level& level : levels_) level.system.set(name, up ? level.scale.clip(service.of(level.scale.demand())) : 0);
}

void ServiceMeter::add_up() {
  missing_ = 0;
  for (const Level& level : levels_) {
    const double demand = level.scale.demand();
    missing_ += level.share * ((demand - level.scale.clip(level.system.whole())) / demand);
  }
}

}  // namespace nines::sim
