#include "model/structure/live_amounts.hpp"

#include <algorithm>

namespace nines::structure {

LiveAmounts::LiveAmounts(const Expression& expression, std::size_t names, double amount) : mentions_(names) {
  std::vector<std::uint32_t> open;
  for (std::uint32_t t = 0; t < expression.terms.size(); ++t) {
    const auto& term = expression.terms[t];
    Gate gate{term.op == Expression::Op::all_of, static_cast<std::uint32_t>(operands_.size()), 0};
    parent_.push_back(kRoot);
    if (term.op == Expression::Op::name) {
      mentions_[term.name].push_back(t);
    } else {
      operands_.insert(operands_.end(), open.end() - term.operands, open.end());
      open.resize(open.size() - term.operands);
    }
    gate.last = static_cast<std::uint32_t>(operands_.size());
    for (std::uint32_t i = gate.first; i < gate.last; ++i) parent_[operands_[i]] = t;
    gates_.push_back(gate);
    values_.push_back(amount);
    if (gate.first < gate.last) work_out(t);
    open.push_back(t);
  }
  if (values_.empty()) values_.push_back(amount);
}

void LiveAmounts::work_out(std::uint32_t term) {
  const Gate& gate = gates_[term];
  double value = values_[operands_[gate.first]];
  for (std::uint32_t i = gate.first + 1; i < gate.last; ++i) {
    const double other = values_[operands_[i]];
    value = gate.least ? std::min(value, other) : value + other;
  }
  values_[term] = value;
}

void LiveAmounts::set(ComponentId name, double amount) {
  for (const std::uint32_t mention : mentions_[name]) {
    if (values_[mention] == amount) continue;
    values_[mention] = amount;
    for (std::uint32_t t = parent_[mention]; t != kRoot; t = parent_[t]) {
      const double before = values_[t];
      work_out(t);
      if (values_[t] == before) break;
    }
  }
}

}  // namespace nines::structure
