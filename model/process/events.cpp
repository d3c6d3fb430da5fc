// What happens when a clock rings: first the units it touches change, then the groups react in order of dependence.
#include <algorithm>
#include <functional>

#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process {
namespace {

// A queue of group numbers, least first; each waits once.
void enqueue(std::vector<GroupId>& heap, GroupId group) {
  if (std::find(heap.begin(), heap.end(), group) != heap.end()) return;
  heap.push_back(group);
  std::push_heap(heap.begin(), heap.end(), std::greater<>());
}

GroupId take_first(std::vector<GroupId>& heap) {
  std::pop_heap(heap.begin(), heap.end(), std::greater<>());
  const GroupId group = heap.back();
  heap.pop_back();
  return group;
}

}  // namespace

void Process::fire_any(const Activity& activity, State& state, Chooser& chooser) const {
  switch (activity.kind) {
    case Activity::Kind::failure: fail(activity.owner, activity.part, state); break;
    case Activity::Kind::restoration:
      if (!end_phase(activity.owner, activity.part, state, chooser)) return;
      break;
    case Activity::Kind::notice: notice(activity.owner, state); return;
    case Activity::Kind::shock:
    case Activity::Kind::joint_restoration:
    case Activity::Kind::delivery:
    case Activity::Kind::round:
    case Activity::Kind::round_step:
    case Activity::Kind::inspection: return ring_timer(activity.owner, activity.kind, state, chooser);
    default: return ring_group(activity.owner, activity.kind, state, chooser);
  }
  const Node& node = wiring_.nodes[activity.owner];
  const bool up = any_node_is_up(node, state.slots, state.signals.up);
  if (up == (state.signals.node_up[activity.owner] != 0)) return;
  const std::span<const NodeId> changed(&activity.owner, 1), nothing;
  const bool changes_above = up ? react(node.group, nothing, changed, state, chooser)  //
                                : react(node.group, changed, nothing, state, chooser);
  if (changes_above) settle_above(node.group, state, chooser);
}

void Process::fail(NodeId id, std::uint32_t mode, State& state) const {
  const Node& node = wiring_.nodes[id];
  state.changes.units.push_back(id);
  if (fails_unnoticed(node, state))
    state.slots[node.slot] = wiring_.kinds[node.kind].idle(Idle::unnoticed, mode);
  else
    start_restoration(id, mode, state);
}

bool Process::fails_unnoticed(const Node& node, const State& state) const {
  const Group& group = wiring_.groups[node.group];
  const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
  return pair && pair->inspection_h && state.slots[group.slot] == mode::kServing &&
         state.slots[group.slot + 1] != node.number;
}

bool Process::notice(NodeId id, State& state) const {
  const Node& node = wiring_.nodes[id];
  const UnitKind& kind = wiring_.kinds[node.kind];
  const Slot slot = state.slots[node.slot];
  if (!kind.is_idle(slot, Idle::unnoticed)) return false;
  state.changes.units.push_back(id);
  start_restoration(id, kind.mode_of(slot), state);
  return true;
}

void Process::notice_all(const Group& group, State& state) const {
  for (NodeId id = group.first_node; id < group.first_node + group.nodes; ++id) notice(id, state);
}

bool Process::end_phase(NodeId id, std::uint32_t phase_number, State& state, Chooser& chooser) const {
  const Node& node = wiring_.nodes[id];
  const UnitKind& kind = wiring_.kinds[node.kind];
  const Phase& phase = kind.phases[phase_number];
  Slot& slot = state.slots[node.slot];
  state.changes.units.push_back(id);
  if (phase.works < 1 && !chooser.happens(phase.works)) {
    ++slot;  // the next step, as failed as before
    return false;
  }
  slot = 0;
  const std::uint32_t crew = kind.crew[phase.mode];
  if (crew == kNone) return true;
  const NodeId next = free_member(wiring_.crews[crew], state);
  if (next != kNone) state.changes.units.push_back(next);
  return true;
}

void Process::ring_group(GroupId id, Activity::Kind clock, State& state, Chooser& chooser) const {
  const Group& group = wiring_.groups[id];
  if (group.chain) return move_chain(id, state, chooser);
  bool entered = false;
  GroupScene scene = scene_of(group, state, chooser, entered);
  if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy))
    primary_standby::clock_rang(*pair, scene, clock);
  else if (const auto* cluster = std::get_if<Cluster>(&group.redundancy))
    cluster::clock_rang(*cluster, scene, clock);
  if (entered) state.changes.entered.push_back(id);
  if (scene.notices) notice_all(group, state);
  if (react(id, {}, {}, state, chooser)) settle_above(id, state, chooser);
}

