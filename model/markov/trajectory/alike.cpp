#include "model/markov/trajectory/alike.hpp"

#include <algorithm>
#include <utility>

namespace nines::markov {
namespace {

constexpr std::size_t kMostKinds = 200;  // of more, nobody asks whether they are equal

bool is_in(const std::vector<ComponentId>& list, ComponentId id) {
  return std::binary_search(list.begin(), list.end(), id);
}

}  // namespace

AlikeClusters::AlikeClusters(const Model& model, std::vector<std::vector<char>> told_apart)
    : model_(model), told_apart_(std::move(told_apart)), struck_(model.components.size(), 0) {
  for (const CommonCause& cause : model.causes)
    for (const ComponentId id : cause.hits) struck_[id] = 1;
}

bool AlikeClusters::same(const Kind& a, const Kind& b) const {
  if (a.own.size() != b.own.size() || a.members.size() != b.members.size()) return false;
  const auto same_name = [&](ComponentId x, ComponentId y) {
    const auto at = std::lower_bound(a.own.begin(), a.own.end(), x);
    if (at != a.own.end() && *at == x) return b.own[static_cast<std::size_t>(at - a.own.begin())] == y;
    if (is_in(a.members, x)) return x == y;
    return !is_in(b.members, y);  // neither has a say in what happens in a cluster
  };
  const auto same_expression = [&](const Expression& x, const Expression& y) {
    return std::equal(x.terms.begin(), x.terms.end(), y.terms.begin(), y.terms.end(), [&](auto& s, auto& t) {
      return s.op == t.op && s.need == t.need && s.operands == t.operands &&
             (s.op != Expression::Op::name || same_name(s.name, t.name));
    });
  };
  for (std::size_t i = 0; i < a.own.size(); ++i) {
    const ComponentId of_a = a.own[i], of_b = b.own[i];
    const Component& x = model_.components[of_a];
    const Component& y = model_.components[of_b];
    for (const auto& told : told_apart_)
      if (told[of_a] != told[of_b]) return false;
    if (struck_[of_a] || struck_[of_b] || x.infrastructure != y.infrastructure || x.hold != y.hold ||
        x.beta != y.beta || x.holds.size() != y.holds.size() || !(x.redundancy == y.redundancy))
      return false;
    if (x.inside.has_value() != y.inside.has_value() || (x.inside && x.beta > 0)) return false;
    if (x.inside && (x.inside->node != y.inside->node || !is_in(a.own, x.inside->component) ||
                     !same_name(x.inside->component, y.inside->component)))
      return false;
    const auto same_unit = [&](UnitId s, UnitId t) { return s == t || model_.units[s] == model_.units[t]; };
    if (!std::equal(x.nodes.begin(), x.nodes.end(), y.nodes.begin(), y.nodes.end(), same_unit) ||
        !std::equal(x.placement.begin(), x.placement.end(), y.placement.begin(), y.placement.end(), same_name) ||
        !std::equal(x.copies.begin(), x.copies.end(), y.copies.begin(), y.copies.end(), same_expression) ||
        !same_expression(x.needs, y.needs))
      return false;
  }
  return true;
}

std::optional<std::uint32_t> AlikeClusters::meet(std::uint32_t number, const std::vector<ComponentId>& own,
                                                 const std::vector<ComponentId>& members) {
  Kind kind{number, own, members};
  for (const Kind& known : kinds_)
    if (same(known, kind)) return known.number;
  if (kinds_.size() < kMostKinds) kinds_.push_back(std::move(kind));
  return std::nullopt;
}

}  // namespace nines::markov
