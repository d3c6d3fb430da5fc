#include "model/structure/dependence.hpp"

#include <algorithm>
#include <map>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include "model/process/wiring.hpp"

namespace nines::structure {
namespace {

// By component: it is a copy in something that reacts, so that its own needs start things there.
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

template <class Visit>
void for_each_name(const Expression& expression, Visit&& visit) {
  for (const auto& term : expression.terms)
    if (term.op == Expression::Op::name) visit(term.name);
}

// What its behaviour sees.
template <class Visit>
void for_each_support(const Component& component, bool inside_reacting, Visit&& visit) {
  for (const ComponentId on : component.placement) visit(on);
  for (const Expression& copy : component.copies) for_each_name(copy, visit);
  if (component.infrastructure || inside_reacting) for_each_name(component.needs, visit);
}

// Components that share what makes them depend on each other.
class Ties {
 public:
  explicit Ties(const Model& model)
      : model_(model), shared_(model.components.size()), inside_(model.components.size(), 0) {}

  void enter(ComponentId id) {
    if (!inside_[id]) waiting_.push_back(id);
    inside_[id] = 1;
  }
  void tie(ComponentId a, ComponentId b) {
    boost::add_edge(a, b, shared_);
    enter(a);
    enter(b);
  }
  void tie_all(const std::vector<ComponentId>& list) {
    for (const ComponentId id : list) tie(list.front(), id);
  }

  // Crews that may have more to do than members, and parts, which run out.
  void tie_queues() {
    std::vector<std::vector<ComponentId>> of_crew(model_.crews.size()), of_spare(model_.spares.size());  // by node
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      if (!model_.used[id]) continue;
      for (const UnitId unit : model_.components[id].nodes) {
        std::vector<CrewId> crews;
        for (const FailureMode& mode : model_.units[unit].modes) {
          if (mode.crew != kNoCrew && std::find(crews.begin(), crews.end(), mode.crew) == crews.end())
            crews.push_back(mode.crew);
          if (mode.spare != kNoSpare) of_spare[mode.spare].push_back(id);
        }
        for (const CrewId crew : crews) of_crew[crew].push_back(id);
      }
    }
    for (CrewId crew = 0; crew < of_crew.size(); ++crew)
      if (of_crew[crew].size() > model_.crews[crew].size) tie_all(of_crew[crew]);
    for (const auto& clients : of_spare)
      if (!clients.empty()) tie_all(clients);
  }

  void tie_shocks() {
    for (const CommonCause& cause : model_.causes) tie_all(cause.hits);
    // By what has the beta and the entry in the file: copies of one component fail together.
    std::map<std::pair<ComponentId, std::uint32_t>, std::vector<ComponentId>> kinds;
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      if (!model_.used[id] || !model_.components[id].copies.empty()) continue;
      for (ComponentId at = id;; at = model_.components[at].inside->component) {
        if (model_.components[at].beta > 0) kinds[{at, model_.components[id].written}].push_back(id);
        if (!model_.components[at].inside) break;
      }
    }
    for (const auto& [kind, list] : kinds) tie_all(list);
  }

  void spread(const std::vector<char>& inside_reacting) {
    while (!waiting_.empty()) {
      const ComponentId id = waiting_.back();
      waiting_.pop_back();
      for_each_support(model_.components[id], inside_reacting[id] != 0, [&](ComponentId on) { tie(id, on); });
    }
  }

  [[nodiscard]] Blocks blocks() const {
    const auto count = static_cast<ComponentId>(model_.components.size());
    std::vector<std::uint32_t> label(count);
    boost::connected_components(shared_, label.data());
    Blocks blocks;
    blocks.block_of.assign(count, kNoBlock);
    std::vector<std::uint32_t> block_with(count, kNoBlock);
    for (ComponentId id = 0; id < count; ++id) {
      if (!inside_[id]) continue;
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

 private:
  const Model& model_;
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> shared_;
  std::vector<char> inside_;
  std::vector<ComponentId> waiting_;
};

}  // namespace

Blocks find_blocks(const Model& model) {
  Ties ties(model);
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id] && (model.drawn(id) || process::reacts(model.components[id]))) ties.enter(id);
  ties.tie_queues();
  ties.tie_shocks();
  const auto inside = inside_reacting(model);
  ties.spread(inside);
  Blocks blocks = ties.blocks();
  blocks.inside_reacting = inside;
  return blocks;
}

}  // namespace nines::structure
