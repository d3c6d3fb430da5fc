#include <gtest/gtest.h>

#include "model/text/read.hpp"

namespace nines::text {
namespace {

struct Parsed {
  Sources sources;
  SourceId id;
  Expected<Node> node;

  explicit Parsed(const std::string& words) : id(sources.add("model.yaml", words)), node(read_yaml(sources, id)) {}
  // The text that a value's place covers, by keys from the root.
  std::string covers(const std::vector<std::string>& keys) const {
    const Node* at = &*node;
    for (const std::string& key : keys) at = &at->find(key)->value;
    return std::string(sources.excerpt(at->place));
  }
  std::string code() const { return node ? "none" : node.error()[0].code; }
  std::string shown() const { return node ? "" : std::string(sources.excerpt(node.error()[0].place)); }
};

TEST(Reader, PlacesCoverTheValue) {
  const Parsed p("a: 90 days   # comment\nb:\n  c: {d: \"x y\", e: 'it''s', f: [1, 2]}\ng: plain\n   goes on\n");
  ASSERT_TRUE(p.node.has_value());
  EXPECT_EQ(p.covers({"a"}), "90 days");
  EXPECT_EQ(p.covers({"b", "c", "d"}), "\"x y\"");
  EXPECT_EQ(p.covers({"b", "c", "e"}), "'it''s'");
  EXPECT_EQ(p.covers({"b", "c", "f"}), "[1, 2]");
  EXPECT_EQ(p.covers({"b", "c"}), "{d: \"x y\", e: 'it''s', f: [1, 2]}");
  EXPECT_EQ(p.covers({"g"}), "plain\n   goes on");
  EXPECT_EQ(p.node->find("b")->value.find("c")->value.find("e")->value.scalar, "it's");
}

TEST(Reader, ScalarsStayAsWritten) {
  const Parsed p("a: NO\nb: 12:30\nc: 010\nd: 1e3\ne: ~\nf:\ng: \"null\"\n");
  ASSERT_TRUE(p.node.has_value());
  EXPECT_EQ(p.node->find("a")->value.scalar, "NO");
  EXPECT_EQ(p.node->find("b")->value.scalar, "12:30");
  EXPECT_EQ(p.node->find("c")->value.scalar, "010");
  EXPECT_EQ(p.node->find("d")->value.scalar, "1e3");
  EXPECT_EQ(p.node->find("e")->value.kind, Node::Kind::null);
  EXPECT_EQ(p.node->find("f")->value.kind, Node::Kind::null);
  EXPECT_EQ(p.node->find("g")->value.scalar, "null");
}

TEST(Reader, LinesAndColumnsCountCharacters) {
  const Parsed p("\xEF\xBB\xBFname: Käse\r\nähnlich: {x: 1, x: 2}\r\n");
  ASSERT_FALSE(p.node.has_value());
  const auto at = p.sources.line_column(p.node.error()[0].place);
  EXPECT_EQ(at.line, 2u);
  EXPECT_EQ(at.column, 17u);
  EXPECT_EQ(p.shown(), "x");
  EXPECT_EQ(p.sources.line(p.id, 2), "ähnlich: {x: 1, x: 2}");
}

TEST(Reader, JsonIsReadToo) {
  const Parsed p("{\"a\": {\"b\": [1, \"two\"]}}\n");
  ASSERT_TRUE(p.node.has_value());
  EXPECT_EQ(p.node->find("a")->value.find("b")->value.items[1].scalar, "two");
}

TEST(Reader, WhatIsRefused) {
  EXPECT_EQ(Parsed("a: &x 1\n").code(), "anchor");
  EXPECT_EQ(Parsed("a: &x {b: 1}\n").shown(), "&x");
  EXPECT_EQ(Parsed("a: *x\n").code(), "syntax");  // of nothing
  EXPECT_EQ(Parsed("a: {<<: {b: 1}}\n").shown(), "<<");
  EXPECT_EQ(Parsed("a: !!int 1\n").code(), "tag");
  EXPECT_EQ(Parsed("a: 1\na: 2\n").code(), "duplicate-key");
  EXPECT_EQ(Parsed("a: 1\n---\nb: 2\n").code(), "two-documents");
  EXPECT_EQ(Parsed("---\na: 1\n...\n").code(), "none");
  EXPECT_EQ(Parsed("a:\n\tb: 1\n").code(), "tab");
  EXPECT_EQ(Parsed("a:\t1\n").code(), "none");  // not indentation
  EXPECT_EQ(Parsed("a: \"open\n").code(), "syntax");
  EXPECT_EQ(Parsed("a: {b: 1\n").code(), "syntax");
  EXPECT_EQ(Parsed("a: b: c\n").code(), "syntax");
  EXPECT_EQ(Parsed("{a: 1}: b\n").code(), "syntax");
  EXPECT_EQ(Parsed("a: 1]\n").code(), "none");  // a plain text may end so
  EXPECT_EQ(Parsed("").code(), "empty");
  EXPECT_EQ(Parsed("~\n").code(), "empty");
  EXPECT_EQ(Parsed(std::string(100, '[')).code(), "too-deep");
  EXPECT_EQ(Parsed("a: \"[[[[[ it's {\"\n").code(), "none");
}

TEST(Reader, EveryDuplicateIsSaid) {
  const Parsed p("a: 1\nb: {c: 1, c: 2}\na: 2\n");
  ASSERT_FALSE(p.node.has_value());
  EXPECT_EQ(p.node.error().size(), 2u);
}

TEST(Reader, ValuesOfOptions) {
  Sources sources;
  const auto id = sources.add("--set", "db.mtbf={weibull: {shape: 2, mean: 3 h}}");
  const auto node = read_value(sources, {id, 8, 41});
  ASSERT_TRUE(node.has_value());
  const Node& shape = node->find("weibull")->value.find("shape")->value;
  EXPECT_EQ(sources.excerpt(shape.place), "2");
  EXPECT_EQ(sources.line_column(shape.place).column, 27u);
}

}  // namespace
}  // namespace nines::text
