#include "model/description/read_expression.hpp"

#include <gtest/gtest.h>

namespace nines {
namespace {

struct Read1 {
  text::Problems problems;
  std::optional<Expression> expression;
};

Read1 read(const std::string& words) {
  text::Sources sources;
  const auto id = sources.add("model.yaml", words);
  text::Node node;
  node.kind = text::Node::Kind::scalar;
  node.scalar = words;
  node.place = {id, 0, static_cast<std::uint32_t>(words.size())};
  Read1 result;
  Reader reader(sources, result.problems);
  result.expression =
      read_expression(reader, node, [&](const std::string& name, text::Place place) -> std::optional<ComponentId> {
        if (name.size() == 1 && name[0] >= 'a' && name[0] <= 'h') return static_cast<ComponentId>(name[0] - 'a');
        reader.error(place, "unknown-name", name);
        return std::nullopt;
      });
  return result;
}

std::string again(const std::string& words) {
  const auto result = read(words);
  if (!result.expression) return "error";
  return expression_text(*result.expression,
                         [](ComponentId id) { return std::string(1, static_cast<char>('a' + id)); });
}

TEST(Expressions, AndBindsTighterThanOr) {
  EXPECT_EQ(again("a and b or c"), "a and b or c");
  EXPECT_EQ(again("a and (b or c)"), "a and (b or c)");
  EXPECT_EQ(again("a or b and c or d"), "a or b and c or d");
  EXPECT_EQ(again("((a))"), "a");
  EXPECT_EQ(again("2 of (a, b and c, d or e)"), "2 of (a, b and c, d or e)");
  EXPECT_EQ(again("a and 1 of (b, 2 of (c, d, e))"), "a and 1 of (b, 2 of (c, d, e))");
  EXPECT_EQ(again("a\n  and\tb"), "a and b");
}

TEST(Expressions, MeanWhatTheySay) {
  const auto value = [](const std::string& words, const std::string& up) {
    return read(words).expression->evaluate(
        [&](ComponentId id) { return up.find(static_cast<char>('a' + id)) != std::string::npos; });
  };
  EXPECT_TRUE(value("a and b or c", "c"));
  EXPECT_FALSE(value("a and (b or c)", "c"));
  EXPECT_TRUE(value("2 of (a, b, c)", "ac"));
  EXPECT_FALSE(value("2 of (a, b, c)", "b"));
  EXPECT_TRUE(value("2 of (a, a, b)", "a"));
}

TEST(Expressions, FaultsHaveTheirPlace) {
  const auto column = [](const std::string& words) {
    const auto result = read(words);
    EXPECT_FALSE(result.expression.has_value()) << words;
    EXPECT_FALSE(result.problems.empty()) << words;
    return result.problems.empty() ? -1 : static_cast<int>(result.problems[0].place.begin);
  };
  EXPECT_EQ(column("a b"), 2);
  EXPECT_EQ(column("a and"), 5);
  EXPECT_EQ(column("a and or b"), 6);
  EXPECT_EQ(column("(a or b"), 0);
  EXPECT_EQ(column("a)"), 1);
  EXPECT_EQ(column("2 of a"), 0);
  EXPECT_EQ(column("4 of (a, b)"), 0);
  EXPECT_EQ(column("0 of (a, b)"), 0);
  EXPECT_EQ(column("2 of (a, )"), 9);
  EXPECT_EQ(column("a, b"), 1);
  EXPECT_EQ(column("a and x or y"), 6);
  EXPECT_EQ(column("a + b"), 2);
  EXPECT_EQ(column(""), 0);
  EXPECT_EQ(read("a and x or y").problems.size(), 2u);  // both unknown names
}

}  // namespace
}  // namespace nines
