#include "model/structure/ties.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "model/process/wiring.hpp"

namespace nines::structure {
namespace {

using Lists = std::vector<std::vector<ComponentId>>;

// Crews that may have more to do than members, and parts, which run out.
void add_queues(const Model& model, Lists& lists) {
  Lists of_crew(model.crews.size()), of_spare(model.spares.size());  // by node
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    for (const UnitId unit : model.components[id].nodes) {
      std::vector<CrewId> crews;
      for (const FailureMode& mode : model.units[unit].modes) {
        if (mode.crew != kNoCrew && std::find(crews.begin(), crews.end(), mode.crew) == crews.end())
          crews.push_back(mode.crew);
        if (mode.spare != kNoSpare) of_spare[mode.spare].push_back(id);
      }
      for (const CrewId crew : crews) of_crew[crew].push_back(id);
    }
  }
  for (CrewId crew = 0; crew < of_crew.size(); ++crew)
    if (of_crew[crew].size() > model.crews[crew].size) lists.push_back(std::move(of_crew[crew]));
  for (auto& clients : of_spare)
    if (!clients.empty()) lists.push_back(std::move(clients));
}

void add_shocks(const Model& model, Lists& lists) {
  for (const CommonCause& cause : model.causes) lists.push_back(cause.hits);
  // By what has the beta and the entry in the file: copies of one component fail together.
  std::map<std::pair<ComponentId, std::uint32_t>, std::vector<ComponentId>> kinds;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id] || !model.components[id].copies.empty()) continue;
    for (ComponentId at = id;; at = model.components[at].inside->component) {
      if (model.components[at].beta > 0) kinds[{at, model.components[id].written}].push_back(id);
      if (!model.components[at].inside) break;
    }
  }
  for (auto& [kind, list] : kinds) lists.push_back(std::move(list));
}

}  // namespace

std::vector<char> inside_reacting(const Model& model) {
  std::vector<char> inside(model.components.size(), 0);
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    const Component* component = &model.components[id];
    while (component->inside && !inside[id]) {
      component = &model.components[component->inside->component];
      inside[id] = process::reacts(*component);
    }
  }
  return inside;
}

std::vector<std::vector<ComponentId>> ties_of(const Model& model) {
  Lists lists;
  add_queues(model, lists);
  add_shocks(model, lists);
  return lists;
}

}  // namespace nines::structure
