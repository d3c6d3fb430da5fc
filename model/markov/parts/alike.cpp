#include "model/markov/parts/alike.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace nines::markov {
namespace {

// A member with names and numbers as they are within its block.
struct Member {
  Component component;
  bool asked = false, serves = false, whole_in_block = false;

  friend bool operator==(const Member&, const Member&) = default;
};

class Blocks {
 public:
  Blocks(const Model& model, const Parts& parts, const std::vector<char>& asked)
      : model_(model), parts_(parts), asked_(asked), serves_(model.asked_to_serve()), hit_(model.components.size(), 0) {
    for (const CommonCause& cause : model.causes)
      for (const ComponentId id : cause.hits) hit_[id] = 1;
  }

  // The first block that is equal to this one, or itself.
  std::uint32_t first_like(std::uint32_t number) {
    const Part& block = parts_.list[number];
    if (std::any_of(block.members.begin(), block.members.end(), [&](ComponentId id) { return hit_[id] != 0; }))
      return number;
    std::vector<std::uint32_t> shape;  // of few that may be equal
    for (const ComponentId id : block.members) {
      const Component& component = model_.components[id];
      shape.insert(shape.end(), {static_cast<std::uint32_t>(component.redundancy.index()),
                                 static_cast<std::uint32_t>(component.nodes.size()),
                                 component.nodes.empty() ? 0 : component.nodes.front()});
    }
    auto& candidates = of_shape_[shape];
    for (auto& [other, members] : candidates) {
      if (members.empty()) members = described(parts_.list[other]);  // the first time that it is compared
      if (described(block) == members) return other;
    }
    candidates.emplace_back(number, std::vector<Member>{});
    return number;
  }

 private:
  std::vector<Member> described(const Part& block) const {
    std::unordered_map<ComponentId, ComponentId> local;
    for (const ComponentId id : block.members) local.emplace(id, static_cast<ComponentId>(local.size()));
    std::unordered_map<std::uint32_t, std::uint32_t> written;
    const auto number = [&](ComponentId& id) {
      const auto found = local.find(id);
      id = found != local.end() ? found->second : UINT32_MAX - id;  // outside: the same one
    };
    const auto number_all = [&](Expression& expression) {
      for (auto& term : expression.terms)
        if (term.op == Expression::Op::name) number(term.name);
    };
    std::vector<Member> members;
    for (const ComponentId id : block.members) {
      Member member{model_.components[id], asked_[id] != 0, serves_[id] != 0, parts_.whole_in_block[id] != 0};
      Component& component = member.component;
      component.name.clear();
      component.written = written.emplace(component.written, static_cast<std::uint32_t>(written.size())).first->second;
      for (ComponentId& on : component.placement) number(on);
      for (ComponentId& hold : component.holds) number(hold);
      for (Expression& copy : component.copies) number_all(copy);
      number_all(component.needs);
      if (component.inside) number(component.inside->component);
      members.push_back(std::move(member));
    }
    return members;
  }

  const Model& model_;
  const Parts& parts_;
  const std::vector<char>& asked_;
  std::vector<char> serves_, hit_;
  std::map<std::vector<std::uint32_t>, std::vector<std::pair<std::uint32_t, std::vector<Member>>>> of_shape_;
};

}  // namespace

std::vector<std::uint32_t> find_alike(const Model& model, const Parts& parts, const std::vector<char>& asked) {
  std::vector<std::uint32_t> like(parts.list.size());
  std::iota(like.begin(), like.end(), 0u);
  std::map<std::pair<UnitId, std::uint32_t>, std::uint32_t> stocks;
  std::vector<char> apart(like.size(), 0);  // these have their own way: see AlikeClusters
  for (std::uint32_t part = 0; part < like.size(); ++part)
    if (const std::uint32_t shared = parts.list[part].shared; shared != kNoPart) apart[part] = apart[shared] = 1;
  Blocks blocks(model, parts, asked);
  for (std::uint32_t part = 0; part < like.size(); ++part) {
    const Part& one = parts.list[part];
    if (apart[part]) continue;
    like[part] =
        one.is_block ? blocks.first_like(part) : stocks.emplace(std::pair{one.unit, one.units}, part).first->second;
  }
  return like;
}

void explore_like(const Part& explored, Part& part) {
  part.space = explored.space;
  part.unit_space = explored.unit_space;
  part.value_of = explored.value_of;
  part.sights = explored.sights;
  const auto same = [&](const std::vector<ComponentId>& of) {
    std::vector<ComponentId> list;
    for (const ComponentId id : of) {
      const auto place = std::lower_bound(explored.members.begin(), explored.members.end(), id);
      list.push_back(part.members[static_cast<std::size_t>(place - explored.members.begin())]);
    }
    return list;
  };
  part.serving = same(explored.serving);
  part.infrastructure = same(explored.infrastructure);
}

}  // namespace nines::markov
