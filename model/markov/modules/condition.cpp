#include "model/markov/modules/condition.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "model/structure/reach.hpp"

namespace nines::markov {
namespace {

constexpr std::size_t kMostCombinations = 4096;
constexpr std::size_t kMostShared = 64;

// Whose value is settled by the shared parts alone, with all that it asks for.
std::vector<char> settled_by(const structure::Support& support, const std::vector<char>& shared) {
  enum : char { unseen, waiting, no, yes };
  std::vector<char> state(support.parts.size(), unseen);
  std::vector<ComponentId> stack;
  for (ComponentId root = 0; root < state.size(); ++root) {
    if (state[root] == unseen) stack.push_back(root);
    while (!stack.empty()) {
      const ComponentId at = stack.back();
      if (state[at] == no || state[at] == yes) {
        stack.pop_back();
        continue;
      }
      if (state[at] == unseen) {
        state[at] = waiting;
        for (const ComponentId on : support.asks[at])
          if (state[on] == unseen) stack.push_back(on);
        continue;
      }
      stack.pop_back();
      const auto& own = support.parts[at];
      const auto& asked = support.asks[at];
      const bool settled = (!own.empty() || !asked.empty()) &&
                           std::all_of(own.begin(), own.end(), [&](std::uint32_t part) { return shared[part] != 0; }) &&
                           std::all_of(asked.begin(), asked.end(), [&](ComponentId on) { return state[on] == yes; });
      state[at] = settled ? yes : no;
    }
  }
  for (char& s : state) s = s == yes ? 1 : 0;
  return state;
}

// What still decides each name once the shared parts are known.
structure::Support given(const structure::Support& support, const std::vector<char>& shared) {
  const auto settled = settled_by(support, shared);
  structure::Support rest = support;
  for (ComponentId id = 0; id < rest.parts.size(); ++id) {
    std::erase_if(rest.parts[id], [&](std::uint32_t part) { return shared[part] != 0; });
    std::erase_if(rest.asks[id], [&](ComponentId on) { return settled[on] != 0; });
    if (settled[id]) rest.asks[id].clear();
  }
  return rest;
}

std::size_t largest_of(const structure::Partition& partition) {
  std::size_t largest = 0;
  for (const auto& piece : partition.modules) largest = std::max(largest, piece.named.size());
  return largest;
}

// All that a piece's measures depend on, written as numbers, its own names by their order in it. Equal texts are equal
// pieces. Empty: the piece is of a kind that is not compared.
std::vector<std::uint32_t> text_of(const Model& model, const Parts& parts, const structure::Module& piece,
                                   const std::vector<char>& settled) {
  std::vector<std::uint32_t> text;
  std::map<ComponentId, std::uint32_t> number;
  for (const auto& term : piece.expression.terms) {
    if (term.op != Expression::Op::name) {
      text.insert(text.end(), {1, static_cast<std::uint32_t>(term.op), term.need, term.operands});
      continue;
    }
    const auto [found, fresh] = number.emplace(term.name, static_cast<std::uint32_t>(number.size()));
    text.insert(text.end(), {0, found->second});
    if (!fresh) continue;
    const Component& component = model.components[term.name];
    const auto is_settled = [&](ComponentId on) { return settled[on] != 0; };
    bool comparable = !component.infrastructure && component.copies.empty() && !component.inside &&
                      component.holds.empty() && parts.block_of[term.name] == kNoPart &&
                      std::all_of(component.placement.begin(), component.placement.end(), is_settled);
    for (const auto& need : component.needs.terms)
      comparable = comparable && (need.op != Expression::Op::name || is_settled(need.name));
    if (!comparable) return {};
    const auto* cluster = std::get_if<Cluster>(&component.redundancy);
    text.insert(text.end(), {static_cast<std::uint32_t>(component.redundancy.index()), cluster ? cluster->need : 0,
                             static_cast<std::uint32_t>(parts.stocks_of[term.name].size())});
    for (const std::uint32_t stock : parts.stocks_of[term.name]) {
      const Part& part = parts.list[stock];
      text.insert(text.end(), {part.unit, part.units, part.placed ? 1U : 0U, part.placed ? part.place : 0});
    }
    text.push_back(static_cast<std::uint32_t>(component.needs.terms.size()));
    for (const auto& need : component.needs.terms)
      text.insert(text.end(), {static_cast<std::uint32_t>(need.op), need.name, need.need, need.operands});
  }
  return text;
}

}  // namespace

std::size_t Condition::combinations(const Parts& all, std::span<const std::uint32_t> parts) {
  std::size_t count = 1;
  for (const std::uint32_t part : parts) {
    count *= all.list[part].values();
    if (count > kMostCombinations) return kMostCombinations + 1;
  }
  return count;
}

std::unordered_map<ComponentId, ComponentId> Condition::interchangeable() const {
  const auto& terms = partition.joined.terms;
  std::vector<std::uint32_t> open;
  std::map<std::pair<std::size_t, std::uint32_t>, std::uint32_t> first_with;  // by term, by what pieces are like
  std::unordered_map<ComponentId, ComponentId> result;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (terms[t].op != Expression::Op::name) {
      for (std::size_t i = open.size() - terms[t].operands; i < open.size(); ++i) {
        if (terms[open[i]].op != Expression::Op::name) continue;
        const std::uint32_t piece = terms[open[i]].name;
        const std::uint32_t first = first_with.emplace(std::pair{t, like[piece]}, piece).first->second;
        if (first == piece) continue;
        const auto& own = partition.modules[piece].expression.terms;
        const auto& other = partition.modules[first].expression.terms;
        for (std::size_t k = 0; k < own.size(); ++k)
          if (own[k].op == Expression::Op::name) result.emplace(own[k].name, other[k].name);
      }
      open.resize(open.size() - terms[t].operands);
    }
    open.push_back(static_cast<std::uint32_t>(t));
  }
  return result;
}

