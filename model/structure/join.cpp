#include "model/structure/join.hpp"

#include <algorithm>

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

// P(exactly j up), j = 0..limit, of independent operands. Counts above the limit are dropped.
std::vector<double> count_up(std::span<const Side> operands, std::vector<double> counts, std::size_t limit) {
  for (const Side& s : operands) {
    counts.resize(std::min(counts.size() + 1, limit + 1), 0.0);
    for (std::size_t j = counts.size(); j-- > 0;) counts[j] = counts[j] * s.down() + (j > 0 ? counts[j - 1] * s.up : 0);
  }
  return counts;
}

Side at_least(std::uint32_t need, std::span<const Side> operands) {
  // By the number up: how likely with some mendable one among those down, and with none.
  std::vector<double> with{0}, without{1};
  for (const Side& s : operands) {
    with.push_back(0);
    without.push_back(0);
    for (std::size_t j = with.size(); j-- > 0;) {
      with[j] = with[j] * s.down() + without[j] * s.mendable + (j > 0 ? with[j - 1] * s.up : 0);
      without[j] = without[j] * s.several + (j > 0 ? without[j - 1] * s.up : 0);
    }
  }
  Side joined;
  for (std::size_t j = 0; j < with.size(); ++j) {
    if (j >= need)
      joined.up += with[j] + without[j];
    else if (j + 1 == need)
      joined.mendable += with[j], joined.several += without[j];
    else
      joined.several += with[j] + without[j];
  }
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

// Birnbaum of each operand of a vote: exactly need - 1 of the others up. Halves are counted in for each other, so that
// every operand is left out once in n log n steps of counting.
void exactly_one_short(std::uint32_t need, std::span<const Side> operands, std::vector<double> others,
                       std::span<double> result) {
  if (operands.size() == 1) {
    result[0] = others.size() > need - 1 ? others[need - 1] : 0;
    return;
  }
  const std::size_t half = operands.size() / 2;
  exactly_one_short(need, operands.first(half), count_up(operands.subspan(half), others, need - 1), result.first(half));
  exactly_one_short(need, operands.subspan(half), count_up(operands.first(half), others, need - 1),
                    result.subspan(half));
}

}  // namespace

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
      exactly_one_short(terms[t].need, list, {1.0}, own);
    else
      own = product_of_others(list, terms[t].op == Op::all_of);
    for (std::size_t i = 0; i < own.size(); ++i) birnbaum[operands[t][i]] = birnbaum[t] * own[i];
  }
  return result;
}

}  // namespace nines::structure
