#include "model/structure/signals.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace nines::structure {
namespace {

// What a component stands on, is made of and needs, in this order.
template <class Visit>
void for_each_asked(const Component& component, Visit&& visit) {
  const auto names = [&](const Expression& expression) {
    for (const auto& term : expression.terms)
      if (term.op == Expression::Op::name) visit(term.name);
  };
  for (const ComponentId on : component.placement) visit(on);
  for (const Expression& copy : component.copies) names(copy);
  names(component.needs);
}

// How many of its nodes have to be up for it to be up at all.
std::uint32_t least_nodes(const Component& component) {
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) return cluster->need;
  if (std::holds_alternative<PrimaryStandby>(component.redundancy)) return 1;
  return static_cast<std::uint32_t>(component.nodes.size());
}

}  // namespace

Signals::Signals(const Model& model, const Expression& expression, std::span<const ComponentId> chosen,
                 Diagrams::Budget budget)
    : model_(model),
      expression_(expression),
      order_(order_of(model, expression, chosen)),
      diagrams_(std::vector<std::uint32_t>(order_.size(), 2), budget) {
  for (std::uint32_t level = 0; level < order_.size(); ++level) level_of_[order_[level]] = level;
}

// What is asked for before who asks, and both where the expression first comes to them: things shared by many come
// early, and things of one component stay together.
std::vector<ComponentId> Signals::order_of(const Model& model, const Expression& expression,
                                           std::span<const ComponentId> chosen) {
  const std::unordered_set<ComponentId> wanted(chosen.begin(), chosen.end());
  std::vector<ComponentId> order;
  std::unordered_set<ComponentId> entered, left;
  std::vector<ComponentId> stack;
  for (const auto& term : expression.terms) {
    if (term.op != Expression::Op::name) continue;
    stack.push_back(term.name);
    while (!stack.empty()) {
      const ComponentId at = stack.back();
      if (entered.insert(at).second) {
        const std::size_t first = stack.size();
        for_each_asked(model.components[at], [&](ComponentId on) {
          if (!entered.contains(on)) stack.push_back(on);
        });
        std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(first), stack.end());
        continue;
      }
      stack.pop_back();
      if (left.insert(at).second && wanted.contains(at)) order.push_back(at);
    }
  }
  return order;
}

Ref Signals::whole() {
  for (const auto& term : expression_.terms)
    if (term.op == Expression::Op::name) (void)up(term.name);
  return diagrams_.exhausted() ? kFalse : evaluate(expression_);
}

// All names of it are known.
Ref Signals::evaluate(const Expression& expression) {
  std::vector<Ref> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      stack.push_back(known_.at(term.name));
      continue;
    }
    const std::vector<Ref> operands(stack.end() - term.operands, stack.end());
    stack.resize(stack.size() - term.operands);
    Ref joined = term.op == Expression::Op::all_of ? kTrue : kFalse;
    if (term.op == Expression::Op::at_least) joined = diagrams_.at_least(term.need, operands);
    // The deepest variables first, so that long chains of operands are joined from below.
    for (auto it = operands.rbegin(); it != operands.rend() && term.op != Expression::Op::at_least; ++it)
      joined = term.op == Expression::Op::all_of ? diagrams_.both(*it, joined) : diagrams_.either(*it, joined);
    if (diagrams_.exhausted()) return kFalse;
    stack.push_back(joined);
  }
  return stack.empty() ? kTrue : stack.back();
}

Ref Signals::up(ComponentId wanted) {
  std::vector<ComponentId> stack{wanted};
  while (!stack.empty() && !diagrams_.exhausted()) {
    const ComponentId id = stack.back();
    if (known_.contains(id)) {
      stack.pop_back();
      continue;
    }
    const Component& component = model_.components[id];
    const std::size_t before = stack.size();
    if (component.hold == Hold::none)
      for_each_asked(component, [&](ComponentId on) {
        if (!known_.contains(on)) stack.push_back(on);
      });
    diagrams_.charge(1 + stack.size() - before);
    if (stack.size() > before) continue;
    stack.pop_back();
    Ref result = kTrue;
    if (component.hold == Hold::none) result = diagrams_.both(nodes_up(component), evaluate(component.needs));
    if (const auto level = level_of_.find(id); level != level_of_.end())
      result = diagrams_.both(diagrams_.one_of(level->second, std::vector<char>{0, 1}), result);
    known_[id] = result;
  }
  return diagrams_.exhausted() ? kFalse : known_.at(wanted);
}

// At least as many nodes as it needs on what is up.
Ref Signals::nodes_up(const Component& component) {
  if (component.placement.empty() && component.copies.empty()) return kTrue;
  const std::uint32_t need = least_nodes(component);
  const std::size_t nodes = component.copies.empty() ? component.placement.size() : component.copies.size();
  std::vector<std::pair<Ref, std::uint32_t>> groups;  // of nodes that are up together
  std::unordered_map<Ref, std::size_t> group_of;
  for (std::size_t i = 0; i < nodes; ++i) {
    Ref node = component.placement.empty() ? kTrue : known_.at(component.placement[i]);
    if (!component.copies.empty()) node = diagrams_.both(node, evaluate(component.copies[i]));
    const auto [found, fresh] = group_of.emplace(node, groups.size());
    if (fresh) groups.emplace_back(node, 0);
    ++groups[found->second].second;
    if (diagrams_.exhausted()) return kFalse;
  }
  // What may still be missing before each group, as many as can occur; then from the last group back.
  std::vector<std::map<std::uint32_t, Ref>> missing(groups.size() + 1);
  missing[0][need] = kFalse;
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const auto& [still, unknown] : missing[g]) {
      missing[g + 1][still] = kFalse;
      missing[g + 1][still - std::min(still, groups[g].second)] = kFalse;
      diagrams_.charge(2);
      if (diagrams_.exhausted()) return kFalse;
    }
  for (auto& [still, met] : missing.back()) met = still == 0 ? kTrue : kFalse;
  for (std::size_t g = groups.size(); g-- > 0;)
    for (auto& [still, met] : missing[g]) {
      const Ref with = missing[g + 1].at(still - std::min(still, groups[g].second));
      met = diagrams_.either(diagrams_.both(groups[g].first, with), missing[g + 1].at(still));
      if (diagrams_.exhausted()) return kFalse;
    }
  return missing[0].at(need);
}

}  // namespace nines::structure
