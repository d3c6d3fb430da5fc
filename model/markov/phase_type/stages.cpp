#include "model/markov/phase_type/stages.hpp"

#include <algorithm>
#include <map>

namespace nines::markov {
namespace {

using process::Activity;
using process::ActivityId;
using process::GroupId;
using process::kNone;
using process::NodeId;
using process::Slot;

// What the model reference says is taken by its mean, and `approximations` tells.
bool by_its_mean(const Model& model, const process::Wiring& wiring, const Activity& activity) {
  switch (activity.kind) {
    case Activity::Kind::failure:
    case Activity::Kind::restoration: {
      const GroupId group = wiring.nodes[activity.owner].group;
      return model.components[wiring.groups[group].component].hold == Hold::maintenance;
    }
    case Activity::Kind::detection: {
      const auto* pair = std::get_if<PrimaryStandby>(&wiring.groups[activity.owner].redundancy);
      return pair && pair->heartbeat;
    }
    case Activity::Kind::round_step: return true;
    default: return false;
  }
}

bool is_of_timer(const Activity& activity) {
  return activity.kind >= Activity::Kind::shock;
}

}  // namespace

Stages::Stages(const Model& model, const process::Process& process, const Fitting& fitting) {
  const auto& wiring = process.wiring();
  process_slots_ = wiring.slots;
  std::map<std::pair<Law::Kind, std::vector<double>>, PhaseType> known;  // a fit takes some milliseconds
  for (ActivityId a = 0; a < wiring.activities.size(); ++a) {
    const Law& law = wiring.laws[a];
    if (law.is_exponential() || law.is_never() || law.kind == Law::Kind::calendar) continue;
    if (by_its_mean(model, wiring, wiring.activities[a])) continue;
    const auto [fit, fresh] = known.try_emplace({law.kind, law.parameters});
    if (fresh) fit->second = phase_type_of(law, fitting);
    clocks_.push_back({fit->second, a, 0, wiring.activities[a].kind == Activity::Kind::delivery});
  }
  if (std::all_of(clocks_.begin(), clocks_.end(), [](const Clock& clock) { return clock.law.order() == 1; })) return;

  clock_of_.assign(wiring.activities.size(), kNone);
  life_slot_.assign(wiring.activities.size(), kNone);
  rest_slot_.assign(wiring.nodes.size(), kNone);
  group_slot_.assign(wiring.groups.size(), kNone);
  timer_slot_.assign(wiring.timers.size(), kNone);
  const auto give = [&](std::uint32_t& slot, Slot limit) {
    if (slot == kNone) {
      slot = process_slots_ + static_cast<std::uint32_t>(limits_.size());
      limits_.push_back(0);
    }
    Slot& most = limits_[slot - process_slots_];
    most = std::max(most, limit);
    return slot;
  };
  for (std::uint32_t c = 0; c < clocks_.size(); ++c) {
    Clock& clock = clocks_[c];
    const Slot last = clock.law.order() - 1;
    if (last == 0) continue;
    const Activity& activity = wiring.activities[clock.activity];
    clock_of_[clock.activity] = c;
    if (activity.kind == Activity::Kind::failure) {
      clock.slot = give(life_slot_[clock.activity], last);
    } else if (activity.kind == Activity::Kind::restoration) {
      clock.slot = give(rest_slot_[activity.owner], last);
    } else if (clock.deliveries) {
      const auto& spare = wiring.spares[wiring.timers[activity.owner].owner];
      clock.slot = process_slots_ + static_cast<std::uint32_t>(limits_.size());
      limits_.insert(limits_.end(), last, wiring.slot_limit[spare.slot]);
    } else {
      clock.slot = give(is_of_timer(activity) ? timer_slot_[activity.owner] : group_slot_[activity.owner], last);
    }
  }
  for (NodeId id = 0; id < wiring.nodes.size(); ++id) {
    const auto& node = wiring.nodes[id];
    first_place_.push_back(static_cast<std::uint32_t>(places_.size()));
    const auto add = [&](std::uint32_t slot) {
      if (slot != kNone) places_.push_back({slot, limits_[slot - process_slots_] + 1});
    };
    for (std::uint32_t mode = 0; mode < node.modes; ++mode) add(life_slot_[node.first_activity + mode]);
    add(rest_slot_[id]);
  }
  first_place_.push_back(static_cast<std::uint32_t>(places_.size()));
}

// As the simulator draws anew: see sim/history.
void Stages::follow(const process::Process& process, process::State& state) const {
  if (limits_.empty()) return;
  const auto& wiring = process.wiring();
  auto& slots = state.slots;
  for (const NodeId id : state.changes.units) {
    if (rest_slot_[id] != kNone) slots[rest_slot_[id]] = 0;
    const auto& node = wiring.nodes[id];
    const Slot at = slots[node.slot];
    if (at == 0 || node.modes == 0) continue;
    // The restoration makes the clock of the mode it failed in new.
    const std::uint32_t life = life_slot_[node.first_activity + wiring.kinds[node.kind].mode_of(at)];
    if (life != kNone) slots[life] = 0;
  }
  for (const GroupId group : state.changes.entered)
    if (group_slot_[group] != kNone) slots[group_slot_[group]] = 0;
  for (const std::uint32_t timer : state.changes.timers)
    if (timer_slot_[timer] != kNone) slots[timer_slot_[timer]] = 0;
}

// Two nodes that work are alike as long as nothing tells how old they are. With ages it matters which of them a pair
// takes first and which one maintenance does; and of nodes that wait, where clocks of other modes keep their age, which
// one joins a queue first when both fail at once.
bool Stages::tells_apart(const process::Process& process, const process::Orbit& orbit) const {
  const auto& wiring = process.wiring();
  const auto& node = wiring.nodes[orbit.nodes[0]];
  const auto& group = wiring.groups[node.group];
  std::uint64_t values = wiring.slot_limit[node.slot] + std::uint64_t{1};
  for (const Place& place : places_of(orbit.nodes[0])) {
    values *= place.values;
    if (values >= std::uint64_t{1} << 32U) return true;  // more than the mark of a node holds
  }
  bool ages = false;
  for (std::uint32_t mode = 0; mode < node.modes; ++mode)
    ages = ages || clock_of(node.first_activity + mode) != nullptr;
  return ages && (std::holds_alternative<PrimaryStandby>(group.redundancy) || group.round_slot != kNone ||
                  (node.next_slot != kNone && node.modes > 1));
}

}  // namespace nines::markov
