#include "model/markov/trajectory/flat.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace nines::markov {

using structure::kFalse;
using structure::kTrue;
using structure::Ref;

Flat::Flat(const structure::Diagrams& diagrams, std::vector<Ref> roots) {
  std::vector<char> reached(diagrams.size(), 0);
  for (const Ref root : roots) reached[root] = 1;
  for (Ref f = static_cast<Ref>(diagrams.size()); f-- > kTrue + 1;)
    if (reached[f])
      for (const Ref child : diagrams.children(f)) reached[child] = 1;
  std::vector<std::uint32_t> number(diagrams.size(), 0);
  number[kTrue] = 1;
  nodes_.resize(2);
  for (Ref f = kTrue + 1; f < diagrams.size(); ++f) {
    if (!reached[f]) continue;
    number[f] = static_cast<std::uint32_t>(nodes_.size());
    const auto children = diagrams.children(f);
    nodes_.push_back(
        {diagrams.level(f), static_cast<std::uint32_t>(edges_.size()), static_cast<std::uint32_t>(children.size())});
    for (const Ref child : children) edges_.push_back(number[child]);
  }
  for (const Ref root : roots) roots_.push_back(number[root]);
  up_.assign(nodes_.size(), 0);
  down_.assign(nodes_.size(), 0);
  up_[1] = down_[0] = 1;
}

void Flat::weigh(std::span<const double* const> probability) {
  for (std::size_t n = 2; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    const double* p = probability[node.level];
    double up = 0, down = 0;
    for (std::uint32_t v = 0; v < node.values; ++v) {
      up += p[v] * up_[edges_[node.first + v]];
      down += p[v] * down_[edges_[node.first + v]];
    }
    up_[n] = up;
    down_[n] = down;
  }
}

// Children come before parents; a stack of its own, for levels may be many.
Ref lifted(const structure::Diagrams& diagrams, Ref f, structure::Diagrams& to,
           std::span<const std::vector<std::pair<std::uint32_t, std::uint32_t>>> pairs, bool second,
           std::uint32_t fixed) {
  std::map<Ref, Ref> result{{kFalse, kFalse}, {kTrue, kTrue}};
  std::vector<Ref> stack{f}, cases;
  while (!stack.empty()) {
    const Ref g = stack.back();
    if (result.contains(g)) {
      stack.pop_back();
      continue;
    }
    const std::uint32_t level = diagrams.level(g);
    const auto children = diagrams.children(g);
    const std::size_t before = stack.size();
    const auto ask = [&](Ref child) {
      if (!result.contains(child)) stack.push_back(child);
    };
    if (pairs[level].empty()) ask(children[fixed]);
    for (const auto& pair : pairs[level]) ask(children[second ? pair.second : pair.first]);
    if (stack.size() > before) continue;
    stack.pop_back();
    if (pairs[level].empty()) {
      result[g] = result.at(children[fixed]);
      continue;
    }
    cases.clear();
    for (const auto& pair : pairs[level]) cases.push_back(result.at(children[second ? pair.second : pair.first]));
    result[g] = to.select(level, cases);
  }
  return result.at(f);
}

}  // namespace nines::markov
