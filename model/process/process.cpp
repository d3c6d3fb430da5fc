#include "model/process/process.hpp"

#include <algorithm>

namespace nines::process {

Process::Process(const Model& model, std::span<const ComponentId> members, Calendars calendars)
    : wiring_(Wiring::of(model, members, calendars)) {}

namespace {

// A cluster that an outage or a takeover keeps down, however many of its nodes are up.
bool is_held(const Group& cluster, std::span<const Slot> slots) {
  const Slot mode = slots[cluster.slot];
  return mode == mode::kRecovering || (mode != mode::kNoTakeover && slots[cluster.slot + 1] == 1);
}

}  // namespace

State Process::start() const {
  State state;
  state.slots.assign(wiring_.slots, 0);
  for (const Group& group : wiring_.groups)
    if (group.chain) state.slots[group.slot] = group.chain->start;
  look(state.slots, {}, state.signals);
  return state;
}

bool Process::group_is_up(GroupId id, std::span<const Slot> slots, const Signals& signals, bool unplanned) const {
  const Group& group = wiring_.groups[id];
  if (group.chain) return group.chain->up[slots[group.slot]] != 0;
  const std::uint32_t nodes_up = signals.nodes_up[id];
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) {
    const Slot mode = slots[group.slot];
    // While it serves one is up, unless it is asked what would be if what they stand on were down.
    return nodes_up > 0 && (mode == mode::kServing || mode == mode::kAllDown || (unplanned && mode == mode::kFailback));
  }
  if (const auto* cluster = std::get_if<Cluster>(&group.redundancy))
    return !is_held(group, slots) && nodes_up >= cluster->need;
  return nodes_up == group.nodes;
}

void Process::look(std::span<const Slot> slots, const Supposing& supposing, Signals& signals) const {
  signals.node_up.resize(wiring_.nodes.size());
  signals.nodes_up.assign(wiring_.groups.size(), 0);
  signals.group_up.resize(wiring_.groups.size());
  signals.up.resize(wiring_.groups.size());
  signals.routes.resize(wiring_.networks);
  for (GroupId g = 0; g < wiring_.groups.size(); ++g) {
    const Group& group = wiring_.groups[g];
    for (NodeId id = group.first_node; id < group.first_node + group.nodes; ++id) {
      const Node& node = wiring_.nodes[id];
      signals.node_up[id] = node_is_up(node, slots, signals.up) &&
                            (!node.composed || is_composed_up(node, slots, signals.up, supposing.unplanned));
      signals.nodes_up[g] += static_cast<std::uint32_t>(signals.node_up[id]);
    }
    signals.group_up[g] =
        group.network
            ? is_joined(*group.network, std::span<const char>(signals.node_up).subspan(group.first_node, group.nodes),
                        signals.routes[group.route])
            : group_is_up(g, slots, signals, supposing.unplanned);
    const auto is_up = [&](GroupId on) { return signals.up[on] != 0; };
    signals.up[g] =
        (supposing.down.empty() || !supposing.down[g]) &&
        ((!supposing.up.empty() && supposing.up[g]) || (signals.group_up[g] && group.needs.evaluate(is_up)));
  }
}

bool Process::is_composed_up(const Node& node, std::span<const Slot> slots, std::span<const char> up,
                             bool unplanned) const {
  const Group& group = wiring_.groups[node.group];
  if (!unplanned && node_out(group, slots) == group.first_node + node.number) return false;
  return group.copies.empty() || group.copies[node.number].evaluate([&](GroupId on) { return up[on] != 0; });
}

// Of a node of one group, by that group alone.
double Process::stress_of(GroupId id, std::uint32_t number, const State& state) const {
  const Group& group = wiring_.groups[id];
  if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy)) {
    const bool serves = state.slots[group.slot] == mode::kServing && state.slots[group.slot + 1] == number;
    return serves ? 1 : pair->standby_stress;
  }
  const bool shares = !group.stress_with.empty() && state.signals.node_up[group.first_node + number];
  return shares ? group.stress_with[state.signals.nodes_up[id]] : 1;
}

