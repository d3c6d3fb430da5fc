#include "model/process/wiring.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace nines::process {
namespace {

UnitKind make_kind(const Unit& unit, const std::vector<std::uint32_t>& queue_of) {
  UnitKind kind{unit, {}, {}, {}};
  for (std::uint32_t mode = 0; mode < unit.modes.size(); ++mode) {
    kind.first_phase.push_back(static_cast<Slot>(1 + kind.phases.size()));
    const CrewId crew = unit.modes[mode].crew;
    kind.crew.push_back(crew == kNoCrew ? kNone : queue_of[crew]);
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

void add_activity(Wiring& wiring, const Activity& activity, const Law& law) {
  wiring.activities.push_back(activity);
  wiring.laws.push_back(law);
}

// Whether a group is a count of its nodes: nothing about it depends on what happened before.
bool only_counts(const Component& component) {
  return !reacts(component) && !std::holds_alternative<PrimaryStandby>(component.redundancy);
}

void add_node_activities(Wiring& wiring, Node& node, NodeId id) {
  const UnitKind& kind = wiring.kinds[node.kind];
  node.first_activity = static_cast<ActivityId>(wiring.activities.size());
  node.modes = static_cast<std::uint32_t>(kind.unit.modes.size());
  for (std::uint32_t mode = 0; mode < kind.unit.modes.size(); ++mode)
    add_activity(wiring, {Activity::Kind::failure, node.plain, id, mode}, kind.unit.modes[mode].life);
  for (std::uint32_t phase = 0; phase < kind.phases.size(); ++phase) {
    const Phase& p = kind.phases[phase];
    add_activity(wiring, {Activity::Kind::restoration, node.plain, id, phase},
                 kind.unit.modes[p.mode].recovery[p.step].takes);
  }
}

void add_group_activities(Wiring& wiring, Group& group, GroupId id) {
  group.first_activity = static_cast<ActivityId>(wiring.activities.size());
  const auto add = [&](Activity::Kind kind, const std::optional<Law>& law) {
    add_activity(wiring, {kind, false, id, 0}, law.value_or(Law::never()));
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

// Crews that may have more to do than members; by CrewId, kNone for the others.
std::vector<std::uint32_t> add_crews(const Model& model, std::span<const ComponentId> members, Wiring& wiring) {
  std::vector<std::uint64_t> clients(model.crews.size(), 0);
  for (const ComponentId id : members)
    for (const UnitId unit : model.components[id].nodes) {
      std::vector<CrewId> crews;
      for (const FailureMode& mode : model.units[unit].modes)
        if (mode.crew != kNoCrew) add_unique(crews, mode.crew);
      for (const CrewId crew : crews) ++clients[crew];
    }
  std::vector<std::uint32_t> queue_of(model.crews.size(), kNone);
  for (CrewId crew = 0; crew < model.crews.size(); ++crew) {
    if (clients[crew] <= model.crews[crew].size) continue;
    queue_of[crew] = static_cast<std::uint32_t>(wiring.crews.size());
    wiring.crews.push_back({crew, model.crews[crew].size, model.crews[crew].by_priority, 0});
  }
  return queue_of;
}

// Whether nodes of this kind wait where equals of priority are taken in order of their numbers.
bool waits_by_number(const Wiring& wiring, const UnitKind& kind) {
  return std::any_of(kind.crew.begin(), kind.crew.end(),
                     [&](auto crew) { return crew != kNone && wiring.crews[crew].by_priority; });
}

// Units that wait in two modes of one priority are then not alike: which of them is taken first depends on which is
// which.
bool numbers_matter(const Wiring& wiring, const UnitKind& kind) {
  for (std::size_t a = 0; a < kind.crew.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (kind.crew[a] != kNone && kind.crew[a] == kind.crew[b] && wiring.crews[kind.crew[a]].by_priority &&
          kind.unit.modes[a].priority == kind.unit.modes[b].priority)
        return true;
  return false;
}

// A primary-standby group picks the first node that is up, so only neighbours in its order are alike; and with
// failback the first node is told from all others. Where equals wait by number, only neighbours are alike too, for
// others may stand between them in the queue; and in a group that remembers one that may wait (the node whose return
// ends a detection, the former one of a false failover) none are.
void add_orbits(Wiring& wiring, const Group& group) {
  const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
  const bool remembers = pair && (pair->detection || pair->false_failover_mean_h);
  std::map<std::pair<std::uint32_t, GroupId>, std::size_t> orbit_of;
  for (NodeId id = group.first_node; id < group.first_node + group.nodes; ++id) {
    const Node& node = wiring.nodes[id];
    const UnitKind& kind = wiring.kinds[node.kind];
    const std::pair key{node.kind, node.placement};
    const auto found = orbit_of.find(key);
    if (found != orbit_of.end()) {
      wiring.orbits[found->second].nodes.push_back(id);
      continue;
    }
    const bool by_number = waits_by_number(wiring, kind);
    if (pair || by_number) orbit_of.clear();
    const bool apart =
        (pair && pair->failback && node.number == 0) || (remembers && by_number) || numbers_matter(wiring, kind);
    if (!apart) orbit_of[key] = wiring.orbits.size();
    wiring.orbits.push_back({{id}});
  }
}

}  // namespace

bool reacts(const Component& component) {
  if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy))
    return pair->standby_stress != 1 || pair->detection || pair->failover || pair->failback || pair->coverage < 1 ||
           pair->false_failover_mean_h || pair->who_serves_matters;
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) {
    const bool pauses = cluster->pause != Pause::none && (cluster->detection || cluster->failover);
    return pauses || cluster->detection_matters || cluster->coverage < 1 || cluster->load_sharing > 0;
  }
  return false;
}

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
  const auto queue_of = add_crews(model, members, wiring);
  for (GroupId g = 0; g < order.size(); ++g) {
    const Component& component = model.components[order[g]];
    Group group;
    group.component = order[g];
    group.redundancy = component.redundancy;
    group.first_node = static_cast<NodeId>(wiring.nodes.size());
    group.nodes = static_cast<std::uint32_t>(component.nodes.size());
    const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
    const auto* cluster = std::get_if<Cluster>(&component.redundancy);
    group.need = cluster ? cluster->need : group.nodes;
    group.counts = only_counts(component);
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
      if (fresh) wiring.kinds.push_back(make_kind(model.units[component.nodes[i]], queue_of));
      node.kind = kind->second;
      const UnitKind& its = wiring.kinds[node.kind];
      const bool waits = std::any_of(its.crew.begin(), its.crew.end(), [](auto crew) { return crew != kNone; });
      node.slot = new_slot(its.phases.size() + (waits ? its.unit.modes.size() : 0));
      if (waits) node.next_slot = new_slot(0);  // its limit is known when all nodes are
      if (!component.placement.empty()) {
        node.placement = wiring.group_of[component.placement[i]];
        add_unique(wiring.groups[node.placement].carries, g);
      }
      node.plain = group.counts && its.phases.size() == 1 && its.phases[0].works == 1;
      if (node.plain) node.crew = its.crew[0];
      add_node_activities(wiring, node, static_cast<NodeId>(wiring.nodes.size()));
      wiring.nodes.push_back(node);
    }
    if (!std::holds_alternative<Series>(group.redundancy)) {
      group.slot = new_slot(7);
      new_slot(group.nodes + 1);
    }
    group.reacts = pair || cluster;
    if (cluster && cluster->load_sharing > 0)
      for (std::uint32_t up = 0; up <= group.nodes; ++up)
        group.stress_with.push_back(
            std::pow(static_cast<double>(group.nodes) / std::max(up, 1u), cluster->load_sharing));
    group.stirs = (pair && pair->false_failover_mean_h) || (cluster && cluster->load_sharing > 0);
    const double capacity = model.units[component.nodes.front()].capacity;
    if (std::all_of(component.nodes.begin(), component.nodes.end(),
                    [&](UnitId unit) { return model.units[unit].capacity == capacity; }))
      group.capacity = capacity;
    add_group_activities(wiring, group, g);
    add_orbits(wiring, group);
    wiring.groups.push_back(std::move(group));
  }
  for (const Node& node : wiring.nodes)
    if (node.next_slot != kNone) wiring.slot_limit[node.next_slot] = static_cast<Slot>(wiring.nodes.size());
  for (CrewQueue& crew : wiring.crews) {
    crew.slot = new_slot(crew.size);
    new_slot(wiring.nodes.size());
    new_slot(wiring.nodes.size());
  }
  return wiring;
}

}  // namespace nines::process
