// Expressions as they are written: `lb and app and 2 of (x, y, z)`.
#pragma once

#include <functional>
#include <optional>
#include <string>

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
  struct Text {
    std::string words;
    Expression::Op op;
  };
  std::vector<Text> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      stack.push_back({std::string(name(term.name)), term.op});
      continue;
    }
    std::string words;
    const bool vote = term.op == Expression::Op::at_least;
    const char* between = vote ? ", " : term.op == Expression::Op::all_of ? " and " : " or ";
    for (auto it = stack.end() - term.operands; it != stack.end(); ++it) {
      const bool bracket = term.op == Expression::Op::all_of && it->op == Expression::Op::any_of;
      words += (words.empty() ? "" : between) + (bracket ? "(" + it->words + ")" : it->words);
    }
    stack.resize(stack.size() - term.operands, Text{});
    if (vote) words = std::to_string(term.need) + " of (" + words + ")";
    stack.push_back({std::move(words), term.op});
  }
  return stack.empty() ? "" : stack.back().words;
}

}  // namespace nines
