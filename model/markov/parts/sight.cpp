#include "model/markov/parts/sight.hpp"

#include <algorithm>
#include <unordered_set>

#include "model/markov/parts/name_order.hpp"
#include "model/structure/network_diagram.hpp"

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

}  // namespace

ModuleView::ModuleView(const Model& model, const Parts& parts, const structure::Module& module,
                       structure::Diagrams::Budget budget, std::span<const std::uint32_t> first)
    : ModuleView(model, parts, module, budget, first, names_in_order(model, parts, module)) {}

ModuleView::ModuleView(const Model& model, const Parts& parts, const structure::Module& module,
                       structure::Diagrams::Budget budget, std::span<const std::uint32_t> first,
                       std::span<const ComponentId> names)
    : model_(model),
      parts_(parts),
      module_(module),
      order_(order_of(model, parts, module, names, first)),
      diagrams_(domains_of(parts, order_), budget) {
  for (std::uint32_t level = 0; level < order_.size(); ++level) level_of_[order_[level]] = level;
  for (std::uint32_t place = 0; place < names.size(); ++place) place_of_[names[place]] = place;
}

// Blocks first, because they carry what others share; then every component's places beside its units, so that a
// count over many places stays narrow.
std::vector<std::uint32_t> ModuleView::order_of(const Model& model, const Parts& parts, const structure::Module& module,
                                                std::span<const ComponentId> names,
                                                std::span<const std::uint32_t> first) {
  std::vector<std::uint32_t> order;
  std::unordered_set<std::uint32_t> taken;  // of a module, of which there may be as many as components
  const auto take = [&](std::uint32_t part) {
    if (taken.insert(part).second) order.push_back(part);
  };
  for (const std::uint32_t part : first) take(part);
  for (const std::uint32_t part : module.parts)
    if (parts.list[part].is_block) take(part);

  std::unordered_set<ComponentId> seen;
  struct Visit {
    ComponentId id;
    std::size_t next;  // stock
  };
  std::vector<Visit> stack;
  const auto visit = [&](ComponentId id) {
    if (seen.insert(id).second && !parts.whole_in_block[id]) stack.push_back({id, 0});
  };
  for (const ComponentId root : names) {
    visit(root);
    while (!stack.empty()) {
      Visit& top = stack.back();
      const auto& stocks = parts.stocks_of[top.id];
      const ComponentId id = top.id;
      if (top.next < stocks.size()) {
        const Part& stock = parts.list[stocks[top.next]];
        if (stock.placed && !seen.contains(stock.place) && parts.block_of[stock.place] == kNoPart) {
          visit(stock.place);  // first the place, then the units in it
          continue;
        }
        take(stocks[top.next++]);
        continue;
      }
      stack.pop_back();
      for_each_name(model.components[id].needs, visit);
      if (parts.block_of[id] != kNoPart) continue;  // what it is a copy of is in the block
      const auto& copies = model.components[id].copies;
      for (std::size_t i = copies.size(); i-- > 0;) {
        const auto& terms = copies[i].terms;
        for (std::size_t t = terms.size(); t-- > 0;)
          if (terms[t].op == Expression::Op::name) visit(terms[t].name);
        if (!model.components[id].placement.empty()) visit(model.components[id].placement[i]);
      }
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
  struct Joined {
    Ref up;
    std::uint32_t place;  // of the last name in it
  };
  std::vector<Joined> stack;
  std::size_t next = 0;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      const auto found = place_of_.find(term.name);
      stack.push_back({names[next++], found == place_of_.end() ? 0 : found->second});
      continue;
    }
    const auto begin = stack.end() - term.operands;
    std::stable_sort(begin, stack.end(), [](const Joined& a, const Joined& b) { return a.place < b.place; });
    std::vector<Ref> operands;
    for (auto it = begin; it != stack.end(); ++it) operands.push_back(it->up);
    const std::uint32_t place = begin == stack.end() ? 0 : stack.back().place;
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
    stack.push_back({joined, place});
  }
  return stack.empty() ? kTrue : stack.back().up;
}

Ref ModuleView::whole(const Supposing& supposing, std::optional<std::pair<ComponentId, bool>> fixed) {
  std::vector<Ref> names;
  diagrams_.charge(module_.expression.terms.size());
  if (diagrams_.exhausted()) return kFalse;
  for_each_name(module_.expression, [&](ComponentId id) {
    names.push_back(fixed && fixed->first == id ? (fixed->second ? kTrue : kFalse) : up(id, supposing));
  });
  return combine(module_.expression, names);
}

ModuleView::Known& ModuleView::known(const Supposing& supposing) {
  const auto kind = static_cast<std::size_t>(supposing.kind);
  if (supposing.entry != entry_[kind]) {
    known_[kind].clear();
    entry_[kind] = supposing.entry;
  }
  return known_[kind];
}

void ModuleView::tidy(structure::Weights& weights, std::span<Ref* const> kept) {
  if (!diagrams_.crowded()) return;
  std::vector<Ref*> all(kept.begin(), kept.end());
  for (Known& known : known_)
    for (auto& [id, up] : known) all.push_back(&up);
  for (auto& [id, up] : networks_) all.push_back(&up);
  std::vector<Ref> roots;
  for (const Ref* f : all) roots.push_back(*f);
  const auto renamed = diagrams_.collect(roots);
  for (Ref* f : all) *f = renamed[*f];
  weights.rename(renamed);
}

