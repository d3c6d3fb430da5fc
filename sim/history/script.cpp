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
  }
  return "";
}

std::uint64_t address(const Model& model, const process::Wiring& wiring, const Activity& activity) {
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

Script::Script(const Model& model) : model_(model), process_(model, all_used(model)) {
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
  for (process::GroupId g = 0; g < wiring.groups.size(); ++g) {
    const auto& group = wiring.groups[g];
    choice_address.push_back(address_of(model.components[group.component].name, 0, "choice", ""));
    const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
    serves.push_back(!model.demand.empty() &&
                     std::binary_search(model.named.begin(), model.named.end(), group.component));
    stress_by_mode.push_back((pair && pair->standby_stress != 1) || !group.stress_with.empty());
  }
  for (const ComponentId id : all_used(model)) {
    const process::GroupId g = wiring.group_of[id];
    const auto& group = wiring.groups[g];
    watch_of_group[g] = static_cast<std::uint32_t>(watched.size());
    const bool named = std::binary_search(model.named.begin(), model.named.end(), id);
    watched.push_back({id, g, model.components[id].infrastructure, named});
    const auto add = [&](const ClockOwner& owner) {
      owners.push_back(owner);
      return static_cast<std::uint32_t>(owners.size() - 1);
    };
    for (process::NodeId n = group.first_node; n < group.first_node + group.nodes; ++n) {
      const auto& node = wiring.nodes[n];
      const auto kind = !node.plain ? ClockOwner::Kind::node
                        : serves[g] ? ClockOwner::Kind::served_node
                                    : ClockOwner::Kind::plain_node;
      clock_of_node[n] = add({kind, n, node.first_activity, node.slot});
    }
    if (process::reacts(model.components[id])) clock_of_group[g] = add({ClockOwner::Kind::group, g, 0, 0});
  }
}

}  // namespace nines::sim
