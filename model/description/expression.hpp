// Boolean expressions over names: `lb and app and 2 of (x, y, z)`.
#pragma once

#include <cstdint>
#include <vector>

namespace nines {

// The number of an entry in Model::components.
using ComponentId = std::uint32_t;

// An expression in postfix order, children before parents, so that no depth of nesting needs recursion.
// It is coherent: there is no negation.
class Expression {
 public:
  enum class Op : std::uint8_t { name, all_of, any_of, at_least };

  struct Term {
    Op op = Op::name;
    ComponentId name = 0;        // op name
    std::uint32_t need = 0;      // op at_least: how many of the operands
    std::uint32_t operands = 0;  // all ops but name: how many of the preceding values it takes (>= 1)

    friend bool operator==(const Term&, const Term&) = default;
  };

  std::vector<Term> terms;  // the last one is the root; empty: always true

  [[nodiscard]] bool empty() const { return terms.empty(); }

  // The value when `up(id)` says which names are true.
  template <class Up>
  [[nodiscard]] bool evaluate(Up&& up) const;

  friend bool operator==(const Expression&, const Expression&) = default;
};

template <class Up>
bool Expression::evaluate(Up&& up) const {
  if (terms.empty()) return true;
  std::vector<char> stack;
  stack.reserve(terms.size());
  for (const Term& term : terms) {
    if (term.op == Op::name) {
      stack.push_back(up(term.name) ? 1 : 0);
      continue;
    }
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < term.operands; ++i) {
      count += static_cast<std::uint32_t>(stack.back());
      stack.pop_back();
    }
    const std::uint32_t need = term.op == Op::all_of ? term.operands : term.op == Op::any_of ? 1 : term.need;
    stack.push_back(count >= need ? 1 : 0);
  }
  return stack.back() != 0;
}

}  // namespace nines