Running Process::running_of_any_node(const Node& node, NodeId, const State& state) const {
  const UnitKind& kind = wiring_.kinds[node.kind];
  const Slot slot = state.slots[node.slot];
  if (slot != 0) {
    if (!kind.is_idle(slot)) return {node.first_activity + node.modes + slot - 1, 1, 1};
    const bool by_rate = kind.is_idle(slot, Idle::unnoticed) && wiring_.groups[node.group].timers[1] == kNone;
    if (by_rate) return {node.first_activity + node.modes + static_cast<ActivityId>(kind.phases.size()), 1, 1};
    return {};
  }
  double stress = 1;
  std::uint32_t number = node.number;
  for (GroupId g = node.group; g != kNone && wiring_.groups[g].stressed; g = wiring_.groups[g].outer) {
    stress *= stress_of(g, number, state);
    number = wiring_.groups[g].outer_node;
  }
  if (stress == 0) return {};
  return {node.first_activity, node.modes, stress};
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
  } else if (group.chain) {
    const double rate = group.chain->out_rate(state.slots[group.slot]);
    return rate > 0 ? Running{group.first_activity, 1, rate} : Running{};
  }
  return {};
}

Running Process::running_of_timer(std::uint32_t id, const State& state) const {
  const Timer& timer = wiring_.timers[id];
  switch (timer.kind) {
    case Timer::Kind::shock: {
      const Shock& shock = wiring_.shocks[timer.owner];
      const bool restores = shock.slot != kNone && state.slots[shock.slot] != 0;
      return {timer.activity + (restores ? 1U : 0U), 1, 1};
    }
    case Timer::Kind::delivery: {
      const Slot orders = state.slots[wiring_.spares[timer.owner].slot];
      return {timer.activity, orders > 0 ? 1U : 0U, static_cast<double>(orders)};
    }
    case Timer::Kind::round: {
      const Slot round = state.slots[wiring_.groups[timer.owner].round_slot];
      return {timer.activity + (round == 0 ? 0U : 1U), round % 2 == 0 ? 1U : 0U, 1};
    }
    case Timer::Kind::inspection: return {timer.activity, 1, 1};
  }
  return {};
}

bool Process::turn_element(GroupId id, NodeId element, bool up, State& state) const {
  const Group& group = wiring_.groups[id];
  Signals& signals = state.signals;
  signals.node_up[element] = up ? 1 : 0;
  signals.nodes_up[id] += up ? 1U : UINT32_MAX;
  const bool before = signals.group_up[id] != 0;
  Route& route = signals.routes[group.route];
  if (before == up || (!up && route.known && !route.on[element - group.first_node])) return false;
  const bool now =
      is_joined(*group.network, std::span<const char>(signals.node_up).subspan(group.first_node, group.nodes), route);
  if (now == before) return false;
  signals.group_up[id] = now ? 1 : 0;
  return true;
}

NodeId Process::node_in_question(const Group& group, std::span<const Slot> slots) const {
  if (!std::holds_alternative<PrimaryStandby>(group.redundancy)) return node_out(group, slots);
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
  const NodeId number = node - group.first_node;
  if (group.round_slot != kNone) {
    slots[group.round_slot + 1] = number;
    return;
  }
  const Slot mode = slots[group.slot];
  const bool one_more = mode == mode::kSwitching || mode == mode::kManual;
  slots[group.slot + 1] = one_more ? number + 1 : number;
}

std::optional<Cause> Process::mode_cause(GroupId id, std::span<const Slot> slots, const Signals& signals) const {
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
    // One node less than it needs, and that node works.
    const NodeId out = node_out(group, slots);
    if (out != kNone && signals.nodes_up[id] + 1 == group.need && node_is_up(wiring_.nodes[out], slots, signals.up) &&
        is_composed_up(wiring_.nodes[out], slots, signals.up, true))
      return Cause::maintenance;
  }
  return std::nullopt;
}

bool Process::is_planned(GroupId id, std::span<const Slot> slots) const {
  const Group& group = wiring_.groups[id];
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) return slots[group.slot] == mode::kFailback;
  return node_out(group, slots) != kNone;
}

}  // namespace nines::process
