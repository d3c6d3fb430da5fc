#include "model/markov/trajectory/gates.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "model/structure/vote.hpp"

namespace nines::markov {
namespace {

using structure::Side;
using Op = Expression::Op;

Side both(const Side& a, const Side& b) {
  return {a.up * b.up, a.up * b.mendable + a.mendable * b.up, a.several + a.up * b.several + a.mendable * b.down()};
}

Side either(const Side& a, const Side& b) {
  return {a.up + a.down() * b.up, a.mendable * b.down() + a.several * b.mendable, a.several * b.several};
}

Twice both(const Twice& a, const Twice& b) {
  const double b_all = b.up_up + b.up_down + b.down_up + b.down_down;
  return {a.up_up * b.up_up, a.up_up * b.up_down + a.up_down * (b.up_up + b.up_down),
          a.up_up * b.down_up + a.down_up * (b.up_up + b.down_up),
          a.down_down * b_all + (a.up_up + a.up_down + a.down_up) * b.down_down + a.up_down * b.down_up +
              a.down_up * b.up_down};
}

Twice turned(const Twice& t) {
  return {t.down_down, t.down_up, t.up_down, t.up_up};
}

Twice either(const Twice& a, const Twice& b) {
  return turned(both(turned(a), turned(b)));
}

// So many equal and independent operands, by squaring; what joins is associative.
template <class T, class Join>
T many(T one, std::uint32_t times, Join&& join) {
  T result = one;
  for (std::uint32_t left = times - 1; left > 0; left >>= 1U) {
    if (left & 1U) result = join(result, one);
    if (left > 1) one = join(one, one);
  }
  return result;
}

double power(double base, std::uint32_t exponent) {
  double result = 1;
  for (; exponent > 0; exponent >>= 1U, base *= base)
    if (exponent & 1U) result *= base;
  return result;
}

}  // namespace

Gates::Gates(const Expression& expression, std::span<const std::uint32_t> kind_of) : leaf_of_(kind_of.size(), 0) {
  struct Open {
    bool is_module;
    std::uint32_t number;
  };
  std::vector<Open> stack;
  const auto close = [&](Op op, std::uint32_t need, std::span<const Open> operands) {
    Gate gate{op, need, {}};
    std::map<std::uint32_t, std::size_t> with;  // by kind
    for (const Open& open : operands) {
      if (!open.is_module) {
        gate.operands.push_back({open.number, 1, false});
        continue;
      }
      const auto [found, fresh] = with.try_emplace(kind_of[open.number], gate.operands.size());
      if (fresh) {
        gate.operands.push_back({static_cast<std::uint32_t>(leaves_.size()), 0, true});
        leaves_.push_back({kind_of[open.number], 0});
      }
      Operand& operand = gate.operands[found->second];
      ++operand.times;
      ++leaves_[operand.number].modules;
      leaf_of_[open.number] = operand.number;
    }
    const double count = static_cast<double>(operands.size());
    const double counted = std::min<double>(need, count - need + 1) + 1;
    work_ += op == Op::at_least ? 10 * count * counted * counted : 40 * static_cast<double>(gate.operands.size());
    gates_.push_back(std::move(gate));
  };
  for (const auto& term : expression.terms) {
    if (term.op == Op::name) {
      stack.push_back({true, term.name});
      continue;
    }
    close(term.op, term.need, std::span(stack).last(term.operands));
    stack.resize(stack.size() - term.operands);
    stack.push_back({false, static_cast<std::uint32_t>(gates_.size() - 1)});
  }
  if (gates_.empty()) close(Op::all_of, 0, stack);  // one module, or none
  sides_.resize(gates_.size());
  importance_.resize(gates_.size());
  twice_.resize(gates_.size());
}

std::vector<Side> Gates::listed(const Gate& gate, std::span<const Side> by_kind) const {
  std::vector<Side> list;
  for (const Operand& operand : gate.operands) list.insert(list.end(), operand.times, side_of(operand, by_kind));
  return list;
}

void Gates::weigh_gate(std::uint32_t g, std::span<const Side> by_kind) {
  const Gate& gate = gates_[g];
  if (gate.op == Op::at_least) {
    sides_[g] = structure::at_least(gate.need, listed(gate, by_kind));
    return;
  }
  const bool all = gate.op == Op::all_of;
  const auto join = [&](const Side& a, const Side& b) { return all ? both(a, b) : either(a, b); };
  Side joined = all ? Side{1, 0, 0} : Side{0, 0, 1};
  for (const Operand& operand : gate.operands) {
    const Side& side = side_of(operand, by_kind);
    joined = join(joined, operand.times == 1 ? side : many(side, operand.times, join));
  }
  sides_[g] = joined;
}

void Gates::spread_birnbaum(std::uint32_t g, std::span<const Side> by_kind, std::span<double> birnbaum) {
  const Gate& gate = gates_[g];
  const auto give = [&](const Operand& operand, double own) {
    (operand.is_leaf ? birnbaum[operand.number] : importance_[operand.number]) = importance_[g] * own;
  };
  if (gate.op == Op::at_least) {
    const auto list = listed(gate, by_kind);
    std::vector<structure::OthersOfVote> others(list.size());
    structure::others_of_vote(gate.need, list, others);
    std::size_t at = 0;
    for (const Operand& operand : gate.operands) {
      give(operand, others[at].one_short);
      at += operand.times;
    }
    return;
  }
  // The product of the others, from both ends.
  const auto value = [&](const Operand& operand) {
    const Side& side = side_of(operand, by_kind);
    return gate.op == Op::all_of ? side.up : side.down();
  };
  double before = importance_[g];
  for (const Operand& operand : gate.operands) {
    const double one = value(operand), others = power(one, operand.times - 1);
    (operand.is_leaf ? birnbaum[operand.number] : importance_[operand.number]) = before * others;
    before *= others * one;
  }
  double after = 1;
  for (auto operand = gate.operands.rbegin(); operand != gate.operands.rend(); ++operand) {
    (operand->is_leaf ? birnbaum[operand->number] : importance_[operand->number]) *= after;
    after *= power(value(*operand), operand->times);
  }
}

Side Gates::weigh(std::span<const Side> by_kind, std::span<double> birnbaum) {
  for (std::uint32_t g = 0; g < gates_.size(); ++g) weigh_gate(g, by_kind);
  importance_.back() = 1;
  for (auto g = static_cast<std::uint32_t>(gates_.size()); g-- > 0;) spread_birnbaum(g, by_kind, birnbaum);
  return sides_.back();
}

// How many are counted at each of the two, from the side that is nearer to its end: no more than matter.
Twice Gates::vote_twice(const Gate& gate, std::span<const Twice> by_kind) const {
  std::uint32_t count = 0;
  for (const Operand& operand : gate.operands) count += operand.times;
  const bool from_below = gate.need <= count - gate.need + 1;
  const std::uint32_t most = from_below ? gate.need : count - gate.need + 1, width = most + 1;
  std::vector<double> counts(std::size_t{width} * width, 0.0);
  counts[0] = 1;
  for (const Operand& operand : gate.operands) {
    const Twice& up = operand.is_leaf ? by_kind[leaves_[operand.number].kind] : twice_[operand.number];
    const Twice t = from_below ? up : turned(up);
    for (std::uint32_t i = 0; i < operand.times; ++i)
      for (std::uint32_t a = width; a-- > 0;)
        for (std::uint32_t b = width; b-- > 0;) {
          double& at = counts[a * width + b];
          const double here = at;
          at = here * ((a == most ? t.up_down : 0) + (b == most ? t.down_up : 0) + t.down_down +
                       (a == most && b == most ? t.up_up : 0));
          if (b > 0) at += counts[a * width + b - 1] * (t.down_up + (a == most ? t.up_up : 0));
          if (a > 0) at += counts[(a - 1) * width + b] * (t.up_down + (b == most ? t.up_up : 0));
          if (a > 0 && b > 0) at += counts[(a - 1) * width + b - 1] * t.up_up;
        }
  }
  Twice joined;
  for (std::uint32_t a = 0; a < width; ++a)
    for (std::uint32_t b = 0; b < width; ++b) {
      double& to =
          a == most ? (b == most ? joined.up_up : joined.up_down) : (b == most ? joined.down_up : joined.down_down);
      to += counts[a * width + b];
    }
  return from_below ? joined : turned(joined);
}

Twice Gates::weigh_twice(std::span<const Twice> by_kind) {
  for (std::uint32_t g = 0; g < gates_.size(); ++g) {
    const Gate& gate = gates_[g];
    if (gate.op == Op::at_least) {
      twice_[g] = vote_twice(gate, by_kind);
      continue;
    }
    const bool all = gate.op == Op::all_of;
    const auto join = [&](const Twice& a, const Twice& b) { return all ? both(a, b) : either(a, b); };
    Twice joined = all ? Twice{1, 0, 0, 0} : Twice{0, 0, 0, 1};
    for (const Operand& operand : gate.operands) {
      const Twice& one = operand.is_leaf ? by_kind[leaves_[operand.number].kind] : twice_[operand.number];
      joined = join(joined, operand.times == 1 ? one : many(one, operand.times, join));
    }
    twice_[g] = joined;
  }
  return twice_.back();
}

}  // namespace nines::markov
