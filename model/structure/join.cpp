#include "model/structure/join.hpp"

#include "model/structure/vote.hpp"

namespace nines::structure {
namespace {

using Op = Expression::Op;

Side all_of(std::span<const Side> operands) {
  Side joined{1, 0, 0};
  for (const Side& s : operands)
    joined = {joined.up * s.up, joined.up * s.mendable + joined.mendable * s.up,
              joined.several + joined.up * s.several + joined.mendable * s.down()};
  return joined;
}

// Down is all down; one that can be mended mends the whole.
Side any_of(std::span<const Side> operands) {
  Side joined{0, 0, 1};
  for (const Side& s : operands)
    joined = {joined.up + joined.down() * s.up, joined.mendable * s.down() + joined.several * s.mendable,
              joined.several * s.several};
  return joined;
}

// For each operand of an `and` or an `or`: that all others are up (down), from both ends.
std::vector<double> product_of_others(std::span<const Side> operands, bool up) {
  std::vector<double> result(operands.size(), 1.0);
  const auto value = [&](const Side& s) { return up ? s.up : s.down(); };
  double before = 1;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    result[i] = before;
    before *= value(operands[i]);
  }
  double after = 1;
  for (std::size_t i = operands.size(); i-- > 0;) {
    result[i] *= after;
    after *= value(operands[i]);
  }
  return result;
}

// For each operand: that some other one is down.
std::vector<double> some_other_down(std::span<const Side> operands) {
  std::vector<double> result(operands.size(), 0.0);
  double up = 1, down = 0;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    result[i] = down;
    down += up * operands[i].down();
    up *= operands[i].up;
  }
  up = 1, down = 0;
  for (std::size_t i = operands.size(); i-- > 0;) {
    result[i] = down + up * result[i];
    down += up * operands[i].down();
    up *= operands[i].up;
  }
  return result;
}

std::vector<OthersOfVote> others_of(const Expression::Term& term, std::span<const Side> operands) {
  std::vector<OthersOfVote> result(operands.size());
  if (term.op == Op::at_least) {
    others_of_vote(term.need, operands, result);
    return result;
  }
  const auto decides = product_of_others(operands, term.op == Op::all_of);
  const auto down = term.op == Op::all_of ? some_other_down(operands) : std::vector<double>(operands.size(), 0.0);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = {down[i], decides[i]};
  return result;
}

}  // namespace

double work_to_join(const Expression& expression) {
  double work = 0;
  for (const auto& term : expression.terms) {
    work += 1;
    if (term.op == Op::at_least) work += work_of_vote(term.need, term.operands);
  }
  return work;
}

Joined join(const Expression& expression, std::span<const Side> modules) {
  Joined result;
  result.birnbaum.assign(modules.size(), 0);
  result.down_if_up.assign(modules.size(), 0);
  result.cut_by_others.assign(modules.size(), 0);
  if (expression.empty()) {
    result.whole = {1, 0, 0};
    return result;
  }
  const auto& terms = expression.terms;
  std::vector<Side> sides(terms.size());
  std::vector<std::vector<std::uint32_t>> operands(terms.size());
  std::vector<std::uint32_t> open;
  const auto of_operands = [&](std::size_t t) {
    std::vector<Side> list;
    for (const std::uint32_t operand : operands[t]) list.push_back(sides[operand]);
    return list;
  };
  for (std::uint32_t t = 0; t < terms.size(); ++t) {
    if (terms[t].op == Op::name) {
      sides[t] = modules[terms[t].name];
    } else {
      operands[t].assign(open.end() - terms[t].operands, open.end());
      open.resize(open.size() - terms[t].operands);
      const auto list = of_operands(t);
      sides[t] = terms[t].op == Op::all_of   ? all_of(list)
                 : terms[t].op == Op::any_of ? any_of(list)
                                             : at_least(terms[t].need, list);
    }
    open.push_back(t);
  }
  result.whole = sides.back();

  struct Around {  // a term
    double birnbaum = 0, down_if_up = 0, cut_by_others = 0;
  };
  std::vector<Around> around(terms.size());
  around.back() = {1, 0, 1};
  for (std::size_t t = terms.size(); t-- > 0;) {
    const Around at = around[t];
    if (terms[t].op == Op::name) {
      result.birnbaum[terms[t].name] = at.birnbaum;
      result.down_if_up[terms[t].name] = at.down_if_up;
      result.cut_by_others[terms[t].name] = at.cut_by_others;
      continue;
    }
    const auto others = others_of(terms[t], of_operands(t));
    for (std::size_t i = 0; i < others.size(); ++i)
      around[operands[t][i]] = {at.birnbaum * others[i].one_short, at.down_if_up + at.birnbaum * others[i].too_few,
                                at.cut_by_others * (others[i].too_few + others[i].one_short)};
  }
  return result;
}

}  // namespace nines::structure
