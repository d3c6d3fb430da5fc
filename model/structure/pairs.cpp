#include "model/structure/pairs.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/structure/join.hpp"
#include "model/structure/vote.hpp"

namespace nines::structure {
namespace {

using Op = Expression::Op;

constexpr double kMostCounts = 2e7;

Pair swapped(const Pair& p) {
  return {p.both, p.second, p.first, p.neither};
}

Pair all_of(std::span<const Pair> operands) {
  Pair joined{1, 0, 0, 0};
  for (const Pair& p : operands)
    joined = {joined.both * p.both, joined.both * p.first + joined.first * (p.both + p.first),
              joined.both * p.second + joined.second * (p.both + p.second),
              joined.neither + joined.both * p.neither + joined.first * (p.second + p.neither) +
                  joined.second * (p.first + p.neither)};
  return joined;
}

Pair any_of(std::span<const Pair> operands) {
  Pair joined{0, 0, 0, 1};
  for (const Pair& p : operands)
    joined = {
        joined.both + joined.neither * p.both + joined.first * (p.both + p.second) + joined.second * (p.both + p.first),
        joined.neither * p.first + joined.first * (p.first + p.neither),
        joined.neither * p.second + joined.second * (p.second + p.neither), joined.neither * p.neither};
  return joined;
}

// Nothing is up at the second look that was not at the first.
Pair shrinking_vote(std::uint32_t need, std::span<const Pair> operands) {
  std::vector<Side> first, second;
  std::vector<Drop> drops;
  for (const Pair& p : operands) {
    first.push_back({p.both + p.first, p.neither, 0});
    second.push_back({p.both, p.first + p.neither, 0});
    drops.push_back({p.both, p.first, p.neither});
  }
  return {at_least(need, second).up, lost_vote(need, drops), 0, at_least(need, first).down()};
}

// Counted at both looks, each up to `need`.
std::optional<Pair> any_vote(std::uint32_t need, std::span<const Pair> operands) {
  const std::size_t width = need + std::size_t{1};
  if (static_cast<double>(width) * static_cast<double>(width) * static_cast<double>(operands.size()) > kMostCounts)
    return std::nullopt;
  std::vector<double> counts(width * width, 0.0);
  counts[0] = 1;
  for (const Pair& p : operands) {
    std::vector<double> next(counts.size(), 0.0);
    for (std::size_t i = 0; i < width; ++i)
      for (std::size_t j = 0; j < width; ++j) {
        const double here = counts[i * width + j];
        if (here == 0) continue;
        const std::size_t more_i = std::min<std::size_t>(i + 1, need), more_j = std::min<std::size_t>(j + 1, need);
        next[more_i * width + more_j] += here * p.both;
        next[more_i * width + j] += here * p.first;
        next[i * width + more_j] += here * p.second;
        next[i * width + j] += here * p.neither;
      }
    counts.swap(next);
  }
  Pair joined;
  for (std::size_t i = 0; i < width; ++i)
    for (std::size_t j = 0; j < width; ++j)
      (i == need ? (j == need ? joined.both : joined.first) : (j == need ? joined.second : joined.neither)) +=
          counts[i * width + j];
  return joined;
}

std::optional<Pair> vote(std::uint32_t need, std::vector<Pair>& operands) {
  if (std::all_of(operands.begin(), operands.end(), [](const Pair& p) { return p.second == 0; }))
    return shrinking_vote(need, operands);
  if (std::any_of(operands.begin(), operands.end(), [](const Pair& p) { return p.first != 0; }))
    return any_vote(need, operands);
  std::transform(operands.begin(), operands.end(), operands.begin(), swapped);
  return swapped(shrinking_vote(need, operands));
}

}  // namespace

std::optional<Pair> join_pairs(const Expression& expression, std::span<const Pair> modules) {
  if (expression.empty()) return Pair{1, 0, 0, 0};
  std::vector<Pair> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Op::name) {
      stack.push_back(modules[term.name]);
      continue;
    }
    std::vector<Pair> operands(stack.end() - term.operands, stack.end());
    stack.resize(stack.size() - term.operands);
    if (term.op != Op::at_least) {
      stack.push_back(term.op == Op::all_of ? all_of(operands) : any_of(operands));
      continue;
    }
    const auto joined = vote(term.need, operands);
    if (!joined) return std::nullopt;
    stack.push_back(*joined);
  }
  return stack.back();
}

}  // namespace nines::structure
