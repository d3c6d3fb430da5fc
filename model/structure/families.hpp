// Families of sets of variables as zero-suppressed decision diagrams (Minato 1993, doi:10.1145/157485.164890): small
// where the families are large but regular.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace nines::structure {

using Family = std::uint32_t;
inline constexpr Family kNone = 0;      // no set at all
inline constexpr Family kEmptySet = 1;  // the empty set alone

class Families {
 public:
  Families(std::size_t most_nodes, std::uint64_t most_steps) : most_nodes_(most_nodes), steps_left_(most_steps) {}

  // The sets of `without`, and those of `with` that have the variable `level` as well. Both know deeper variables only.
  [[nodiscard]] Family make(std::uint32_t level, Family with, Family without);
  // The sets of `a` that hold no set of `b`.
  [[nodiscard]] Family not_holding(Family a, Family b);

  [[nodiscard]] std::uint32_t level(Family f) const { return nodes_[f].level; }
  [[nodiscard]] Family with(Family f) const { return nodes_[f].with; }
  [[nodiscard]] Family without(Family f) const { return nodes_[f].without; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  // How many sets a family has.
  [[nodiscard]] double count(Family f);

  // Once true, results mean nothing: they do not fit the limits.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  struct Node {
    std::uint32_t level;
    Family with, without;
    friend bool operator==(const Node&, const Node&) = default;
  };
  struct Hash {
    std::size_t operator()(const Node& n) const;
  };
  struct Frame;
  [[nodiscard]] bool known(Family a, Family b, Family& result) const;

  std::size_t most_nodes_;
  std::uint64_t steps_left_;
  bool exhausted_ = false;
  std::vector<Node> nodes_{{UINT32_MAX, kNone, kNone}, {UINT32_MAX, kNone, kNone}};  // children first
  std::vector<double> counts_;
  std::unordered_map<Node, Family, Hash> unique_;
  std::unordered_map<std::uint64_t, Family> done_;  // not_holding
};

}  // namespace nines::structure
