// Decision diagrams laid out to be weighed again and again with other probabilities.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/structure/diagram.hpp"

namespace nines::markov {

class Flat {
 public:
  Flat(const structure::Diagrams& diagrams, std::vector<structure::Ref> roots);

  // `probability`: by level, by value. Nothing is subtracted: both sides are sums of products.
  void weigh(std::span<const double* const> probability);
  // Of a root, by number, after that.
  [[nodiscard]] double up(std::size_t root) const { return up_[roots_[root]]; }
  [[nodiscard]] double down(std::size_t root) const { return down_[roots_[root]]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  struct Node {
    std::uint32_t level = 0, first = 0, values = 0;  // edges: as many as the level has values
  };
  std::vector<Node> nodes_;  // children first, behind the two constants
  std::vector<std::uint32_t> edges_, roots_;
  std::vector<double> up_, down_;
};

// A copy of f in `to`, of which each level stands for a list of pairs of values, where the pairs' first or second
// values are taken. Levels with an empty list are fixed at `fixed`.
[[nodiscard]] structure::Ref lifted(const structure::Diagrams& diagrams, structure::Ref f, structure::Diagrams& to,
                                    std::span<const std::vector<std::pair<std::uint32_t, std::uint32_t>>> pairs,
                                    bool second, std::uint32_t fixed);

}  // namespace nines::markov
