// Decision diagrams over variables of many values: reduced, ordered, shared (Bryant 1986, doi:10.1109/TC.1986.1676819;
// for many values: Kam, Villa, Brayton, Sangiovanni-Vincentelli 1998). A diagram says for which values of independent
// random variables a thing is up; its probability is then one sum per node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace nines::structure {

using Ref = std::uint32_t;  // a function: the number of its root node
inline constexpr Ref kFalse = 0;
inline constexpr Ref kTrue = 1;

class Diagrams {
 public:
  struct Budget {
    std::size_t bytes = std::size_t{128} << 20;          // of nodes and tables
    std::uint64_t work = 60'000'000;                     // steps, some six million a second
    std::size_t bytes_of_many = std::size_t{400} << 20;  // of nodes that make_all() makes, beside those
  };
  // `domains[level]` is the number of values of each variable, in the order of the variables (level 0 on top).
  explicit Diagrams(std::vector<std::uint32_t> domains) : Diagrams(std::move(domains), Budget{}) {}
  Diagrams(std::vector<std::uint32_t> domains, Budget budget);

  // True when the variable's value is one of those flagged.
  [[nodiscard]] Ref one_of(std::uint32_t level, std::span<const char> flags);
  [[nodiscard]] Ref both(Ref a, Ref b) { return apply(Op::both, a, b); }
  [[nodiscard]] Ref either(Ref a, Ref b) { return apply(Op::either, a, b); }
  [[nodiscard]] Ref and_not(Ref a, Ref b) { return apply(Op::and_not, a, b); }
  // cases[value of the variable]
  [[nodiscard]] Ref select(std::uint32_t level, std::span<const Ref> cases);
  // The same for many at once, of variables below `level`: `cases` one after the other, results in `made`. Faster by
  // far where no other function depends on the variable.
  void make_all(std::uint32_t level, std::span<const Ref> cases, std::span<Ref> made);
  // That it will be asked for so many in all.
  void expect(std::size_t nodes);
  // At least `need` of the operands; those with the deepest variables come last.
  [[nodiscard]] Ref at_least(std::uint32_t need, std::span<const Ref> operands);

  // Once true, results mean nothing: the functions do not fit the budget.
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  // What is done for the sake of the functions beside them counts as well.
  void charge(std::uint64_t steps) {
    work_ += steps;
    if (work_ > budget_.work) exhausted_ = true;
  }
  // Who makes a function elsewhere gives up.
  void exhaust() { exhausted_ = true; }

  // Functions that nobody asks for any more stay until this: of the nodes only those remain that `kept` needs. Gives
  // the new number of each old node; kFalse for those that are gone.
  [[nodiscard]] std::vector<Ref> collect(std::span<const Ref> kept);
  // Whether that is worth its while.
  [[nodiscard]] bool crowded() const { return nodes_.size() > crowd_; }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }            // nodes, the two constants included
  [[nodiscard]] std::uint32_t level(Ref f) const { return nodes_[f].level; }  // levels() for the constants
  [[nodiscard]] std::span<const Ref> children(Ref f) const {                  // none of the constants
    return f <= kTrue ? std::span<const Ref>{}
                      : std::span(edges_).subspan(nodes_[f].first_edge, domains_[nodes_[f].level]);
  }
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
    std::uint32_t first_edge;
  };
  struct Done {  // a result that was worked out; a place holds the latest
    Ref a = kFalse, b = kFalse;
    Op op = Op::both;
    Ref result = kFalse;
  };

  [[nodiscard]] Ref make(std::uint32_t level, std::span<const Ref> children);
  [[nodiscard]] Ref apply(Op op, Ref a, Ref b);
  [[nodiscard]] bool known(Op op, Ref a, Ref b, Ref& result) const;
  void keep(Op op, Ref a, Ref b, Ref result);
  void append(std::uint32_t level, std::span<const Ref> children);
  static std::size_t bytes_of_node(std::size_t children) { return sizeof(Node) + children * sizeof(Ref); }
  void find_room();
  [[nodiscard]] std::size_t bytes() const;

  std::vector<std::uint32_t> domains_;
  Budget budget_;
  std::uint64_t work_ = 0;
  std::size_t bytes_of_many_ = 0;
  bool exhausted_ = false;
  std::size_t crowd_ = kCrowd;
  std::vector<Node> nodes_;  // children first
  std::vector<Ref> edges_;
  std::vector<Ref> unique_;         // nodes by what they are: open addressing, a power of two, kFalse is empty
  std::size_t placed_ = kTrue + 1;  // nodes that are in it: those before this one
  std::vector<char> has_;           // by level: a node of it was made
  std::vector<Done> done_;          // a power of two
  std::uint64_t kept_ = 0;          // results so far

  static constexpr std::size_t kCrowd = 250'000;
  static constexpr std::size_t kMostDone = std::size_t{1} << 20;
};

}  // namespace nines::structure