std::optional<Condition> find_condition(const Model& model, const Parts& parts, const structure::Module& module,
                                        std::span<const ComponentId> entries, std::uint32_t many_names) {
  if (module.named.size() < many_names) return std::nullopt;
  const structure::Support support = support_of(model, parts);
  std::vector<std::uint32_t> names_with(parts.list.size(), 0);  // by part: names that stand on it
  structure::Reach reach(support);
  for (const ComponentId id : module.named) {
    reach.begin();
    reach.visit(
        id, 0, [](std::uint32_t) {}, [&](std::uint32_t part) { ++names_with[part]; });
  }
  std::vector<std::uint32_t> order;
  for (const std::uint32_t part : module.parts)
    if (names_with[part] > 1) order.push_back(part);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return names_with[a] > names_with[b]; });

  // The most shared first; those that are shared by as many go together.
  Condition best;
  std::size_t least = module.named.size();
  std::vector<char> shared(parts.list.size(), 0);
  for (std::size_t count = 0; count < std::min(order.size(), kMostShared);) {
    const std::uint32_t names = names_with[order[count]];
    for (; count < order.size() && names_with[order[count]] == names; ++count) shared[order[count]] = 1;
    const auto chosen = std::span(order).first(count);
    if (Condition::combinations(parts, chosen) > kMostCombinations) break;
    structure::Partition partition = structure::take_apart(module.expression, given(support, shared));
    if (largest_of(partition) >= least) continue;
    least = largest_of(partition);
    best.parts.assign(chosen.begin(), chosen.end());
    best.partition = std::move(partition);
    if (least == 1) break;
  }
  if (2 * least > module.named.size()) return std::nullopt;

  shared.assign(parts.list.size(), 0);
  for (const std::uint32_t part : best.parts) shared[part] = 1;
  std::vector<std::uint32_t> piece_with(parts.list.size(), 0);
  for (std::uint32_t p = 0; p < best.partition.modules.size(); ++p)
    for (const std::uint32_t part : best.partition.modules[p].parts) piece_with[part] = p;
  best.entries.resize(best.partition.modules.size());
  for (const ComponentId id : entries) {
    const std::uint32_t block = parts.block_of[id];
    const auto& stocks = parts.stocks_of[id];
    if (block == kNoPart && stocks.empty()) {  // a network of which nothing fails
      best.entries[0].push_back(id);
      continue;
    }
    const std::uint32_t part = block != kNoPart ? block : stocks[0];
    if (shared[part])
      best.shared_entries.push_back(id);
    else
      best.entries[piece_with[part]].push_back(id);
  }
  const auto settled = settled_by(support, shared);
  std::map<std::vector<std::uint32_t>, std::uint32_t> first_with;
  for (std::uint32_t p = 0; p < best.partition.modules.size(); ++p) {
    auto text = text_of(model, parts, best.partition.modules[p], settled);
    best.like.push_back(text.empty() ? p : first_with.emplace(std::move(text), p).first->second);
  }
  return best;
}

}  // namespace nines::markov
