#include "model/structure/dependence.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

namespace nines::structure {
namespace {

template <class Visit>
void for_each_support(const Component& component, Visit&& visit) {
  for (const ComponentId on : component.placement) visit(on);
  if (!component.infrastructure) return;
  for (const auto& term : component.needs.terms)
    if (term.op == Expression::Op::name) visit(term.name);
}

}  // namespace

bool reacts(const Component& component) {
  if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy))
    return pair->standby_stress != 1 || pair->detection || pair->failover || pair->failback || pair->coverage < 1 ||
           pair->false_failover_mean_h;
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) {
    const bool pauses = cluster->pause != Pause::none && (cluster->detection || cluster->failover);
    return pauses || cluster->coverage < 1 || cluster->load_sharing > 0;
  }
  return false;
}

Blocks find_blocks(const Model& model) {
  const auto count = static_cast<ComponentId>(model.components.size());
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> shared(count);
  std::vector<char> inside(count, 0);
  std::vector<ComponentId> waiting;
  for (ComponentId id = 0; id < count; ++id)
    if (model.used[id] && reacts(model.components[id])) {
      inside[id] = 1;
      waiting.push_back(id);
    }
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
