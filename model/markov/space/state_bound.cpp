#include "model/markov/space/state_bound.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace nines::markov {
namespace {

// Values that the state of a unit takes whatever happens around it: working, and the phases of its restoration that
// time alone leads to. Of one that may wait for a crew, failed is one value.
std::uint64_t values_of(const Unit& unit) {
  std::uint64_t phases = 0;
  bool waits = false;
  for (const FailureMode& mode : unit.modes) {
    if (mode.life.is_never()) continue;
    waits = waits || mode.crew != kNoCrew;
    for (const RecoveryStep& step : mode.recovery) {
      ++phases;
      if (step.takes.is_never() || step.works >= 1) break;
    }
  }
  return 1 + (waits ? 1 : phases);
}

// Ways for `units` equal units to be in `values` states: units + values - 1 over values - 1.
double ways(std::uint64_t units, std::uint64_t values) {
  double result = 1;
  for (std::uint64_t i = 1; i < values; ++i) result *= static_cast<double>(units + i) / static_cast<double>(i);
  return result;
}

}  // namespace

// The failure clocks of nodes run in every state, and units are restored by themselves: any of them may be in any of
// its values while the others stay where they are. Only standbys that can't fail are reached one after the other. Equal
// nodes in one place are counted, which is the most that lumping does.
double states_at_least(const Model& model, std::span<const ComponentId> members) {
  double states = 1;
  for (const ComponentId id : members) {
    const Component& component = model.components[id];
    if (const DrawnChain* chain = model.drawn(id)) {  // goes through its states whatever the others do
      const auto reachable = chain->reachable();
      states *= static_cast<double>(std::count(reachable.begin(), reachable.end(), 1));
    }
    const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
    std::uint64_t mortal = 0;
    std::map<std::pair<UnitId, ComponentId>, std::uint64_t> alike;
    for (std::size_t i = 0; i < component.nodes.size(); ++i) {
      if (values_of(model.units[component.nodes[i]]) == 1) continue;
      ++mortal;
      ++alike[{component.nodes[i], component.placement.empty() ? 0 : component.placement[i]}];
    }
    if (pair && pair->standby_stress == 0)
      states *= mortal == component.nodes.size() ? static_cast<double>(mortal + 1) : 1.0;
    else
      for (const auto& [kind, units] : alike) states *= ways(units, values_of(model.units[kind.first]));
  }
  return states;
}

std::optional<TooLarge> surely_too_large(const Model& model, std::span<const ComponentId> members,
                                         const ExploreLimits& limits) {
  std::uint64_t slots = 0;
  for (const ComponentId id : members) slots += model.components[id].nodes.size();
  const double states = states_at_least(model, members);
  const auto passes = [&](std::uint64_t limit, std::uint64_t of_each) {
    return states * static_cast<double>(of_each) > static_cast<double>(limit);
  };
  if (passes(limits.states, 1)) return TooLarge{TooLarge::What::states, limits.states, states};
  if (passes(limits.bytes, sizeof(process::Slot) * slots)) return TooLarge{TooLarge::What::bytes, limits.bytes, states};
  if (passes(limits.work(), ExploreLimits::charge(slots))) return TooLarge{TooLarge::What::work, slots, states};
  return std::nullopt;
}

}  // namespace nines::markov
