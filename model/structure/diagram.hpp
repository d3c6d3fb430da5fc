// Decision diagrams over variables of many values: reduced, ordered, shared (Bryant 1986, doi:10.1109/TC.1986.1676819;
// for many values: Kam, Villa, Brayton, Sangiovanni-Vincentelli 1998). A diagram says for which values of independent
// random variables a thing is up; its probability is then one sum per node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace nines::structure {

using Ref = std::uint32_t;  // a function: the number of its root node
inline constexpr Ref kFalse = 0;
inline constexpr Ref kTrue = 1;

class Diagrams {
 public:
  // `domains[level]` is the number of values of each variable, in the order of the variables (level 0 on top).
  // `budget` bounds the edges of all nodes together; see exhausted().
  explicit Diagrams(std::vector<std::uint32_t> domains, std::size_t budget = 50'000'000);

  // True when the variable's value is one of those flagged.
  [[nodiscard]] Ref one_of(std::uint32_t level, std::span<const char> flags);
  [[nodiscard]] Ref both(Ref a, Ref b) { return apply(Op::both, a, b); }
  [[nodiscard]] Ref either(Ref a, Ref b) { return apply(Op::either, a, b); }
  [[nodiscard]] Ref and_not(Ref a, Ref b) { return apply(Op::and_not, a, b); }
  // cases[value of the variable]
  [[nodiscard]] Ref select(std::uint32_t level, std::span<const Ref> cases);
  // At least `need` of the operands.
  [[nodiscard]] Ref at_least(std::uint32_t need, std::span<const Ref> operands);

  // Once true, results mean nothing: the functions do not fit the budget.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }            // nodes, the two constants included
  [[nodiscard]] std::uint32_t level(Ref f) const { return nodes_[f].level; }  // levels() for the constants
  [[nodiscard]] std::span<const Ref> children(Ref f) const;
  [[nodiscard]] std::uint32_t levels() const { return static_cast<std::uint32_t>(domains_.size()); }
  [[nodiscard]] std::uint32_t domain(std::uint32_t level) const { return domains_[level]; }
  // The function's value; `value(level)` gives the variables'.
  template <class Value>
  [[nodiscard]] bool evaluate(Ref f, Value&& value) const {
    while (f > kTrue) f = edges_[nodes_[f].first_edge + value(nodes_[f].level)];
    return f == kTrue;
  }

 private:
  enum class Op : std::uint8_t { both, either, and_not };
  struct Node {
    std::uint32_t level;
    std::size_t first_edge;
  };

  [[nodiscard]] Ref make(std::uint32_t level, std::span<const Ref> children);
  [[nodiscard]] Ref apply(Op op, Ref a, Ref b);
  [[nodiscard]] bool known(Op op, Ref a, Ref b, Ref& result) const;

  std::vector<std::uint32_t> domains_;
  std::size_t budget_;
  bool exhausted_ = false;
  std::vector<Node> nodes_;
  std::vector<Ref> edges_;
  std::unordered_multimap<std::uint64_t, Ref> unique_;
  std::unordered_map<std::uint64_t, Ref> results_[3];
};

}  // namespace nines::structure
