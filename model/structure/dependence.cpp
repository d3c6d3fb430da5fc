#include "model/structure/dependence.hpp"

#include <algorithm>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include "model/process/wiring.hpp"

namespace nines::structure {
namespace {

template <class Visit>
void for_each_support(const Component& component, Visit&& visit) {
  for (const ComponentId on : component.placement) visit(on);
  if (!component.infrastructure) return;
  for (const auto& term : component.needs.terms)
    if (term.op == Expression::Op::name) visit(term.name);
}

// Crews that may have more to do than members tie together all that they restore.
template <class Graph>
void tie_crews(const Model& model, Graph& shared, std::vector<char>& inside, std::vector<ComponentId>& waiting) {
  std::vector<std::vector<ComponentId>> clients(model.crews.size());  // once for each node
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    for (const UnitId unit : model.components[id].nodes) {
      std::vector<CrewId> crews;
      for (const FailureMode& mode : model.units[unit].modes)
        if (mode.crew != kNoCrew && std::find(crews.begin(), crews.end(), mode.crew) == crews.end())
          crews.push_back(mode.crew);
      for (const CrewId crew : crews) clients[crew].push_back(id);
    }
  }
  for (CrewId crew = 0; crew < model.crews.size(); ++crew) {
    if (clients[crew].size() <= model.crews[crew].size) continue;
    for (const ComponentId id : clients[crew]) {
      boost::add_edge(clients[crew].front(), id, shared);
      if (!inside[id]) waiting.push_back(id);
      inside[id] = 1;
    }
  }
}

}  // namespace

Blocks find_blocks(const Model& model) {
  const auto count = static_cast<ComponentId>(model.components.size());
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> shared(count);
  std::vector<char> inside(count, 0);
  std::vector<ComponentId> waiting;
  for (ComponentId id = 0; id < count; ++id)
    if (model.used[id] && (model.drawn(id) || process::reacts(model.components[id]))) {
      inside[id] = 1;
      waiting.push_back(id);
    }
  tie_crews(model, shared, inside, waiting);
  while (!waiting.empty()) {
    const ComponentId id = waiting.back();
    waiting.pop_back();
    for_each_support(model.components[id], [&](ComponentId on) {
      boost::add_edge(id, on, shared);
      if (!inside[on]) waiting.push_back(on);
      inside[on] = 1;
    });
  }
  std::vector<std::uint32_t> label(count);
  boost::connected_components(shared, label.data());

  Blocks blocks;
  blocks.block_of.assign(count, kNoBlock);
  std::vector<std::uint32_t> block_with(count, kNoBlock);
  for (ComponentId id = 0; id < count; ++id) {
    if (!inside[id]) continue;
    std::uint32_t& block = block_with[label[id]];
    if (block == kNoBlock) {
      block = static_cast<std::uint32_t>(blocks.members.size());
      blocks.members.emplace_back();
    }
    blocks.members[block].push_back(id);
    blocks.block_of[id] = block;
  }
  return blocks;
}

}  // namespace nines::structure
