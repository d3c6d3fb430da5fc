#include "sim/history/service_meter.hpp"

#include <algorithm>
#include <functional>

#include "sim/history/history.hpp"

namespace nines::sim {

using process::GroupId;

ServiceMeter::ServiceMeter(const Script& script) : script_(script) {
  const Model& model = script.model();
  const auto& groups = script.process().wiring().groups;
  for (const DemandLevel& level : model.demand)
    levels_.push_back({structure::Scale(level.level), level.share,
                       structure::LiveAmounts(model.system, model.components.size(), level.level),
                       std::vector<double>(groups.size(), level.level)});
  asked_by_.resize(groups.size());
  for (GroupId group = 0; group < groups.size(); ++group)
    for (const Expression& copy : groups[group].copies)
      for (const auto& term : copy.terms)
        if (term.op == Expression::Op::name) asked_by_[term.name].push_back(group);
}

void ServiceMeter::begin(const History& history) {
  for (GroupId group = 0; group < script_.serves.size(); ++group)
    if (script_.serves[group]) look_at(history, group);
  add_up();
}

void ServiceMeter::look(const History& history) {
  const auto wait = [&](GroupId group) {
    waiting_.push_back(group);
    std::push_heap(waiting_.begin(), waiting_.end(), std::greater<>());
  };
  for (const GroupId group : history.touched()) wait(group);
  GroupId last = process::kNone;
  while (!waiting_.empty()) {
    std::pop_heap(waiting_.begin(), waiting_.end(), std::greater<>());
    const GroupId group = waiting_.back();
    waiting_.pop_back();
    if (group == last) continue;
    last = group;
    if (look_at(history, group))
      for (const GroupId outer : asked_by_[group])
        if (script_.serves[outer]) wait(outer);
  }
  add_up();
}

bool ServiceMeter::look_at(const History& history, GroupId group) {
  const process::State& state = history.state();
  const process::Process& process = script_.process();
  const ComponentId name = process.wiring().groups[group].component;
  bool changed = false;
  for (Level& level : levels_) {
    const double amount = process.served_by(group, level.scale.demand(), state.slots, state.signals, level.amounts);
    changed = changed || amount != level.amounts[group];
    level.amounts[group] = amount;
    level.system.set(name, level.scale.clip(amount));
  }
  return changed;
}

void ServiceMeter::add_up() {
  missing_ = 0;
  for (const Level& level : levels_) {
    const double demand = level.scale.demand();
    missing_ += level.share * ((demand - level.scale.clip(level.system.whole())) / demand);
  }
}

}  // namespace nines::sim
