// What happens when a clock rings: first the units it touches change, then the groups react in order of dependence.
#include <algorithm>
#include <functional>

#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process {
namespace {

GroupScene scene_of(const Group& group, State& state, Chooser& chooser) {
  return {state.slots[group.slot], state.slots[group.slot + 1],
          std::span(state.signals.node_up).subspan(group.first_node, group.nodes), chooser};
}

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

void Process::fire(ActivityId id, State& state, Chooser& chooser) const {
  const Activity& activity = wiring_.activities[id];
  if (activity.kind == Activity::Kind::failure || activity.kind == Activity::Kind::restoration) {
    const Node& node = wiring_.nodes[activity.owner];
    const UnitKind& kind = wiring_.kinds[node.kind];
    Slot& slot = state.slots[node.slot];
    if (activity.kind == Activity::Kind::failure) {
      slot = kind.first_phase[activity.part];
    } else {
      const Phase& phase = kind.phases[activity.part];
      const bool works = phase.works == 1 || chooser.happens(phase.works);
      slot = works ? Slot{0} : static_cast<Slot>(slot + 1);
      if (!works) return;  // the next step is as failed as the one before
    }
    const NodeId changed[] = {activity.owner};
    settle(node.group, changed, state, chooser);
    return;
  }
  const Group& group = wiring_.groups[activity.owner];
  const GroupScene scene = scene_of(group, state, chooser);
  if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy))
    primary_standby::clock_rang(*pair, scene, activity.kind);
  else if (const auto* cluster = std::get_if<Cluster>(&group.redundancy))
    cluster::clock_rang(*cluster, scene, activity.kind);
  settle(activity.owner, {}, state, chooser);
}

void Process::settle(GroupId first, std::span<const NodeId> changed, State& state, Chooser& chooser) const {
  auto& waiting = state.scratch.groups;
  auto& nodes = state.scratch.nodes;
  nodes.assign(changed.begin(), changed.end());
  bool all_nodes = false;  // the group's infrastructure changed: look at every node
  waiting.clear();
  enqueue(waiting, first);
  while (!waiting.empty()) {
    const GroupId id = take_first(waiting);
    const Group& group = wiring_.groups[id];
    auto& went_down = state.scratch.went_down;
    auto& came_up = state.scratch.came_up;
    went_down.clear();
    came_up.clear();
    const auto compare = [&](NodeId node) {
      const bool up = node_is_up(wiring_.nodes[node], state.slots, state.signals.up);
      if (up == (state.signals.node_up[node] != 0)) return;
      (up ? came_up : went_down).push_back(node);
    };
    if (all_nodes)
      for (NodeId node = group.first_node; node < group.first_node + group.nodes; ++node) compare(node);
    else
      for (NodeId node : nodes) compare(node);
    all_nodes = true;  // whatever comes next comes because of infrastructure
    react(id, state, chooser);

    Signals& signals = state.signals;
    signals.group_up[id] = group_is_up(id, state.slots, signals);
    const auto is_up = [&](GroupId on) { return signals.up[on] != 0; };
    const bool up = signals.group_up[id] && (group.needs.empty() || group.needs.evaluate(is_up));
    if (up == (signals.up[id] != 0)) continue;
    signals.up[id] = up;
    for (GroupId on_it : group.carries) enqueue(waiting, on_it);
    for (GroupId on_it : group.needed_by) enqueue(waiting, on_it);
  }
}

// First the nodes that went down, in order, then those that came up; "up" means after the whole event.
void Process::react(GroupId id, State& state, Chooser& chooser) const {
  const Group& group = wiring_.groups[id];
  Signals& signals = state.signals;
  const auto& down = state.scratch.went_down;
  const auto& up = state.scratch.came_up;
  std::uint32_t up_before = signals.nodes_up[id];
  for (NodeId node : down) signals.node_up[node] = 0;
  for (NodeId node : up) signals.node_up[node] = 1;
  signals.nodes_up[id] += static_cast<std::uint32_t>(up.size()) - static_cast<std::uint32_t>(down.size());

  if (const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy)) {
    const GroupScene scene = scene_of(group, state, chooser);
    for (NodeId node : down) primary_standby::node_went_down(*pair, scene, node - group.first_node);
    for (NodeId node : up) primary_standby::node_came_up(*pair, scene, node - group.first_node);
    primary_standby::return_to_first(*pair, scene);
  } else if (const auto* cluster = std::get_if<Cluster>(&group.redundancy)) {
    const GroupScene scene = scene_of(group, state, chooser);
    for (std::size_t i = 0; i < down.size(); ++i) cluster::node_went_down(*cluster, scene, up_before--);
  }
}

}  // namespace nines::process
