#include "model/structure/one_variable.hpp"

#include <algorithm>
#include <bit>

namespace nines::structure {
namespace {

constexpr std::size_t kMany = 4096;  // nodes

// Sums over ranges of levels, read at one: every range is cut into few pieces of fixed places, so that nothing has to
// be taken away again.
class RangeSums {
 public:
  explicit RangeSums(std::size_t levels) : leaves_(std::bit_ceil(levels + 1)), piece_(2 * leaves_, 0.0) {}

  void add(std::size_t begin, std::size_t end, double value) {
    for (begin += leaves_, end += leaves_; begin < end; begin /= 2, end /= 2) {
      if (begin % 2 == 1) piece_[begin++] += value;
      if (end % 2 == 1) piece_[--end] += value;
    }
  }
  [[nodiscard]] double at(std::size_t level) const {
    double sum = 0;
    for (std::size_t piece = level + leaves_; piece > 0; piece /= 2) sum += piece_[piece];
    return sum;
  }

 private:
  std::size_t leaves_;
  std::vector<double> piece_;
};

std::size_t value_that_is(const OneVariable& thing, bool up) {
  return static_cast<std::size_t>(
      std::find_if(thing.up.begin(), thing.up.end(), [&](char flag) { return (flag != 0) == up; }) - thing.up.begin());
}

}  // namespace

std::vector<OfOneVariable> weigh_each(Weights& weights, Ref f, std::span<const OneVariable> things) {
  if (things.empty()) return {};
  const Diagrams& diagrams = weights.diagrams();
  const auto reached = weights.reached(f);
  RangeSums passed_by(diagrams.levels());  // P(not f, and nothing is asked about this variable)
  passed_by.add(0, diagrams.level(f), weights.down(f));
  std::vector<std::vector<std::pair<Ref, double>>> of_level(diagrams.levels());
  for (const auto& [node, probability] : reached) {
    const std::uint32_t level = diagrams.level(node);
    of_level[level].emplace_back(node, probability);
    const auto children = diagrams.children(node);
    for (std::size_t v = 0; v < children.size(); ++v)
      passed_by.add(level + 1, diagrams.level(children[v]),
                    probability * weights.variable(level).probability[v] * weights.down(children[v]));
  }
  std::vector<OfOneVariable> result;
  for (const OneVariable& thing : things) {
    const std::size_t up = value_that_is(thing, true), down = value_that_is(thing, false);
    long double if_up = passed_by.at(thing.level), if_down = if_up, differences = 0, lost = 0;
    for (const auto& [node, probability] : of_level[thing.level]) {
      const auto children = diagrams.children(node);
      const long double above = weights.down(children[up]), below = weights.down(children[down]);
      if_up += probability * above;
      if_down += probability * below;
      differences += probability * (below - above);
      lost += probability * below;
    }
    constexpr long double kRounding = 1e-15L, kMost = 1e-13L;
    if (reached.size() < kMany || lost * kRounding > kMost * differences) {
      differences = 0;
      for (const auto& [node, probability] : of_level[thing.level]) {
        const Ref above = diagrams.children(node)[up], below = diagrams.children(node)[down];
        differences += probability * weights.up_and_not(above, below);
      }
    }
    result.push_back({static_cast<double>(if_up), static_cast<double>(if_down), static_cast<double>(differences)});
  }
  return result;
}

Ref up_but_for_one(Diagrams& diagrams, Ref f, std::span<const OneVariable> things) {
  if (things.empty()) return f;
  std::vector<const OneVariable*> of_level(diagrams.levels(), nullptr);
  for (const OneVariable& thing : things) of_level[thing.level] = &thing;
  std::vector<Ref> nodes{f};  // those of f, children before parents
  std::vector<char> seen(f + std::size_t{1}, 0);
  seen[f] = 1;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (const Ref child : diagrams.children(nodes[i]))
      if (child > kTrue && !std::exchange(seen[child], 1)) nodes.push_back(child);
  std::sort(nodes.begin(), nodes.end());
  std::vector<Ref> mended(f + std::size_t{1}, kFalse), cases;
  mended[kTrue] = kTrue;
  for (const Ref node : nodes) {
    if (node <= kTrue) continue;
    const std::uint32_t level = diagrams.level(node);
    const OneVariable* thing = of_level[level];
    const std::vector<Ref> children(diagrams.children(node).begin(), diagrams.children(node).end());
    cases.clear();
    for (std::size_t v = 0; v < children.size(); ++v) {
      const Ref own = mended[children[v]];
      const bool down = thing != nullptr && thing->up[v] == 0;
      cases.push_back(down ? diagrams.either(own, children[value_that_is(*thing, true)]) : own);
    }
    mended[node] = diagrams.select(level, cases);
    if (diagrams.exhausted()) return kFalse;
  }
  return mended[f];
}

}  // namespace nines::structure
