#include "model/structure/dependence.hpp"

#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include "model/process/wiring.hpp"
#include "model/structure/ties.hpp"

namespace nines::structure {
namespace {

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
  for (const auto& list : ties_of(model)) ties.tie_all(list);
  auto inside = inside_reacting(model);
  ties.spread(inside);
  Blocks blocks = ties.blocks();
  blocks.inside_reacting = std::move(inside);
  return blocks;
}

}  // namespace nines::structure
