#include "model/process/wiring.hpp"

#include <algorithm>
#include <map>

namespace nines::process {
namespace {

UnitKind make_kind(const Unit& unit) {
  UnitKind kind{unit, {}, {}};
  for (std::uint32_t mode = 0; mode < unit.modes.size(); ++mode) {
    kind.first_phase.push_back(static_cast<Slot>(1 + kind.phases.size()));
    const auto& recovery = unit.modes[mode].recovery;
    for (std::uint32_t step = 0; step < recovery.size(); ++step)
      kind.phases.push_back({mode, step, recovery[step].works});
  }
  return kind;
}

// Members in order of dependence, otherwise as the model lists them. The model is checked: there are no cycles.
std::vector<ComponentId> in_order_of_dependence(const Model& model, std::span<const ComponentId> members) {
  std::vector<char> inside(model.components.size(), 0), done(model.components.size(), 0);
  for (ComponentId id : members) inside[id] = 1;
  std::vector<ComponentId> sorted(members.begin(), members.end());
  std::sort(sorted.begin(), sorted.end());

  std::vector<ComponentId> order, stack;
  for (ComponentId root : sorted) {
    stack.push_back(root);
    while (!stack.empty()) {
      const ComponentId id = stack.back();
      const std::size_t before = stack.size();
      if (!done[id]) {
        const auto push = [&](ComponentId on) {
          if (inside[on] && !done[on]) stack.push_back(on);
        };
        for (ComponentId on : model.components[id].placement) push(on);
        for (const auto& term : model.components[id].needs.terms)
          if (term.op == Expression::Op::name) push(term.name);
      }
      if (stack.size() == before) {
        stack.pop_back();
        if (!done[id]) order.push_back(id);
        done[id] = 1;
      }
    }
  }
  return order;
}

bool names_only_members(const Expression& expression, const std::vector<GroupId>& group_of) {
  return std::all_of(expression.terms.begin(), expression.terms.end(),
                     [&](const auto& term) { return term.op != Expression::Op::name || group_of[term.name] != kNone; });
}

void add_unique(std::vector<GroupId>& list, GroupId value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

void add_node_activities(Wiring& wiring, Node& node, NodeId id) {
  const UnitKind& kind = wiring.kinds[node.kind];
  node.first_activity = static_cast<ActivityId>(wiring.activities.size());
  for (std::uint32_t mode = 0; mode < kind.unit.modes.size(); ++mode)
    wiring.activities.push_back({Activity::Kind::failure, id, mode, kind.unit.modes[mode].life});
  for (std::uint32_t phase = 0; phase < kind.phases.size(); ++phase) {
    const Phase& p = kind.phases[phase];
    wiring.activities.push_back(
        {Activity::Kind::restoration, id, phase, kind.unit.modes[p.mode].recovery[p.step].takes});
  }
}

void add_group_activities(Wiring& wiring, Group& group, GroupId id) {
  group.first_activity = static_cast<ActivityId>(wiring.activities.size());
  const auto add = [&](Activity::Kind kind, const std::optional<Law>& law) {
    wiring.activities.push_back({kind, id, 0, law.value_or(Law::never())});
  };
  const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
  const auto* cluster = std::get_if<Cluster>(&group.redundancy);
  if (!pair && !cluster) return;
  add(Activity::Kind::detection, pair ? pair->detection : cluster->detection);
  add(Activity::Kind::failover, pair ? pair->failover : cluster->failover);
  add(Activity::Kind::manual_recovery, pair ? pair->manual_recovery : cluster->manual_recovery);
  add(Activity::Kind::failback, pair ? pair->failback : std::nullopt);
  std::optional<Law> false_failover;
  if (pair && pair->false_failover_mean_h) false_failover = Law::exponential(*pair->false_failover_mean_h);
  add(Activity::Kind::false_failover, false_failover);
}

// A primary-standby group picks the first node that is up, so only neighbours in its order are alike; and with
// failback the first node is told from all others.
void add_orbits(Wiring& wiring, const Group& group) {
  const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
  std::map<std::pair<std::uint32_t, GroupId>, std::size_t> orbit_of;
  for (NodeId id = group.first_node; id < group.first_node + group.nodes; ++id) {
    const Node& node = wiring.nodes[id];
    const std::pair key{node.kind, node.placement};
    const auto found = orbit_of.find(key);
    if (found != orbit_of.end()) {
      wiring.orbits[found->second].nodes.push_back(id);
      continue;
    }
    if (pair) orbit_of.clear();
    if (!(pair && pair->failback && node.number == 0)) orbit_of[key] = wiring.orbits.size();
    wiring.orbits.push_back({{id}});
  }
}

}  // namespace

Wiring Wiring::of(const Model& model, std::span<const ComponentId> members) {
  Wiring wiring;
  const auto order = in_order_of_dependence(model, members);
  wiring.group_of.assign(model.components.size(), kNone);
  for (GroupId g = 0; g < order.size(); ++g) wiring.group_of[order[g]] = g;

  std::map<UnitId, std::uint32_t> kind_of;
  const auto new_slot = [&](std::size_t limit) {
    wiring.slot_limit.push_back(static_cast<Slot>(limit));
    return wiring.slots++;
  };
  for (GroupId g = 0; g < order.size(); ++g) {
    const Component& component = model.components[order[g]];
    Group group;
    group.component = order[g];
    group.redundancy = component.redundancy;
    group.first_node = static_cast<NodeId>(wiring.nodes.size());
    group.nodes = static_cast<std::uint32_t>(component.nodes.size());
    if (names_only_members(component.needs, wiring.group_of)) {
      group.needs = component.needs;
      for (auto& term : group.needs.terms) {
        if (term.op != Expression::Op::name) continue;
        term.name = wiring.group_of[term.name];
        add_unique(wiring.groups[term.name].needed_by, g);
      }
    }
    for (std::uint32_t i = 0; i < group.nodes; ++i) {
      Node node;
      node.group = g;
      node.number = i;
      const auto [kind, fresh] = kind_of.emplace(component.nodes[i], wiring.kinds.size());
      if (fresh) wiring.kinds.push_back(make_kind(model.units[component.nodes[i]]));
      node.kind = kind->second;
      node.slot = new_slot(wiring.kinds[node.kind].phases.size());
      if (!component.placement.empty()) {
        node.placement = wiring.group_of[component.placement[i]];
        add_unique(wiring.groups[node.placement].carries, g);
      }
      add_node_activities(wiring, node, static_cast<NodeId>(wiring.nodes.size()));
      wiring.nodes.push_back(node);
    }
    if (!std::holds_alternative<Series>(group.redundancy)) {
      group.slot = new_slot(7);
      new_slot(group.nodes + 1);
    }
    add_group_activities(wiring, group, g);
    add_orbits(wiring, group);
    wiring.groups.push_back(std::move(group));
  }
  return wiring;
}

}  // namespace nines::process