void ModuleView::keep_only(Ref& function) {
  for (Known& known : known_) known.clear();
  networks_.clear();
  const Ref kept[] = {function};
  function = diagrams_.collect(kept)[function];
}

// Infrastructure before what stands on it, with a stack of its own: chains of needs may be long.
Ref ModuleView::up(ComponentId wanted, const Supposing& supposing) {
  Known& known = this->known(supposing);
  if (const auto found = known.find(wanted); found != known.end()) return found->second;
  std::vector<ComponentId> stack{wanted};
  while (!stack.empty()) {
    const ComponentId id = stack.back();
    if (known.contains(id)) {
      stack.pop_back();
      continue;
    }
    const Component& component = model_.components[id];
    const bool in_block = parts_.block_of[id] != kNoPart;
    const bool whole_in_block = parts_.whole_in_block[id] != 0;
    const std::size_t before = stack.size();
    const auto ask = [&](ComponentId on) {
      if (!known.contains(on)) stack.push_back(on);
    };
    if (!in_block) {
      for (const ComponentId on : component.placement) ask(on);
      for (const Expression& copy : component.copies) for_each_name(copy, ask);
    }
    if (!whole_in_block) for_each_name(component.needs, ask);
    diagrams_.charge(1 + stack.size() - before);
    if (diagrams_.exhausted()) return kFalse;
    if (stack.size() > before) continue;
    stack.pop_back();

    Ref result = kTrue;
    const bool listed = component.infrastructure && component.hold == Hold::none;
    const bool forced = (supposing.kind == Supposing::Kind::all_infrastructure && listed) ||
                        (supposing.kind == Supposing::Kind::unplanned && component.hold == Hold::maintenance) ||
                        (supposing.kind == Supposing::Kind::entry && supposing.entry == id);
    if (supposing.kind == Supposing::Kind::without_entry && supposing.entry == id) {
      result = kFalse;
    } else if (!forced) {
      result = group_up(id, supposing);
      if (!whole_in_block && !component.needs.empty()) {
        std::vector<Ref> needs;
        for_each_name(component.needs, [&](ComponentId on) { needs.push_back(known.at(on)); });
        result = diagrams_.both(result, combine(component.needs, needs));
      }
    }
    known[id] = result;
  }
  return known.at(wanted);
}

Ref ModuleView::up(const Expression& copy) {
  std::vector<Ref> names;
  for_each_name(copy, [&](ComponentId id) { names.push_back(up(id)); });
  return combine(copy, names);
}

Ref ModuleView::group_up(ComponentId id, const Supposing& supposing) {
  const std::uint32_t block = parts_.block_of[id];
  if (block == kNoPart && model_.network(id)) return network_up(id);
  if (block == kNoPart)
    return model_.components[id].copies.empty() ? stocks_up(id, supposing) : copies_up(id, supposing);
  const Part& part = parts_.list[block];
  std::size_t scenario = 0;
  if (supposing.kind == Supposing::Kind::all_infrastructure) scenario = Part::kAllInfrastructure;
  if (supposing.kind == Supposing::Kind::unplanned) scenario = Part::kUnplanned;
  if (supposing.kind == Supposing::Kind::entry) scenario = part.scenario_with(supposing.entry);
  if (supposing.kind == Supposing::Kind::without_entry) scenario = part.scenario_without(supposing.entry);
  std::vector<char> flags(part.values());
  for (std::size_t v = 0; v < flags.size(); ++v) flags[v] = part.sees_up(v, scenario, id);
  return diagrams_.one_of(level_of_.at(block), flags);
}

// At least as many copies as it needs, each with what it stands on.
Ref ModuleView::copies_up(ComponentId id, const Supposing& supposing) {
  const Component& component = model_.components[id];
  Known& known = this->known(supposing);
  std::vector<Ref> copies;
  for (std::size_t i = 0; i < component.copies.size(); ++i) {
    std::vector<Ref> names;
    for_each_name(component.copies[i], [&](ComponentId on) { names.push_back(known.at(on)); });
    Ref copy = combine(component.copies[i], names);
    if (!component.placement.empty()) copy = diagrams_.both(known.at(component.placement[i]), copy);
    copies.push_back(copy);
    if (diagrams_.exhausted()) return kFalse;
  }
  return diagrams_.at_least(need_of(component), copies);
}

Ref ModuleView::network_up(ComponentId id) {
  if (const auto found = networks_.find(id); found != networks_.end()) return found->second;
  const NetworkGraph& graph = *model_.network(id);
  const structure::NetworkOrder& order = parts_.networks.at(id);
  std::vector<std::uint32_t> level_of(graph.elements());
  for (std::size_t i = 0; i < order.elements.size(); ++i)
    level_of[order.elements[i]] = level_of_.at(parts_.stocks_of[id][i]);
  return networks_[id] = structure::network_diagram(graph, order, level_of, diagrams_);
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
    const Ref place_up = stock.placed ? known(supposing).at(stock.place) : kTrue;
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
