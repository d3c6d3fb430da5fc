#include "model/structure/partition.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "model/structure/reach.hpp"

namespace nines::structure {
namespace {

using Op = Expression::Op;

class Splitter {
 public:
  Splitter(const Expression& expression, const Support& support) : terms_(expression.terms), reached_(support) {
    find_ranges();
    find_closed();
  }

  Partition run() {
    // Depth first; a term comes to `joined` after all its operands.
    struct Visit {
      std::vector<std::uint32_t> operands;  // one term, or those of a group that goes into one module
      std::uint32_t joined_by;              // the term whose operands the group was
      std::uint32_t finished_operands;      // > 0: all are done, emit the term
    };
    const auto root = static_cast<std::uint32_t>(terms_.size() - 1);
    std::vector<Visit> stack;
    stack.push_back({{root}, root, 0});
    while (!stack.empty()) {
      const Visit visit = std::move(stack.back());
      stack.pop_back();
      const auto& term = terms_[visit.operands[0]];
      if (visit.finished_operands > 0) {
        result_.joined.terms.push_back({term.op, 0, term.need, visit.finished_operands});
        continue;
      }
      std::vector<std::vector<std::uint32_t>> groups;
      if (visit.operands.size() == 1) groups = independent_groups(visit.operands[0]);
      if (groups.size() < 2) {
        add_module(visit.operands, terms_[visit.joined_by]);
        continue;
      }
      stack.push_back({visit.operands, visit.joined_by, static_cast<std::uint32_t>(groups.size())});
      for (auto group = groups.rbegin(); group != groups.rend(); ++group)
        stack.push_back({std::move(*group), visit.operands[0], 0});
    }
    return std::move(result_);
  }

 private:
  void find_ranges() {
    first_.resize(terms_.size());
    std::vector<std::uint32_t> open;
    operands_.resize(terms_.size());
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      first_[t] = t;
      if (terms_[t].op != Op::name) {
        operands_[t].assign(open.end() - terms_[t].operands, open.end());
        open.resize(open.size() - terms_[t].operands);
        first_[t] = first_[operands_[t][0]];
      }
      open.push_back(t);
    }
  }

  // A subtree is closed when nothing it stands on is mentioned outside of it.
  void find_closed() {
    const auto spread = reached_.spread(terms_);
    std::vector<std::uint32_t> least(terms_.size()), most(terms_.size());
    closed_.resize(terms_.size());
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      least[t] = most[t] = t;
      if (terms_[t].op == Op::name) {
        least[t] = std::min(t, spread[terms_[t].name].first);
        most[t] = std::max(t, spread[terms_[t].name].last);
      }
      for (const std::uint32_t operand : operands_[t]) {
        least[t] = std::min(least[t], least[operand]);
        most[t] = std::max(most[t], most[operand]);
      }
      closed_[t] = least[t] >= first_[t] && most[t] <= t;
    }
  }

  // The operands of a closed term, those together that share a part. One group: it can't be split.
  std::vector<std::vector<std::uint32_t>> independent_groups(std::uint32_t t) {
    const auto& operands = operands_[t];
    std::vector<std::uint32_t> leader(operands.size());
    std::iota(leader.begin(), leader.end(), 0u);
    const auto find = [&](std::uint32_t i) {
      while (leader[i] != i) i = leader[i] = leader[leader[i]];
      return i;
    };
    // Who comes second by a name or part goes with who came first; what lies below it is then the same.
    bool any_open = false;
    reached_.begin();
    for (std::uint32_t i = 0; i < operands.size(); ++i) {
      if (closed_[operands[i]]) continue;
      any_open = true;
      const auto meet = [&](std::uint32_t other) { leader[find(i)] = find(other); };
      for (std::uint32_t at = first_[operands[i]]; at <= operands[i]; ++at)
        if (terms_[at].op == Op::name) reached_.visit(terms_[at].name, i, meet, [](std::uint32_t) {});
    }
    if (any_open && terms_[t].op == Op::at_least) return {};  // votes of dependent operands do not split
    std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
    for (std::uint32_t i = 0; i < operands.size(); ++i) groups[find(i)].push_back(operands[i]);
    std::vector<std::vector<std::uint32_t>> list;
    for (auto& [first, group] : groups) list.push_back(std::move(group));
    return list;
  }

  void add_module(const std::vector<std::uint32_t>& operands, const Expression::Term& joining) {
    Module module;
    reached_.begin();
    for (const std::uint32_t operand : operands)
      for (std::uint32_t at = first_[operand]; at <= operand; ++at) {
        module.expression.terms.push_back(terms_[at]);
        if (terms_[at].op != Op::name) continue;
        module.named.push_back(terms_[at].name);
        reached_.visit(
            terms_[at].name, 0, [](std::uint32_t) {}, [&](std::uint32_t part) { module.parts.push_back(part); });
      }
    if (operands.size() > 1)
      module.expression.terms.push_back({joining.op, 0, joining.need, static_cast<std::uint32_t>(operands.size())});
    const auto once = [](auto& list) {
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    once(module.named);
    once(module.parts);
    result_.joined.terms.push_back({Op::name, static_cast<ComponentId>(result_.modules.size()), 0, 0});
    result_.modules.push_back(std::move(module));
  }

  const std::vector<Expression::Term>& terms_;
  Reach reached_;
  std::vector<std::uint32_t> first_;  // by term: where its subtree begins
  std::vector<std::vector<std::uint32_t>> operands_;
  std::vector<char> closed_;
  Partition result_;
};

}  // namespace

Partition take_apart(const Expression& expression, const Support& support) {
  return Splitter(expression, support).run();
}

}  // namespace nines::structure
