#include "sim/history/words.hpp"

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

}  // namespace

std::string instance_of(const Script& script, GroupId group) {
  return script.model().components[script.process().wiring().groups[group].component].name;
}

Words event_words(const Script& script, const process::State& after, process::ActivityId id) {
  const auto& wiring = script.process().wiring();
  const Activity& activity = wiring.activities[id];
  if (activity.kind == Activity::Kind::failure) {
    const auto& node = wiring.nodes[activity.owner];
    const auto& kind = wiring.kinds[node.kind];
    const std::string& failure = kind.unit.modes[activity.part].name;
    const bool waits = kind.is_waiting(after.slots[node.slot]);
    return {node_name(script, activity.owner), with_mode("fails", failure) + (waits ? ", and waits for a crew" : "")};
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
  if (activity.kind == Activity::Kind::restoration)
    for (const NodeId node : after.changes.units)
      if (node != activity.owner) words.push_back({node_name(script, node), "is taken on by a crew"});
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
