#include "sim/history/blame.hpp"

#include <algorithm>

namespace nines::sim {

Blame::Blame(const Script& script) : script_(script) {
  for (const auto& group : script.process().wiring().groups) {
    const Component& component = script.model().components[group.component];
    all_infrastructure_.push_back(component.infrastructure && component.hold == Hold::none);
    maintenance_.push_back(component.hold == Hold::maintenance);
  }
  plans_ = has_planned_outages(script.model());
  one_entry_.assign(all_infrastructure_.size(), 0);
}

void Blame::look(const History& history) {
  components_.clear();
  entries_.clear();
  supposed_known_ = false;
  planned_ = look_for_plans(history);
  const auto& slots = history.state().slots;
  for (std::uint32_t w = 0; w < script_.watched.size(); ++w) {
    const Watched& watched = script_.watched[w];
    if (history.is_up(watched.group) || watched.hold) continue;
    if (watched.infrastructure) {
      one_entry_[watched.group] = 1;
      script_.process().look(slots, {one_entry_}, other_);
      one_entry_[watched.group] = 0;
      const auto up = [&](ComponentId id) { return other_.up[script_.process().wiring().group_of[id]] != 0; };
      if (script_.model().system.evaluate(up)) entries_.push_back(w);
      if (!watched.has_a_section) continue;  // one that `system` names has a share as a component, too
    }
    if (!watched.named || !history.system().whole_with(watched.component)) continue;
    auto held = cause_of_holds(history, watched);
    if (!held) held = script_.process().mode_cause(watched.group, slots, history.state().signals);
    // A network is down by what fails of itself.
    const bool itself = script_.model().network(watched.component) != nullptr;
    const Cause cause = held                                                     ? *held
                        : !itself && up_without_infrastructure(history, watched) ? Cause::infrastructure
                                                                                 : Cause::too_few_nodes;
    components_.push_back({w, cause});
  }
}

std::optional<Cause> Blame::cause_of_holds(const History& history, const Watched& watched) const {
  for (const ComponentId id : script_.model().components[watched.component].holds) {
    if (history.is_up(script_.process().wiring().group_of[id])) continue;
    const Hold hold = script_.model().components[id].hold;
    return hold == Hold::bad_release    ? Cause::bad_release
           : hold == Hold::shared_cause ? Cause::shared_cause
                                        : Cause::maintenance;
  }
  return std::nullopt;
}

bool Blame::look_for_plans(const History& history) {
  if (!plans_) return false;
  script_.process().look(history.state().slots, {maintenance_, true}, other_);
  const auto up = [&](ComponentId id) { return other_.up[script_.process().wiring().group_of[id]] != 0; };
  return script_.model().system.evaluate(up);
}

// Whether it would be up if all infrastructure were.
bool Blame::up_without_infrastructure(const History& history, const Watched& watched) {
  if (!supposed_known_) script_.process().look(history.state().slots, {all_infrastructure_}, supposed_);
  supposed_known_ = true;
  return supposed_.up[watched.group] != 0;
}

}  // namespace nines::sim