void Process::move_chain(GroupId id, State& state, Chooser& chooser) const {
  const DrawnChain& chain = *wiring_.groups[id].chain;
  Slot& at = state.slots[wiring_.groups[id].slot];
  const auto rates = chain.rates(at);
  at = chain.targets(at)[rates.size() == 1 ? 0 : chooser.pick(rates)];
  state.changes.entered.push_back(id);
  state.signals.group_up[id] = chain.up[at];
  if (note_group(id, state)) settle_above(id, state, chooser);
}

void Process::wake(GroupId group, State& state) {
  enqueue(state.scratch.groups, group);
}

void Process::wake_above(GroupId changed, State& state) const {
  for (GroupId on_it : wiring_.groups[changed].carries) enqueue(state.scratch.groups, on_it);
  for (GroupId on_it : wiring_.groups[changed].needed_by) enqueue(state.scratch.groups, on_it);
}

void Process::settle_above(GroupId changed, State& state, Chooser& chooser) const {
  state.scratch.groups.clear();
  wake_above(changed, state);
  settle(state, chooser);
}

void Process::settle(State& state, Chooser& chooser) const {
  auto& waiting = state.scratch.groups;
  auto& went_down = state.scratch.went_down;
  auto& came_up = state.scratch.came_up;
  while (!waiting.empty()) {
    const GroupId id = take_first(waiting);
    const Group& group = wiring_.groups[id];
    went_down.clear();
    came_up.clear();
    for (NodeId node = group.first_node; node < group.first_node + group.nodes; ++node) {
      const bool up = any_node_is_up(wiring_.nodes[node], state.slots, state.signals.up);
      if (up == (state.signals.node_up[node] != 0)) continue;
      (up ? came_up : went_down).push_back(node);
    }
    if (react(id, went_down, came_up, state, chooser)) wake_above(id, state);
  }
}

// First the nodes that went down, in order, then those that came up; "up" means after the whole event.
bool Process::react(GroupId id, std::span<const NodeId> down, std::span<const NodeId> up, State& state,
                    Chooser& chooser) const {
  const Group& group = wiring_.groups[id];
  Signals& signals = state.signals;
  std::uint32_t up_before = signals.nodes_up[id];
  for (NodeId node : down) signals.node_up[node] = 0;
  for (NodeId node : up) signals.node_up[node] = 1;
  signals.nodes_up[id] += static_cast<std::uint32_t>(up.size()) - static_cast<std::uint32_t>(down.size());

  if (group.reacts) {
    bool entered = false;
    GroupScene scene = scene_of(group, state, chooser, entered);
    if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy)) {
      for (NodeId node : down) primary_standby::node_went_down(*pair, scene, node - group.first_node);
      for (NodeId node : up) primary_standby::node_came_up(*pair, scene, node - group.first_node);
      primary_standby::return_to_first(*pair, scene);
    } else if (const auto* cluster = std::get_if<Cluster>(&group.redundancy)) {
      for (std::size_t i = 0; i < down.size(); ++i) cluster::node_went_down(*cluster, scene, up_before--);
    }
    if (scene.notices) notice_all(group, state);
    if (entered && (state.changes.entered.empty() || state.changes.entered.back() != id))
      state.changes.entered.push_back(id);
    const bool out = group.round_slot != kNone && send_out(id, state);
    if (group.stirs && (out || !(down.empty() && up.empty()))) state.changes.stirred.push_back(id);
  }

  if (group.network)
    signals.group_up[id] =
        is_still_joined(*group.network, std::span<const char>(signals.node_up).subspan(group.first_node, group.nodes),
                        signals.group_up[id] != 0, down, up, group.first_node, signals.routes[group.route]);
  else
    signals.group_up[id] = group_is_up(id, state.slots, signals);
  return note_group(id, state);
}

bool Process::note_group(GroupId id, State& state) const {
  const Group& group = wiring_.groups[id];
  Signals& signals = state.signals;
  const auto is_up = [&](GroupId on) { return signals.up[on] != 0; };
  const bool now = signals.group_up[id] && (group.needs.empty() || group.needs.evaluate(is_up));
  if (now == (signals.up[id] != 0)) return false;
  signals.up[id] = now;
  state.changes.flipped.push_back(id);
  return true;
}

}  // namespace nines::process
