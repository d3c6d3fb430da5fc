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

// Birnbaum of each operand of an and or an or: the product of the others, from both ends.
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

  std::vector<double> birnbaum(terms.size(), 0);
  birnbaum.back() = 1;
  for (std::size_t t = terms.size(); t-- > 0;) {
    if (terms[t].op == Op::name) {
      result.birnbaum[terms[t].name] = birnbaum[t];
      continue;
    }
    const auto list = of_operands(t);
    std::vector<double> own(list.size());
    if (terms[t].op == Op::at_least)
      exactly_one_short(terms[t].need, list, own);
    else
      own = product_of_others(list, terms[t].op == Op::all_of);
    for (std::size_t i = 0; i < own.size(); ++i) birnbaum[operands[t][i]] = birnbaum[t] * own[i];
  }
  return result;
}

}  // namespace nines::structure
