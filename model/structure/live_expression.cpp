#include "model/structure/live_expression.hpp"

#include <utility>

namespace nines::structure {

LiveExpression::LiveExpression(const Expression& expression, std::size_t names) : up_(names, 1), first_(names + 1, 0) {
  struct Operand {
    bool is_name = false;
    std::uint32_t number = 0;  // name or gate
  };
  std::vector<Operand> stack;
  std::vector<std::pair<ComponentId, std::uint32_t>> mentions;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      stack.push_back({true, term.name});
      continue;
    }
    const auto gate = static_cast<std::uint32_t>(gates_.size());
    const std::uint32_t need = term.op == Expression::Op::all_of   ? term.operands
                               : term.op == Expression::Op::any_of ? 1
                                                                   : term.need;
    gates_.push_back({kRoot, need, term.operands});
    for (std::uint32_t i = 0; i < term.operands; ++i) {
      const Operand operand = stack.back();
      stack.pop_back();
      if (operand.is_name)
        mentions.emplace_back(operand.number, gate);
      else
        gates_[operand.number].parent = gate;
    }
    stack.push_back({false, gate});
  }
  if (!stack.empty() && stack.back().is_name) mentions.emplace_back(stack.back().number, kRoot);

  for (const auto& [name, gate] : mentions) ++first_[name + 1];
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  mentions_.resize(mentions.size());
  auto next = first_;
  for (const auto& [name, gate] : mentions) mentions_[next[name]++] = gate;
}

void LiveExpression::move(std::uint32_t gate, bool up) {
  while (gate != kRoot) {
    Gate& g = gates_[gate];
    const bool before = g.count >= g.need;
    g.count = up ? g.count + 1 : g.count - 1;
    if ((g.count >= g.need) == before) return;
    gate = g.parent;
  }
  whole_ = up;
}

void LiveExpression::set(ComponentId name, bool up) {
  if ((up_[name] != 0) == up) return;
  up_[name] = up ? 1 : 0;
  for (std::uint32_t i = first_[name]; i < first_[name + 1]; ++i) move(mentions_[i], up);
}

bool LiveExpression::whole_with(ComponentId name) {
  if (whole_ || up_[name] != 0) return whole_;
  set(name, true);
  const bool with = whole_;
  set(name, false);
  return with;
}

}  // namespace nines::structure
