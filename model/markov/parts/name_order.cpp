#include "model/markov/parts/name_order.hpp"

#include <map>
#include <unordered_map>

#include "model/structure/close_order.hpp"

namespace nines::markov {
namespace {

constexpr std::size_t kFew = 8;           // names, of which any order will do
constexpr std::size_t kMany = 2'000'000;  // things that all of them stand on, each by itself
constexpr std::size_t kLarge = 64;        // names in a part of the expression, which then says little

using Sets = std::vector<std::vector<std::uint32_t>>;

// By thing that is in no block: which names stand on it. False where that is too much.
bool add_what_is_stood_on(const Model& model, const Parts& parts, const std::vector<ComponentId>& names, Sets& sets) {
  std::map<ComponentId, std::vector<std::uint32_t>> standing;
  std::unordered_map<ComponentId, std::uint32_t> seen_by;
  std::size_t visits = 0;
  std::vector<ComponentId> stack;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const auto visit = [&](ComponentId id) {
      const auto [at, first] = seen_by.try_emplace(id, i);
      if ((!first && at->second == i) || parts.whole_in_block[id]) return;
      at->second = i;
      stack.push_back(id);
    };
    visit(names[i]);
    while (!stack.empty()) {
      const ComponentId id = stack.back();
      stack.pop_back();
      standing[id].push_back(i);
      if (++visits > kMany) return false;
      for_each_name(model.components[id].needs, visit);
      if (parts.block_of[id] != kNoPart) continue;
      for (const std::uint32_t stock : parts.stocks_of[id])
        if (parts.list[stock].placed && parts.block_of[parts.list[stock].place] == kNoPart)
          visit(parts.list[stock].place);
      for (const Expression& copy : model.components[id].copies) for_each_name(copy, visit);
      for (const ComponentId place : model.components[id].placement) visit(place);
    }
  }
  for (auto& [id, set] : standing)
    if (set.size() > 1) sets.push_back(std::move(set));
  return true;
}

// By term of the expression: the names in it.
void add_terms(const Expression& expression, const std::unordered_map<ComponentId, std::uint32_t>& number, Sets& sets) {
  Sets open;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      open.push_back({number.at(term.name)});
      continue;
    }
    std::vector<std::uint32_t> all;
    for (std::size_t i = open.size() - term.operands; i < open.size(); ++i)
      if (all.size() <= kLarge) all.insert(all.end(), open[i].begin(), open[i].end());
    open.resize(open.size() - term.operands);
    if (all.size() > 1 && all.size() <= kLarge) sets.push_back(all);
    open.push_back(std::move(all));
  }
}

}  // namespace

std::vector<ComponentId> names_in_order(const Model& model, const Parts& parts, const structure::Module& module) {
  std::vector<ComponentId> names;
  std::unordered_map<ComponentId, std::uint32_t> number;
  for_each_name(module.expression, [&](ComponentId id) {
    if (number.try_emplace(id, static_cast<std::uint32_t>(names.size())).second) names.push_back(id);
  });
  Sets sets;
  if (names.size() <= kFew || !add_what_is_stood_on(model, parts, names, sets)) return names;
  add_terms(module.expression, number, sets);
  std::vector<ComponentId> order;
  for (const std::uint32_t i : structure::close_order(static_cast<std::uint32_t>(names.size()), sets))
    order.push_back(names[i]);
  return order;
}

}  // namespace nines::markov
