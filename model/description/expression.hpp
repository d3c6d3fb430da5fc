// Boolean expressions over names: `lb and app and 2 of (x, y, z)`.
#pragma once

#include <algorithm>
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

  // What it serves, at most `demand`, when `amount(id)` says what names do: the least under `and`, the sum under `or`
  // and `k of`.
  template <class Amount>
  [[nodiscard]] double served(Amount&& amount, double demand) const;

  friend bool operator==(const Expression&, const Expression&) = default;
};

// In the order in which they are mentioned, as often as they are.
template <class Visit>
void for_each_name(const Expression& expression, Visit&& visit) {
  for (const Expression::Term& term : expression.terms)
    if (term.op == Expression::Op::name) visit(term.name);
}

template <class Amount>
double Expression::served(Amount&& amount, double demand) const {
  if (terms.empty()) return demand;
  std::vector<double> stack;
  for (const Term& term : terms) {
    if (term.op == Op::name) {
      stack.push_back(amount(term.name));
      continue;
    }
    double joined = term.op == Op::all_of ? demand : 0;
    for (auto it = stack.end() - term.operands; it != stack.end(); ++it)
      joined = term.op == Op::all_of ? std::min(joined, *it) : joined + *it;
    stack.resize(stack.size() - term.operands);
    stack.push_back(joined);
  }
  return std::min(demand, stack.back());
}

template <class Up>
bool Expression::evaluate(Up&& up) const {
  if (terms.empty()) return true;
  // Short ones, which every event of a process may ask for, do without the heap.
  constexpr std::size_t kShort = 64;
  char few[kShort];
  std::vector<char> many;
  if (terms.size() > kShort) many.resize(terms.size());
  char* const stack = many.empty() ? few : many.data();
  std::size_t size = 0;
  for (const Term& term : terms) {
    if (term.op == Op::name) {
      stack[size++] = up(term.name) ? 1 : 0;
      continue;
    }
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < term.operands; ++i) count += static_cast<std::uint32_t>(stack[--size]);
    const std::uint32_t need = term.op == Op::all_of ? term.operands : term.op == Op::any_of ? 1 : term.need;
    stack[size++] = count >= need ? 1 : 0;
  }
  return stack[0] != 0;
}

}  // namespace nines
