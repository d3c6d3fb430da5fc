#include "model/process/process.hpp"

#include <algorithm>

namespace nines::process {

Process::Process(const Model& model, std::span<const ComponentId> members) : wiring_(Wiring::of(model, members)) {}

State Process::start() const {
  State state;
  state.slots.assign(wiring_.slots, 0);
  look(state.slots, {}, state.signals);
  return state;
}

namespace {

// A cluster that an outage or a takeover keeps down, however many of its nodes are up.
bool is_held(const Group& cluster, std::span<const Slot> slots) {
  const Slot mode = slots[cluster.slot];
  return mode == mode::kRecovering || (mode != mode::kNoTakeover && slots[cluster.slot + 1] == 1);
}

}  // namespace

bool Process::group_is_up(GroupId id, std::span<const Slot> slots, const Signals& signals) const {
  const Group& group = wiring_.groups[id];
  const std::uint32_t nodes_up = signals.nodes_up[id];
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) {
    const Slot mode = slots[group.slot];
    return mode == mode::kServing || (mode == mode::kAllDown && nodes_up > 0);
  }
  if (const auto* cluster = std::get_if<Cluster>(&group.redundancy))
    return !is_held(group, slots) && nodes_up >= cluster->need;
  return nodes_up == group.nodes;
}

void Process::look(std::span<const Slot> slots, std::span<const char> forced, Signals& signals) const {
  signals.node_up.resize(wiring_.nodes.size());
  signals.nodes_up.assign(wiring_.groups.size(), 0);
  signals.group_up.resize(wiring_.groups.size());
  signals.up.resize(wiring_.groups.size());
  for (GroupId g = 0; g < wiring_.groups.size(); ++g) {
    const Group& group = wiring_.groups[g];
    for (NodeId id = group.first_node; id < group.first_node + group.nodes; ++id) {
      signals.node_up[id] = node_is_up(wiring_.nodes[id], slots, signals.up);
      signals.nodes_up[g] += static_cast<std::uint32_t>(signals.node_up[id]);
    }
    signals.group_up[g] = group_is_up(g, slots, signals);
    const auto is_up = [&](GroupId on) { return signals.up[on] != 0; };
    signals.up[g] = (!forced.empty() && forced[g]) || (signals.group_up[g] && group.needs.evaluate(is_up));
  }
}

Running Process::running_of_any_node(const Node& node, NodeId id, const State& state) const {
  const UnitKind& kind = wiring_.kinds[node.kind];
  const std::uint32_t modes = node.modes;
  const Slot slot = state.slots[node.slot];
  if (slot != 0) {
    if (kind.is_waiting(slot)) return {};
    return {node.first_activity + modes + slot - 1, 1, 1};
  }
  const Group& group = wiring_.groups[node.group];
  if (!group.reacts) return {node.first_activity, modes, 1};
  double stress = 1;
  if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy)) {
    const bool serves = state.slots[group.slot] == mode::kServing && state.slots[group.slot + 1] == node.number;
    stress = serves ? 1 : pair->standby_stress;
  } else if (!group.stress_with.empty() && state.signals.node_up[id]) {
    stress = group.stress_with[state.signals.nodes_up[node.group]];
  }
  if (stress == 0) return {};
  return {node.first_activity, modes, stress};
}

Running Process::running_of_group(GroupId id, const State& state) const {
  const Group& group = wiring_.groups[id];
  const auto only = [&](Activity::Kind kind) { return Running{group_activity(group, kind), 1, 1}; };
  if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy)) {
    switch (state.slots[group.slot]) {
      case mode::kServing:
        if (pair->false_failover_mean_h && state.signals.nodes_up[id] > 1) return only(Activity::Kind::false_failover);
        break;
      case mode::kDetecting: return only(Activity::Kind::detection);
      case mode::kSwitching: return only(Activity::Kind::failover);
      case mode::kManual: return only(Activity::Kind::manual_recovery);
      case mode::kFailback: return only(Activity::Kind::failback);
      default: break;
    }
  } else if (std::holds_alternative<Cluster>(group.redundancy)) {
    switch (state.slots[group.slot]) {
      case mode::kTakeoverDetecting: return only(Activity::Kind::detection);
      case mode::kTakeoverSwitching: return only(Activity::Kind::failover);
      case mode::kRecovering: return only(Activity::Kind::manual_recovery);
      default: break;
    }
  }
  return {};
}

NodeId Process::node_in_question(const Group& group, std::span<const Slot> slots) const {
  if (!std::holds_alternative<PrimaryStandby>(group.redundancy)) return kNone;
  const Slot about = slots[group.slot + 1];
  switch (slots[group.slot]) {
    case mode::kServing:
    case mode::kDetecting: return group.first_node + about;
    case mode::kSwitching:
    case mode::kManual: return about == 0 ? kNone : group.first_node + about - 1u;
    default: return kNone;
  }
}

void Process::set_node_in_question(const Group& group, std::span<Slot> slots, NodeId node) const {
  const Slot mode = slots[group.slot];
  const NodeId number = node - group.first_node;
  const bool one_more = mode == mode::kSwitching || mode == mode::kManual;
  slots[group.slot + 1] = one_more ? number + 1 : number;
}

std::optional<Cause> Process::mode_cause(GroupId id, std::span<const Slot> slots) const {
  const Group& group = wiring_.groups[id];
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) {
    switch (slots[group.slot]) {
      case mode::kFailback: return Cause::failback;
      case mode::kManual: return Cause::by_hand;
      case mode::kDetecting:
      case mode::kSwitching: return Cause::automatic_failover;
      default: return std::nullopt;
    }
  }
  if (std::holds_alternative<Cluster>(group.redundancy)) {
    if (slots[group.slot] == mode::kRecovering) return Cause::by_hand;
    if (is_held(group, slots)) return Cause::automatic_failover;
  }
  return std::nullopt;
}

}  // namespace nines::process
