#include "sim/history/script.hpp"

#include <algorithm>
#include <map>

namespace nines::sim {
namespace {

using process::Activity;

std::vector<ComponentId> all_used(const Model& model) {
  std::vector<ComponentId> used;
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id]) used.push_back(id);
  return used;
}

const char* purpose(Activity::Kind kind) {
  switch (kind) {
    case Activity::Kind::failure: return "failure";
    case Activity::Kind::restoration: return "restoration";
    case Activity::Kind::detection: return "detection";
    case Activity::Kind::failover: return "failover";
    case Activity::Kind::manual_recovery: return "manual recovery";
    case Activity::Kind::failback: return "failback";
    case Activity::Kind::false_failover: return "false failover";
    case Activity::Kind::transition: return "transition";
    case Activity::Kind::notice: return "notice";
    case Activity::Kind::shock: return "shock";
    case Activity::Kind::joint_restoration: return "joint restoration";
    case Activity::Kind::delivery: return "delivery";
    case Activity::Kind::round: return "round";
    case Activity::Kind::round_step: return "round step";
    case Activity::Kind::inspection: return "inspection";
  }
  return "";
}

// What a timer belongs to, and which of several it is.
std::pair<std::string, std::string> name_of_timer(const Model& model, const process::Wiring& wiring,
                                                  const process::Timer& timer) {
  const auto name_of_group = [&](process::GroupId g) { return model.components[wiring.groups[g].component].name; };
  switch (timer.kind) {
    case process::Timer::Kind::delivery: return {model.spares[wiring.spares[timer.owner].spare].name, ""};
    case process::Timer::Kind::shock: {
      const process::Shock& shock = wiring.shocks[timer.owner];
      if (!shock.name.empty()) return {shock.name, ""};
      const auto& first = wiring.nodes[shock.hits.front().node];
      return {name_of_group(first.group), wiring.kinds[first.kind].unit.modes[shock.hits.front().mode].name};
    }
    default: return {name_of_group(timer.owner), ""};
  }
}

std::uint64_t address(const Model& model, const process::Wiring& wiring, const Activity& activity) {
  if (activity.kind >= Activity::Kind::shock) {
    const auto [name, which] = name_of_timer(model, wiring, wiring.timers[activity.owner]);
    return address_of(name, 0, purpose(activity.kind), which);
  }
  const bool of_node = activity.kind == Activity::Kind::failure || activity.kind == Activity::Kind::restoration;
  if (!of_node)
    return address_of(model.components[wiring.groups[activity.owner].component].name, 0, purpose(activity.kind), "");
  const auto& node = wiring.nodes[activity.owner];
  const auto& kind = wiring.kinds[node.kind];
  const bool fails = activity.kind == Activity::Kind::failure;
  const std::uint32_t mode = fails ? activity.part : kind.phases[activity.part].mode;
  std::string which = kind.unit.modes[mode].name;
  if (!fails) which += "/" + std::to_string(kind.phases[activity.part].step);
  return address_of(model.components[wiring.groups[node.group].component].name, node.number, purpose(activity.kind),
                    which);
}

}  // namespace

Script::Script(const Model& model) : model_(model), process_(model, all_used(model), process::Calendars::kept) {
  const auto& wiring = process_.wiring();
  std::map<std::pair<Law::Kind, std::vector<double>>, std::uint32_t> known;
  for (process::ActivityId a = 0; a < wiring.activities.size(); ++a) {
    const Law& law = wiring.laws[a];
    const auto [found, fresh] = known.emplace(std::pair(law.kind, law.parameters), samplers.size());
    if (fresh) samplers.emplace_back(law);
    draws.push_back({found->second, address(model, wiring, wiring.activities[a])});
  }
  clock_of_node.resize(wiring.nodes.size());
  clock_of_group.assign(wiring.groups.size(), process::kNone);
  watch_of_group.resize(wiring.groups.size());
  const auto asked = model.asked_to_serve();
  for (process::GroupId g = 0; g < wiring.groups.size(); ++g) {
    const auto& group = wiring.groups[g];
    choice_address.push_back(address_of(model.components[group.component].name, 0, "choice", ""));
    serves.push_back(asked[group.component]);
  }
  find_stress();
  clock_of_timer.assign(wiring.timers.size(), process::kNone);
  for (const ComponentId id : all_used(model)) {
    const process::GroupId g = wiring.group_of[id];
    const auto& group = wiring.groups[g];
    watch_of_group[g] = static_cast<std::uint32_t>(watched.size());
    const bool named = std::binary_search(model.named.begin(), model.named.end(), id);
    const bool hold = model.components[id].hold != Hold::none;
    watched.push_back({id, g, model.components[id].infrastructure && !hold, named, hold, model.has_a_section(id)});
    const auto add = [&](const ClockOwner& owner) {
      owners.push_back(owner);
      return static_cast<std::uint32_t>(owners.size() - 1);
    };
    for (process::NodeId n = group.first_node; n < group.first_node + group.nodes; ++n) {
      const auto& node = wiring.nodes[n];
      // What is served is looked at after each event of those who serve it.
      const bool alone = node.plain && serves[g] == 0;
      clock_of_node[n] = add({alone ? ClockOwner::Kind::plain_node : ClockOwner::Kind::node, n, node.first_activity});
    }
    if (group.chain || process::reacts(model.components[id])) clock_of_group[g] = add({ClockOwner::Kind::group, g, 0});
    for (const std::uint32_t timer : group.timers)
      if (timer != process::kNone) clock_of_timer[timer] = add({ClockOwner::Kind::timer, timer, 0});
  }
  for (std::uint32_t timer = 0; timer < wiring.timers.size(); ++timer) {
    const auto [name, which] = name_of_timer(model, wiring, wiring.timers[timer]);
    choice_address.push_back(address_of(name, 0, "choice of timer", which));
    if (clock_of_timer[timer] != process::kNone) continue;
    clock_of_timer[timer] = static_cast<std::uint32_t>(owners.size());
    owners.push_back({ClockOwner::Kind::timer, timer, 0});
  }
}

void Script::find_stress() {
  const auto& wiring = process_.wiring();
  stress_of.resize(wiring.groups.size());
  for (process::NodeId id = 0; id < wiring.nodes.size(); ++id) {
    if (wiring.nodes[id].modes == 0) continue;
    for (process::GroupId g = wiring.nodes[id].group; g != process::kNone; g = wiring.groups[g].outer) {
      const auto* pair = std::get_if<PrimaryStandby>(&wiring.groups[g].redundancy);
      if ((pair && pair->standby_stress != 1) || !wiring.groups[g].stress_with.empty()) stress_of[g].push_back(id);
    }
  }
}

}  // namespace nines::sim
