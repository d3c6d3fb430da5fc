// Shocks: of common causes, and of the beta factor of equal units.
#include <map>
#include <tuple>

#include "model/process/wire.hpp"

namespace nines::process::wire {
namespace {

// The component that gives it a beta: itself, or one in whose node it is a copy. There is one at most.
std::optional<ComponentId> beta_of(const Model& model, ComponentId id) {
  while (true) {
    const Component& component = model.components[id];
    if (component.beta > 0) return id;
    if (!component.inside) return std::nullopt;
    id = component.inside->component;
  }
}

void add_shock(Wiring& wiring, Shock shock, double mean_h, const std::optional<Law>& restore) {
  const auto number = static_cast<std::uint32_t>(wiring.shocks.size());
  std::vector<std::pair<Activity::Kind, Law>> clocks{{Activity::Kind::shock, Law::exponential(mean_h)}};
  if (restore) {
    shock.slot = new_slot(wiring, 1);
    clocks.emplace_back(Activity::Kind::joint_restoration, *restore);
  }
  shock.timer = add_timer(wiring, Timer::Kind::shock, number, clocks);
  wiring.shocks.push_back(std::move(shock));
}

void add_common_causes(const Model& model, Wiring& wiring) {
  for (const CommonCause& cause : model.causes) {
    Shock shock{.name = cause.name, .probability = cause.probability, .hits = {}};
    for (const ComponentId id : cause.hits) {
      const GroupId g = wiring.group_of[id];
      if (g == kNone) continue;
      const Group& group = wiring.groups[g];
      for (NodeId node = group.first_node; node < group.first_node + group.nodes; ++node) {
        const auto& modes = wiring.kinds[wiring.nodes[node].kind].unit.modes;
        std::uint32_t mode = 0;
        for (std::uint32_t m = 0; m < modes.size(); ++m)
          if (modes[m].name == cause.failure) mode = m;
        if (!modes.empty()) shock.hits.push_back({node, mode});
      }
    }
    if (!shock.hits.empty()) add_shock(wiring, std::move(shock), cause.mean_h, cause.restore);
  }
}

// One kind: units of one type in one component, or in copies of it that share the beta.
void add_betas(const Model& model, Wiring& wiring) {
  std::map<std::tuple<ComponentId, std::uint32_t, std::uint32_t>, std::vector<NodeId>> alike;
  for (NodeId id = 0; id < wiring.nodes.size(); ++id) {
    const Group& group = wiring.groups[wiring.nodes[id].group];
    const auto owner = beta_of(model, group.component);
    if (owner && group.copies.empty())
      alike[{*owner, model.components[group.component].written, wiring.nodes[id].kind}].push_back(id);
  }
  for (auto& [key, nodes] : alike) {
    std::sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) {
      const auto place = [&](NodeId id) {
        return std::pair(wiring.groups[wiring.nodes[id].group].component, wiring.nodes[id].number);
      };
      return place(a) < place(b);
    });
    const auto& modes = wiring.kinds[std::get<2>(key)].unit.modes;
    const double beta = model.components[std::get<0>(key)].beta;
    for (std::uint32_t mode = 0; mode < modes.size(); ++mode) {
      if (modes[mode].life.is_never()) continue;
      Shock shock;
      for (const NodeId id : nodes) shock.hits.push_back({id, mode});
      add_shock(wiring, std::move(shock), modes[mode].life.mean_h / beta, std::nullopt);
    }
  }
}

}  // namespace

bool fails_at_once(const Model& model, ComponentId id) {
  if (model.components[id].nodes.size() < 2) return false;
  const bool shocked = std::any_of(model.causes.begin(), model.causes.end(), [&](const CommonCause& cause) {
    return std::binary_search(cause.hits.begin(), cause.hits.end(), id);
  });
  return shocked || beta_of(model, id);
}

double share_of_its_own(const Model& model, ComponentId id) {
  const auto owner = beta_of(model, id);
  return owner ? 1 - model.components[*owner].beta : 1;
}

void add_shocks(const Model& model, Wiring& wiring) {
  add_common_causes(model, wiring);
  add_betas(model, wiring);
}

}  // namespace nines::process::wire
