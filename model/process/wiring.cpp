#include "model/process/wiring.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "model/process/wire.hpp"

namespace nines::process {
namespace {

using namespace wire;

UnitKind make_kind(const Unit& unit, const Queues& queues) {
  UnitKind kind{unit, {}, {}, {}, {}};
  for (std::uint32_t mode = 0; mode < unit.modes.size(); ++mode) {
    kind.first_phase.push_back(static_cast<Slot>(1 + kind.phases.size()));
    const CrewId crew = unit.modes[mode].crew;
    kind.crew.push_back(crew == kNoCrew ? kNone : queues.crew[crew]);
    const SpareId spare = unit.modes[mode].spare;
    kind.spare.push_back(spare == kNoSpare ? kNone : queues.spare[spare]);
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
        const auto push_all = [&](const Expression& expression) {
          for (const auto& term : expression.terms)
            if (term.op == Expression::Op::name) push(term.name);
        };
        push_all(model.components[id].needs);
        for (const Expression& copy : model.components[id].copies) push_all(copy);
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

// Whether a group is a count of its nodes: nothing about it depends on what happened before.
bool only_counts(const Component& component) {
  return !reacts(component) && !std::holds_alternative<PrimaryStandby>(component.redundancy) &&
         !std::holds_alternative<HandDrawn>(component.redundancy) &&
         !std::holds_alternative<Network>(component.redundancy);
}

// Where shocks take a share of all failures, a clock of its own runs slower by that: it takes the longer.
Law own_life(const Law& life, double own_share) {
  return own_share == 0 ? Law::never() : own_share == 1 ? life : life.stretched(1 / own_share);
}

void add_node_activities(Wiring& wiring, Node& node, NodeId id, double own_share, const std::optional<Law>& notice) {
  const UnitKind& kind = wiring.kinds[node.kind];
  node.first_activity = static_cast<ActivityId>(wiring.activities.size());
  node.modes = static_cast<std::uint32_t>(kind.unit.modes.size());
  for (std::uint32_t mode = 0; mode < kind.unit.modes.size(); ++mode)
    add_activity(wiring, {Activity::Kind::failure, node.plain, id, mode},
                 own_life(kind.unit.modes[mode].life, own_share));
  for (std::uint32_t phase = 0; phase < kind.phases.size(); ++phase) {
    const Phase& p = kind.phases[phase];
    add_activity(wiring, {Activity::Kind::restoration, node.plain, id, phase},
                 kind.unit.modes[p.mode].recovery[p.step].takes);
  }
  if (notice) add_activity(wiring, {Activity::Kind::notice, false, id, 0}, *notice);
}

void add_group_activities(Wiring& wiring, Group& group, GroupId id) {
  group.first_activity = static_cast<ActivityId>(wiring.activities.size());
  const auto add = [&](Activity::Kind kind, const std::optional<Law>& law) {
    add_activity(wiring, {kind, false, id, 0}, law.value_or(Law::never()));
  };
  // One clock for all transitions: the process chooses among them when it rings.
  if (group.chain) add_activity(wiring, {Activity::Kind::transition, false, id, 0}, Law::exponential(1));
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

Group make_group(const Component& component, ComponentId id) {
  Group group;
  group.component = id;
  group.redundancy = component.redundancy;
  group.nodes = static_cast<std::uint32_t>(component.nodes.size());
  const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
  const auto* cluster = std::get_if<Cluster>(&component.redundancy);
  group.need = cluster ? cluster->need : group.nodes;
  group.counts = only_counts(component);
  group.reacts = pair || cluster;
  if (cluster && cluster->load_sharing > 0)
    for (std::uint32_t up = 0; up <= group.nodes; ++up)
      group.stress_with.push_back(std::pow(static_cast<double>(group.nodes) / std::max(up, 1u), cluster->load_sharing));
  group.stirs = (pair && pair->false_failover_mean_h) || (cluster && cluster->load_sharing > 0);
  group.stressed = (pair && pair->standby_stress != 1) || !group.stress_with.empty();
  return group;
}

// What it needs and what its nodes are copies of, over groups; and what it is itself a copy in.
void join_groups(Wiring& wiring, const Component& component, Group& group, GroupId g) {
  const auto over_groups = [&](Expression expression, std::vector<GroupId> Group::*list) {
    for (auto& term : expression.terms) {
      if (term.op != Expression::Op::name) continue;
      term.name = wiring.group_of[term.name];
      add_unique(wiring.groups[term.name].*list, g);
    }
    return expression;
  };
  if (names_only_members(component.needs, wiring.group_of))
    group.needs = over_groups(component.needs, &Group::needed_by);
  for (const Expression& copy : component.copies) group.copies.push_back(over_groups(copy, &Group::carries));
  if (component.inside && wiring.group_of[component.inside->component] != kNone) {
    group.outer = wiring.group_of[component.inside->component];
    group.outer_node = component.inside->node;
  }
}

void add_group_timers(Wiring& wiring, Group& group, GroupId id, Calendars calendars) {
  const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
  const auto* cluster = std::get_if<Cluster>(&group.redundancy);
  if (cluster && cluster->rolling) {
    const auto& [every, takes] = *cluster->rolling;
    const std::pair<Activity::Kind, Law> clocks[] = {
        {Activity::Kind::round, Law::calendar(every, every - takes * group.nodes)},
        {Activity::Kind::round_step, Law::fixed(takes)}};
    group.timers[0] = add_timer(wiring, Timer::Kind::round, id, clocks);
  }
  if (pair && pair->inspection_h && calendars == Calendars::kept) {
    const std::pair<Activity::Kind, Law> clocks[] = {
        {Activity::Kind::inspection, Law::calendar(*pair->inspection_h, *pair->inspection_h / 2)}};
    group.timers[1] = add_timer(wiring, Timer::Kind::inspection, id, clocks);
  }
}

// Inner groups come first; whether what they are in has stress is known before.
bool stressed_from_outside(const Model& model, const std::vector<GroupId>& group_of, const Component& component) {
  std::optional<Inside> outer = component.inside;
  while (outer && group_of[outer->component] != kNone) {
    const Component& around = model.components[outer->component];
    if (make_group(around, 0).stressed) return true;
    outer = around.inside;
  }
  return false;
}

}  // namespace

bool reacts(const Component& component) {
  if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy))
    return pair->standby_stress != 1 || pair->detection || pair->failover || pair->failback || pair->coverage < 1 ||
           pair->false_failover_mean_h || pair->inspection_h || pair->who_serves_matters;
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) {
    const bool pauses = cluster->pause != Pause::none && (cluster->detection || cluster->failover);
    return pauses || cluster->detection_matters || cluster->coverage < 1 || cluster->load_sharing > 0 ||
           cluster->rolling;
  }
  return false;
}

Wiring Wiring::of(const Model& model, std::span<const ComponentId> members, Calendars calendars) {
  Wiring wiring;
  const auto order = in_order_of_dependence(model, members);
  wiring.group_of.assign(model.components.size(), kNone);
  for (GroupId g = 0; g < order.size(); ++g) wiring.group_of[order[g]] = g;

  std::map<UnitId, std::uint32_t> kind_of;
  const auto queues = add_queues(model, members, wiring);
  for (GroupId g = 0; g < order.size(); ++g) {
    const Component& component = model.components[order[g]];
    Group group = make_group(component, order[g]);
    group.first_node = static_cast<NodeId>(wiring.nodes.size());
    group.network = model.network(order[g]);
    if (group.network) group.route = wiring.networks++;
    join_groups(wiring, component, group, g);
    group.stressed = group.stressed || stressed_from_outside(model, wiring.group_of, component);
    const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
    const auto* cluster = std::get_if<Cluster>(&component.redundancy);
    const bool inspected = pair && pair->inspection_h;
    std::optional<Law> notice;
    if (inspected && calendars == Calendars::by_rate) notice = Law::exponential(*pair->inspection_h / 2);
    for (std::uint32_t i = 0; i < group.nodes; ++i) {
      Node node;
      node.group = g;
      node.number = i;
      node.composed = !group.copies.empty() || (cluster && cluster->rolling);
      const auto [kind, fresh] = kind_of.emplace(component.nodes[i], wiring.kinds.size());
      if (fresh) wiring.kinds.push_back(make_kind(model.units[component.nodes[i]], queues));
      node.kind = kind->second;
      const UnitKind& its = wiring.kinds[node.kind];
      const auto some = [](const auto& list) {
        return std::any_of(list.begin(), list.end(), [](auto queue) { return queue != kNone; });
      };
      const bool parts = some(its.spare), waits = parts || some(its.crew);
      const std::uint32_t idles = inspected ? 3 : parts ? 2 : waits ? 1 : 0;
      node.slot = new_slot(wiring, its.phases.size() + idles * its.modes());
      if (waits) node.next_slot = new_slot(wiring, 0);  // its limit is known when all nodes are
      if (!component.placement.empty()) {
        node.placement = wiring.group_of[component.placement[i]];
        add_unique(wiring.groups[node.placement].carries, g);
      }
      node.plain = (group.counts || group.network) && !group.stressed && !node.composed && its.phases.size() == 1 &&
                   its.phases[0].works == 1 && its.spare[0] == kNone &&
                   its.unit.modes[0].life.kind != Law::Kind::calendar;
      if (node.plain) node.crew = its.crew[0];
      add_node_activities(wiring, node, static_cast<NodeId>(wiring.nodes.size()), share_of_its_own(model, order[g]),
                          notice);
      wiring.nodes.push_back(node);
    }
    group.chain = model.drawn(order[g]);
    if (group.chain) {
      group.slot = new_slot(wiring, group.chain->size() - 1);
    } else if (!std::holds_alternative<Series>(group.redundancy) && !group.network) {
      group.slot = new_slot(wiring, 7);
      new_slot(wiring, group.nodes + 1);
    }
    if (cluster && cluster->rolling) {
      group.round_slot = new_slot(wiring, 2 * group.nodes);
      new_slot(wiring, group.nodes);
    }
    const auto capacity = [&](UnitId unit) { return model.units[unit].capacity; };
    group.alike = group.copies.empty() && std::all_of(component.nodes.begin(), component.nodes.end(), [&](UnitId unit) {
                    return capacity(unit) == capacity(component.nodes.front());
                  });
    add_group_activities(wiring, group, g);
    add_group_timers(wiring, group, g, calendars);
    add_orbits(model, wiring, group);
    wiring.groups.push_back(std::move(group));
  }
  finish_queues(model, wiring);
  add_shocks(model, wiring);
  return wiring;
}

}  // namespace nines::process
