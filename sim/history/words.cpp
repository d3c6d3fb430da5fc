#include "sim/history/words.hpp"

#include <optional>

#include <fmt/format.h>

namespace nines::sim {
namespace {

using process::Activity;
using process::GroupId;
using process::NodeId;
namespace mode = process::mode;

std::string node_name(const Script& script, NodeId id) {
  const auto& node = script.process().wiring().nodes[id];
  const auto& group = script.process().wiring().groups[node.group];
  const std::string& name = script.model().components[group.component].name;
  if (group.network) return fmt::format("{}.{}", name, group.network->element_names[node.number]);
  return group.nodes == 1 ? name : fmt::format("{}[{}]", name, node.number);
}

std::string with_mode(const std::string& what, const std::string& mode) {
  return mode.empty() ? what : what + ": " + mode;
}

std::string primary_standby_words(process::Slot now, process::Slot about) {
  switch (now) {
    case mode::kServing: return fmt::format("serves with node {}", about);
    case mode::kDetecting: return "has not noticed yet";
    case mode::kSwitching: return "fails over";
    case mode::kManual: return "waits for recovery by hand";
    case mode::kAllDown: return "has no node left";
    case mode::kFailback: return "goes back to node 0";
    default: return "";
  }
}

std::string cluster_words(process::Slot now) {
  switch (now) {
    case mode::kNoTakeover: return "is done with the takeover";
    case mode::kTakeoverDetecting: return "is held up by a failure not noticed yet";
    case mode::kTakeoverSwitching: return "is held up by a takeover";
    case mode::kRecovering: return "waits for recovery by hand";
    default: return "";
  }
}

const char* waiting_words(const process::UnitKind& kind, process::Slot slot) {
  if (kind.is_idle(slot, process::Idle::waits_for_crew)) return ", and waits for a crew";
  if (kind.is_idle(slot, process::Idle::waits_for_part)) return ", and waits for a part";
  if (kind.is_idle(slot, process::Idle::unnoticed)) return ", and nobody notices";
  return "";
}

// Of the clock of a hold: what begins or ends is told, not that an entry fails which the file does not list.
std::optional<Words> hold_words(const Script& script, const Activity& activity) {
  const auto& wiring = script.process().wiring();
  if (activity.kind != Activity::Kind::failure && activity.kind != Activity::Kind::restoration) return std::nullopt;
  const Component& hold = script.model().components[wiring.groups[wiring.nodes[activity.owner].group].component];
  const bool begins = activity.kind == Activity::Kind::failure;
  const std::string name = hold.name.substr(0, hold.name.rfind(':'));
  switch (hold.hold) {
    case Hold::bad_release: return Words{name, begins ? "gets a bad release" : "has the bad release rolled back"};
    case Hold::shared_cause: return Words{name, begins ? "strikes" : "is over: what it took down is restored"};
    case Hold::maintenance: return Words{name, begins ? "goes down for maintenance" : "is done with maintenance"};
    case Hold::none: break;
  }
  return std::nullopt;
}

// Of a clock that is of no node and no group's mode.
Words timer_words(const Script& script, const process::State& after, const process::Timer& timer, Activity::Kind kind) {
  const auto& wiring = script.process().wiring();
  switch (timer.kind) {
    case process::Timer::Kind::delivery:
      return {script.model().spares[wiring.spares[timer.owner].spare].name, "comes, as ordered"};
    case process::Timer::Kind::shock: {
      const process::Shock& shock = wiring.shocks[timer.owner];
      if (shock.name.empty())
        return {instance_of(script, wiring.nodes[shock.hits.front().node].group),
                "fails in all units of a kind at once"};
      return {shock.name, kind == Activity::Kind::shock ? "strikes" : "is over: what it took down is restored"};
    }
    case process::Timer::Kind::inspection: return {instance_of(script, timer.owner), "is inspected"};
    case process::Timer::Kind::round: {
      const auto& group = wiring.groups[timer.owner];
      const process::Slot round = after.slots[group.round_slot];
      const std::string name = instance_of(script, timer.owner);
      if (kind == Activity::Kind::round_step && round == 0) return {name, "ends its round of maintenance"};
      if (round % 2 == 0)
        return {name, fmt::format("takes node {} out for maintenance", after.slots[group.round_slot + 1])};
      return {name, "waits until the next node can go out for maintenance"};
    }
  }
  return {};
}

// A unit that the event of another clock touched: struck, taken on, or found failed.
std::optional<Words> unit_words(const Script& script, const process::State& after, NodeId id, Activity::Kind event) {
  const auto& wiring = script.process().wiring();
  const auto& node = wiring.nodes[id];
  const auto& kind = wiring.kinds[node.kind];
  const process::Slot slot = after.slots[node.slot];
  if (script.model().components[wiring.groups[node.group].component].hold != Hold::none || slot == 0)
    return std::nullopt;
  const std::uint32_t mode = kind.mode_of(slot);
  const std::string waits = waiting_words(kind, slot);
  if (event == Activity::Kind::shock)
    return Words{node_name(script, id), with_mode("fails", kind.unit.modes[mode].name) + waits};
  if (event == Activity::Kind::restoration || event == Activity::Kind::delivery) {
    if (!waits.empty()) return Words{node_name(script, id), "has its part" + waits};
    return Words{node_name(script, id), kind.crew[mode] == process::kNone ? "has its part" : "is taken on by a crew"};
  }
  return Words{node_name(script, id), "is noticed to have failed" + waits};
}

}  // namespace

std::string instance_of(const Script& script, GroupId group) {
  return script.model().components[script.process().wiring().groups[group].component].name;
}

Words event_words(const Script& script, const process::State& after, process::ActivityId id) {
  const auto& wiring = script.process().wiring();
  const Activity& activity = wiring.activities[id];
  if (const auto words = hold_words(script, activity)) return *words;
  if (activity.kind == Activity::Kind::failure) {
    const auto& node = wiring.nodes[activity.owner];
    const auto& kind = wiring.kinds[node.kind];
    const std::string& failure = kind.unit.modes[activity.part].name;
    return {node_name(script, activity.owner),
            with_mode("fails", failure) + waiting_words(kind, after.slots[node.slot])};
  }
  if (activity.kind == Activity::Kind::restoration) {
    const auto& node = wiring.nodes[activity.owner];
    const auto& kind = wiring.kinds[node.kind];
    const auto& phase = kind.phases[activity.part];
    const std::string& step = kind.unit.modes[phase.mode].recovery[phase.step].name;
    const bool works = after.slots[node.slot] == 0;
    return {node_name(script, activity.owner),
            works ? with_mode("is restored", step) : with_mode("is not restored yet, goes to the next step", step)};
  }
  if (activity.kind >= Activity::Kind::shock)
    return timer_words(script, after, wiring.timers[activity.owner], activity.kind);
  if (activity.kind == Activity::Kind::notice) return {node_name(script, activity.owner), "is noticed to have failed"};
  const std::string name = instance_of(script, activity.owner);
  if (const auto& group = wiring.groups[activity.owner]; group.chain) {
    const std::string state = group.chain->name_of(after.slots[group.slot]);
    return {name, (group.chain->states.empty() ? "goes to state " : "goes to ") + state};
  }
  switch (activity.kind) {
    case Activity::Kind::detection: return {name, "notices the failure"};
    case Activity::Kind::failover: return {name, "ends the failover"};
    case Activity::Kind::manual_recovery: return {name, "is recovered by hand"};
    case Activity::Kind::failback: return {name, "ends the failback"};
    default: return {name, "starts a failover for no reason"};
  }
}

std::vector<Words> change_words(const Script& script, const process::State& after, process::ActivityId id) {
  const auto& wiring = script.process().wiring();
  const Activity& activity = wiring.activities[id];
  std::vector<Words> words;
  const bool of_node = activity.kind == Activity::Kind::failure || activity.kind == Activity::Kind::restoration ||
                       activity.kind == Activity::Kind::notice;
  for (const NodeId node : after.changes.units)
    if (!of_node || node != activity.owner)
      if (auto said = unit_words(script, after, node, activity.kind)) words.push_back(std::move(*said));
  for (const GroupId entered : after.changes.entered) {
    const auto& group = wiring.groups[entered];
    if (group.chain) continue;  // where it went has been said
    const process::Slot now = after.slots[group.slot];
    const bool pair = std::holds_alternative<PrimaryStandby>(group.redundancy);
    words.push_back({instance_of(script, entered),
                     pair ? primary_standby_words(now, after.slots[group.slot + 1]) : cluster_words(now)});
  }
  return words;
}

}  // namespace nines::sim
