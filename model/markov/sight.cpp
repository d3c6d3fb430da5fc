#include "model/markov/sight.hpp"

#include <algorithm>
#include <numeric>

namespace nines::markov {
namespace {

using structure::kFalse;
using structure::kTrue;
using structure::Ref;

std::uint32_t need_of(const Component& component) {
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) return cluster->need;
  if (std::holds_alternative<PrimaryStandby>(component.redundancy)) return 1;
  return static_cast<std::uint32_t>(component.nodes.size());
}

template <class Visit>
void for_each_name(const Expression& expression, Visit&& visit) {
  for (const auto& term : expression.terms)
    if (term.op == Expression::Op::name) visit(term.name);
}

}  // namespace

ModuleView::ModuleView(const Model& model, const Parts& parts, const structure::Module& module)
    : model_(model),
      parts_(parts),
      module_(module),
      order_(order_of(model, parts, module)),
      diagrams_(domains_of(parts, order_)) {
  for (std::uint32_t level = 0; level < order_.size(); ++level) level_of_[order_[level]] = level;
}

// Blocks first, because they carry what others share; then every component's places beside its units, so that a
// count over many places stays narrow.
std::vector<std::uint32_t> ModuleView::order_of(const Model& model, const Parts& parts,
                                                const structure::Module& module) {
  std::vector<std::uint32_t> order;
  std::vector<char> taken(parts.list.size(), 0);
  const auto take = [&](std::uint32_t part) {
    if (!taken[part]) order.push_back(part);
    taken[part] = 1;
  };
  for (const std::uint32_t part : module.parts)
    if (parts.list[part].is_block) take(part);

  std::vector<char> seen(model.components.size(), 0);
  struct Visit {
    ComponentId id;
    std::size_t next;  // stock
  };
  std::vector<Visit> stack;
  const auto visit = [&](ComponentId id) {
    if (!seen[id] && parts.block_of[id] == kNoPart) stack.push_back({id, 0});
    seen[id] = 1;
  };
  for (const ComponentId root : module.named) {
    visit(root);
    if (parts.block_of[root] != kNoPart) for_each_name(model.components[root].needs, visit);
    while (!stack.empty()) {
      Visit& top = stack.back();
      const auto& stocks = parts.stocks_of[top.id];
      const ComponentId id = top.id;
      if (top.next < stocks.size()) {
        const Part& stock = parts.list[stocks[top.next]];
        if (stock.placed && !seen[stock.place] && parts.block_of[stock.place] == kNoPart) {
          visit(stock.place);  // first the place, then the units in it
          continue;
        }
        take(stocks[top.next++]);
        continue;
      }
      stack.pop_back();
      for_each_name(model.components[id].needs, visit);
    }
  }
  return order;
}

std::vector<std::uint32_t> ModuleView::domains_of(const Parts& parts, std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> domains;
  for (const std::uint32_t part : order) domains.push_back(static_cast<std::uint32_t>(parts.list[part].values()));
  return domains;
}

Ref ModuleView::combine(const Expression& expression, const std::vector<Ref>& names) {
  std::vector<Ref> stack;
  std::size_t next = 0;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      stack.push_back(names[next++]);
      continue;
    }
    const std::vector<Ref> operands(stack.end() - term.operands, stack.end());
    stack.resize(stack.size() - term.operands);
    // Deepest variables first, so that long chains of operands are joined from below.
    Ref joined = kTrue;
    switch (term.op) {
      case Expression::Op::all_of:
        for (auto it = operands.rbegin(); it != operands.rend(); ++it) joined = diagrams_.both(*it, joined);
        break;
      case Expression::Op::any_of:
        joined = kFalse;
        for (auto it = operands.rbegin(); it != operands.rend(); ++it) joined = diagrams_.either(*it, joined);
        break;
      default: joined = diagrams_.at_least(term.need, operands); break;
    }
    stack.push_back(joined);
  }
  return stack.empty() ? kTrue : stack.back();
}

Ref ModuleView::whole(const Supposing& supposing, std::optional<std::pair<ComponentId, bool>> fixed) {
  std::vector<Ref> names;
  for_each_name(module_.expression, [&](ComponentId id) {
    names.push_back(fixed && fixed->first == id ? (fixed->second ? kTrue : kFalse) : up(id, supposing));
  });
  return combine(module_.expression, names);
}

