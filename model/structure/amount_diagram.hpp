// Decision diagrams whose ends are amounts: how much of a demand is served, for which values of independent random
// variables (algebraic decision diagrams: Bahar et al. 1997, doi:10.1023/A:1008699807402).
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/structure/amounts.hpp"
#include "model/structure/diagram.hpp"
#include "model/structure/weights.hpp"

namespace nines::structure {

class AmountDiagrams {
 public:
  // Over the variables of `up`, in their order.
  AmountDiagrams(const Diagrams& up, const Scale& scale, Diagrams::Budget budget);

  [[nodiscard]] Ref constant(double amount);
  [[nodiscard]] Ref nothing() { return constant(0); }
  [[nodiscard]] Ref all() { return constant(scale_.demand()); }
  // All of the demand where a function of `up` is true, nothing elsewhere.
  [[nodiscard]] Ref where(Ref function);
  // amounts[value of the variable]
  [[nodiscard]] Ref by_value(std::uint32_t level, std::span<const double> amounts);
  [[nodiscard]] Ref least(Ref a, Ref b) { return apply(Op::least, a, b); }
  [[nodiscard]] Ref sum(Ref a, Ref b) { return apply(Op::sum, a, b); }

  // The variables it depends on, by level, and how many nodes it has.
  struct Extent {
    std::vector<std::uint32_t> levels;  // ascending
    std::size_t nodes = 0;
  };
  [[nodiscard]] Extent extent(Ref f) const;
  static constexpr std::uint32_t kRandom = UINT32_MAX;
  // How likely each amount is. `variables` by level; `fixed` (empty, or by level) the value of those that are known.
  [[nodiscard]] Amounts distribution(Ref f, std::span<const Variable> variables,
                                     std::span<const std::uint32_t> fixed = {}) const;

  // Once true, results mean nothing: they do not fit the budget.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  enum class Op : std::uint8_t { least, sum };
  struct Node {
    std::uint32_t level;       // that of `up` for the variables; ends are below all of them
    std::uint32_t first_edge;  // of an end: where its amount is
  };
  struct Question {
    Op op;
    Ref a, b;
    friend bool operator==(const Question&, const Question&) = default;
  };
  struct Hash {
    std::size_t operator()(const Question& q) const;
  };

  [[nodiscard]] bool is_end(Ref f) const { return nodes_[f].level == up_.levels(); }
  [[nodiscard]] double amount(Ref end) const { return amounts_[nodes_[end].first_edge]; }
  [[nodiscard]] Ref child(Ref f, std::uint32_t level, std::uint32_t value) const {
    return nodes_[f].level == level ? edges_[nodes_[f].first_edge + value] : f;
  }
  [[nodiscard]] Ref make(std::uint32_t level, std::span<const Ref> children);
  [[nodiscard]] Ref apply(Op op, Ref a, Ref b);
  [[nodiscard]] bool known(Op op, Ref a, Ref b, Ref& result);
  void charge(std::size_t bytes);

  const Diagrams& up_;
  const Scale& scale_;
  Diagrams::Budget budget_;
  std::size_t bytes_ = 0;
  std::uint64_t work_ = 0;
  bool exhausted_ = false;
  std::vector<Node> nodes_;  // children first
  std::vector<Ref> edges_;
  std::vector<double> amounts_;                            // of ends
  std::unordered_map<std::uint64_t, Ref> end_with_;        // by key
  std::unordered_multimap<std::uint64_t, Ref> node_with_;  // by hash of level and children
  std::unordered_map<Question, Ref, Hash> answers_;
  std::unordered_map<Ref, Ref> where_;  // by function of `up`
};

}  // namespace nines::structure
