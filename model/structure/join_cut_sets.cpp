#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

#include "model/structure/cut_sets.hpp"

namespace nines::structure {
namespace {

using Op = Expression::Op;
using Set = std::vector<ComponentId>;

bool can_be_down(const CutSets& of) {
  return !of.sets.empty() || of.truncated;
}

// Either is enough.
void add(CutSets& to, CutSets&& other, const CutLimits& limits) {
  to.truncated = to.truncated || other.truncated;
  const auto smaller = [](const Set& a, const Set& b) { return a.size() < b.size(); };
  if (to.sets.size() >= limits.sets && !other.sets.empty() && other.sets.front().size() >= to.sets.back().size()) {
    to.truncated = true;
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(to.sets.size());
  to.sets.insert(to.sets.end(), std::make_move_iterator(other.sets.begin()), std::make_move_iterator(other.sets.end()));
  std::inplace_merge(to.sets.begin(), to.sets.begin() + middle, to.sets.end(), smaller);
  if (to.sets.size() <= limits.sets) return;
  to.sets.resize(limits.sets);
  to.truncated = true;
}

// Both are needed: a set of one with a set of the other, the smallest pairs first. They share no name.
CutSets pairs(const CutSets& a, const CutSets& b, const CutLimits& limits) {
  CutSets result;
  if (!can_be_down(a) || !can_be_down(b)) return result;
  result.truncated = a.truncated || b.truncated;
  if (a.sets.empty() || b.sets.empty()) return result;
  const auto range = [](const std::vector<Set>& sets, std::size_t size) {
    return std::equal_range(sets.begin(), sets.end(), size, [](const auto& x, const auto& y) {
      if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Set>)
        return x.size() < y;
      else
        return x < y.size();
    });
  };
  const std::size_t least = a.sets.front().size() + b.sets.front().size();
  const std::size_t most = std::min<std::size_t>(limits.names, a.sets.back().size() + b.sets.back().size());
  for (std::size_t size = least; size <= most; ++size)
    for (std::size_t of_a = a.sets.front().size(); of_a <= a.sets.back().size() && of_a < size; ++of_a) {
      const auto [first, last] = range(a.sets, of_a);
      const auto [begin, end] = range(b.sets, size - of_a);
      for (auto x = first; x != last; ++x)
        for (auto y = begin; y != end; ++y) {
          if (result.sets.size() >= limits.sets) {
            result.truncated = true;
            return result;
          }
          Set set;
          set.reserve(size);
          std::merge(x->begin(), x->end(), y->begin(), y->end(), std::back_inserter(set));
          result.sets.push_back(std::move(set));
        }
    }
  if (most < a.sets.back().size() + b.sets.back().size()) result.truncated = true;
  return result;
}

// Some `many` of the operands are needed: counted in one after the other, kept by how many of them are in it.
CutSets any_of_so_many(std::vector<CutSets> operands, std::uint32_t many, const CutLimits& limits) {
  const auto able = static_cast<std::uint32_t>(std::count_if(operands.begin(), operands.end(), can_be_down));
  if (able < many) return {};
  CutSets none;
  if (many > limits.names) {
    none.truncated = true;
    return none;
  }
  none.sets.emplace_back();
  std::vector<CutSets> with(many + std::size_t{1});
  with[0] = none;
  std::uint32_t seen = 0;
  for (const CutSets& operand : operands) {
    if (!can_be_down(operand)) continue;
    ++seen;
    // Only so many may be left to the operands after this one.
    const std::uint32_t least = many - std::min(many, able - seen);
    for (std::uint32_t j = std::min(many, seen); j >= std::max(1U, least); --j) {
      CutSets& there = with[j];
      const bool full = there.sets.size() >= limits.sets;
      const CutSets& before = with[j - 1];
      if (full && !before.sets.empty() && !operand.sets.empty() &&
          before.sets.front().size() + operand.sets.front().size() >= there.sets.back().size()) {
        there.truncated = true;
        continue;
      }
      add(there, pairs(before, operand, limits), limits);
    }
  }
  return std::move(with[many]);
}

}  // namespace

CutSets join_cut_sets(const Expression& expression, std::span<const CutSets> modules, const CutLimits& limits) {
  std::vector<CutSets> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Op::name) {
      stack.push_back(modules[term.name]);
      continue;
    }
    const auto first = stack.end() - term.operands;
    std::vector<CutSets> operands(std::make_move_iterator(first), std::make_move_iterator(stack.end()));
    stack.erase(first, stack.end());
    const std::uint32_t need = term.op == Op::all_of ? term.operands : term.op == Op::any_of ? 1 : term.need;
    const std::uint32_t many = term.operands - need + 1;
    if (many > 1) {
      stack.push_back(any_of_so_many(std::move(operands), many, limits));
      continue;
    }
    // One is enough: all in one list, sorted once.
    CutSets all;
    for (CutSets& operand : operands) {
      all.truncated = all.truncated || operand.truncated;
      all.sets.insert(all.sets.end(), std::make_move_iterator(operand.sets.begin()),
                      std::make_move_iterator(operand.sets.end()));
    }
    std::stable_sort(all.sets.begin(), all.sets.end(), [](const Set& a, const Set& b) { return a.size() < b.size(); });
    if (all.sets.size() > limits.sets) {
      all.sets.resize(limits.sets);
      all.truncated = true;
    }
    stack.push_back(std::move(all));
  }
  return stack.empty() ? CutSets{} : std::move(stack.back());
}

}  // namespace nines::structure
