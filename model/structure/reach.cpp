#include "model/structure/reach.hpp"

#include <algorithm>
#include <span>

namespace nines::structure {

using Op = Expression::Op;

Reach::Reach(const Support& support) : support_(support), names_(support.parts.size()) {
  std::size_t parts = 0;
  for (const auto& own : support.parts)
    for (const std::uint32_t part : own) parts = std::max<std::size_t>(parts, part + std::size_t{1});
  parts_.resize(parts);
}

std::vector<ComponentId> Reach::askers_first(const std::vector<Expression::Term>& terms) const {
  std::vector<ComponentId> order, stack;
  std::vector<char> seen(support_.parts.size(), 0);  // 1: what it asks for is on the stack above it; 2: in `order`
  for (const auto& term : terms) {
    if (term.op != Op::name) continue;
    stack.push_back(term.name);
    while (!stack.empty()) {
      const ComponentId at = stack.back();
      if (seen[at] != 0 || support_.asks.empty()) {
        stack.pop_back();
        if (seen[at] != 2) order.push_back(at);
        seen[at] = 2;
        continue;
      }
      seen[at] = 1;
      for (const ComponentId on : support_.asks[at])
        if (seen[on] == 0) stack.push_back(on);
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

std::vector<Reach::Spread> Reach::spread(const std::vector<Expression::Term>& terms) const {
  std::vector<Spread> names(support_.parts.size()), parts(parts_.size());
  const auto widen = [](Spread& spread, const Spread& by) {
    spread.first = std::min(spread.first, by.first);
    spread.last = std::max(spread.last, by.last);
  };
  for (std::uint32_t t = 0; t < terms.size(); ++t)
    if (terms[t].op == Op::name) widen(names[terms[t].name], {t, t});
  const auto order = askers_first(terms);
  const auto asked = [&](ComponentId at) {
    return support_.asks.empty() ? std::span<const ComponentId>{} : std::span<const ComponentId>(support_.asks[at]);
  };
  for (const ComponentId at : order) {
    for (const ComponentId on : asked(at)) widen(names[on], names[at]);
    for (const std::uint32_t part : support_.parts[at]) widen(parts[part], names[at]);
  }
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    for (const std::uint32_t part : support_.parts[*at]) widen(names[*at], parts[part]);
    for (const ComponentId on : asked(*at)) widen(names[*at], names[on]);
  }
  return names;
}

}  // namespace nines::structure
