// Expressions as they are written: `lb and app and 2 of (x, y, z)`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/description/expression.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Finds the number of a name, or reports at the place why it can't stand here and gives nothing.
using Resolve = std::function<std::optional<ComponentId>(const std::string& name, text::Place place)>;

// Nothing when a problem was reported. Needs no recursion, however deep the parentheses.
[[nodiscard]] std::optional<Expression> read_expression(Reader& reader, const text::Node& node, const Resolve& resolve);

// As people write it, with as few parentheses as needed.
template <class Name>
[[nodiscard]] std::string expression_text(const Expression& expression, Name&& name);

template <class Name>
std::string expression_text(const Expression& expression, Name&& name) {
  const auto& terms = expression.terms;
  if (terms.empty()) return "";
  std::vector<std::vector<std::size_t>> operands(terms.size());
  std::vector<std::size_t> stack;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].op != Expression::Op::name) {
      const auto first = stack.end() - terms[i].operands;
      operands[i].assign(first, stack.end());
      stack.erase(first, stack.end());
    }
    stack.push_back(i);
  }
  // Written from left to right, each character once: joining the texts of operands would copy them at every level.
  struct Piece {
    const char* words;  // or null: the term
    std::size_t term;
  };
  std::string text;
  std::vector<Piece> waiting{{nullptr, stack.back()}};
  while (!waiting.empty()) {
    const Piece piece = waiting.back();
    waiting.pop_back();
    if (piece.words) {
      text += piece.words;
      continue;
    }
    const auto& term = terms[piece.term];
    if (term.op == Expression::Op::name) {
      text += name(term.name);
      continue;
    }
    const bool vote = term.op == Expression::Op::at_least;
    if (vote) text += std::to_string(term.need) + " of (";
    if (vote) waiting.push_back({")", 0});
    const auto& of = operands[piece.term];
    for (std::size_t k = of.size(); k-- > 0;) {
      const bool bracket = term.op == Expression::Op::all_of && terms[of[k]].op == Expression::Op::any_of;
      if (bracket) waiting.push_back({")", 0});
      waiting.push_back({nullptr, of[k]});
      if (bracket) waiting.push_back({"(", 0});
      if (k > 0) waiting.push_back({vote ? ", " : term.op == Expression::Op::all_of ? " and " : " or ", 0});
    }
  }
  return text;
}

}  // namespace nines