// Infrastructure before what stands on it, with a stack of its own: chains of needs may be long.
Ref ModuleView::up(ComponentId wanted, const Supposing& supposing) {
  std::vector<ComponentId> stack{wanted};
  while (!stack.empty()) {
    const ComponentId id = stack.back();
    if (known_.contains({id, supposing})) {
      stack.pop_back();
      continue;
    }
    const Component& component = model_.components[id];
    const bool in_block = parts_.block_of[id] != kNoPart;
    const bool whole_in_block = in_block && component.infrastructure;
    const std::size_t before = stack.size();
    const auto ask = [&](ComponentId on) {
      if (!known_.contains({on, supposing})) stack.push_back(on);
    };
    if (!in_block)
      for (const ComponentId on : component.placement) ask(on);
    if (!whole_in_block) for_each_name(component.needs, ask);
    if (stack.size() > before) continue;
    stack.pop_back();

    Ref result = kTrue;
    const bool forced =
        component.infrastructure && (supposing.kind == Supposing::Kind::all_infrastructure ||
                                     (supposing.kind == Supposing::Kind::entry && supposing.entry == id));
    if (!forced) {
      result = group_up(id, supposing);
      if (!whole_in_block && !component.needs.empty()) {
        std::vector<Ref> needs;
        for_each_name(component.needs, [&](ComponentId on) { needs.push_back(known_.at({on, supposing})); });
        result = diagrams_.both(result, combine(component.needs, needs));
      }
    }
    known_[{id, supposing}] = result;
  }
  return known_.at({wanted, supposing});
}

Ref ModuleView::group_up(ComponentId id, const Supposing& supposing) {
  const std::uint32_t block = parts_.block_of[id];
  if (block == kNoPart) return stocks_up(id, supposing);
  const Part& part = parts_.list[block];
  std::size_t scenario = 0;
  if (supposing.kind == Supposing::Kind::all_infrastructure) scenario = 1;
  if (supposing.kind == Supposing::Kind::entry) scenario = part.scenario_of(supposing.entry);
  std::vector<char> flags(part.values());
  for (std::size_t v = 0; v < flags.size(); ++v) flags[v] = part.sees_up(v, scenario, id);
  return diagrams_.one_of(level_of_.at(block), flags);
}

// At least `need` units that work in places that are up: counted from the last stock to the first, where
// counts[r] says that the stocks from here on give at least r.
Ref ModuleView::stocks_up(ComponentId id, const Supposing& supposing) {
  const auto& stocks = parts_.stocks_of[id];
  const std::uint32_t need = need_of(model_.components[id]);
  std::vector<Ref> counts(need + 1, kFalse);
  counts[0] = kTrue;
  std::uint32_t before = 0;  // units of the stocks that come earlier: only so much of the need may be met by then
  for (const std::uint32_t stock : stocks) before += parts_.list[stock].units;
  for (auto it = stocks.rbegin(); it != stocks.rend(); ++it) {
    const Part& stock = parts_.list[*it];
    before -= stock.units;
    const Ref place_up = stock.placed ? known_.at({stock.place, supposing}) : kTrue;
    std::vector<Ref> next(need + 1, kTrue);
    for (std::uint32_t r = std::max(1u, need - std::min(need, before)); r <= need; ++r) {
      std::vector<Ref> cases(stock.units + 1);
      for (std::uint32_t works = 0; works <= stock.units; ++works) cases[works] = counts[r - std::min(r, works)];
      const Ref given_up = diagrams_.select(level_of_.at(*it), cases);
      next[r] = diagrams_.either(diagrams_.both(place_up, given_up), counts[r]);
      if (diagrams_.exhausted()) return kFalse;
    }
    counts = std::move(next);
  }
  return counts[need];
}

Ref ModuleView::held_by(ComponentId id, Cause cause) {
  const std::uint32_t block = parts_.block_of[id];
  if (block == kNoPart) return kFalse;
  const Part& part = parts_.list[block];
  const auto position =
      static_cast<std::size_t>(std::lower_bound(part.members.begin(), part.members.end(), id) - part.members.begin());
  std::vector<char> flags(part.values());
  for (std::size_t v = 0; v < flags.size(); ++v) flags[v] = part.sights[v].causes[position] == cause;
  return diagrams_.one_of(level_of_.at(block), flags);
}

}  // namespace nines::markov
