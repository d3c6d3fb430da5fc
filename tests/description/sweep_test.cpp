#include "model/description/sweep.hpp"

#include <gtest/gtest.h>

namespace nines {
namespace {

std::vector<std::string> texts(const std::string& words) {
  text::Sources sources;
  const auto sweep = parse_sweep(sources, words);
  std::vector<std::string> list;
  if (!sweep) return {"error at " + std::to_string(sweep.error()[0].place.begin)};
  for (const SweepValue& value : sweep->values) {
    list.push_back(value.text);
    EXPECT_EQ(sources.excerpt(value.change.value_place), value.text);
  }
  return list;
}

using List = std::vector<std::string>;

TEST(Sweep, RangeForms) {
  EXPECT_EQ(texts("a.mttr=1h..8h:8"), (List{"1 h", "2 h", "3 h", "4 h", "5 h", "6 h", "7 h", "8 h"}));
  EXPECT_EQ(texts("a.mttr=1h..4h:90min"), (List{"1 h", "150 min", "4 h"}));
  EXPECT_EQ(texts("a.mttr=1h..3.4h:1h"), (List{"1 h", "2 h", "3 h"}));
  EXPECT_EQ(texts("a.mttr=1h..100h:3log"), (List{"1 h", "10 h", "100 h"}));
  EXPECT_EQ(texts("a.nodes=3..6"), (List{"3", "4", "5", "6"}));
  EXPECT_EQ(texts("a.stock=0..3"), (List{"0", "1", "2", "3"}));
  EXPECT_EQ(texts("a.nodes=3..9:4"), (List{"3", "5", "7", "9"}));
  EXPECT_EQ(texts("a.coverage=90%,95%,99.9%"), (List{"90 %", "95 %", "99.9 %"}));
  EXPECT_EQ(texts("a.coverage=90%..100%:3"), (List{"90 %", "95 %", "100 %"}));
  EXPECT_EQ(texts("a.pause=none,leader,all"), (List{"none", "leader", "all"}));
  EXPECT_EQ(texts("a.load_sharing=0..1:3"), (List{"0", "0.5", "1"}));
  EXPECT_EQ(texts("a.mttr=2h"), (List{"2 h"}));
}

TEST(Sweep, Faults) {
  EXPECT_EQ(texts("a.mttr"), (List{"error at 0"}));
  EXPECT_EQ(texts("=1h..2h:2"), (List{"error at 0"}));
  EXPECT_EQ(texts("a.mttr=8h..1h:8"), (List{"error at 7"}));
  EXPECT_EQ(texts("a.mttr=1h..8h"), (List{"error at 13"}));
  EXPECT_EQ(texts("a.mttr=1h..8h:x"), (List{"error at 14"}));
  EXPECT_EQ(texts("a.mttr=1h..8h:1"), (List{"error at 14"}));
  EXPECT_EQ(texts("a.mttr=x..8h:3"), (List{"error at 7"}));
  EXPECT_EQ(texts("a.mttr=1h..8h:1e6"), (List{"error at 14"}));
  EXPECT_EQ(texts("a.mttr=1h..1000000h:1s"), (List{"error at 20"}));
  EXPECT_EQ(texts("a.nodes=3..6:3"), (List{"error at 13"}));
  EXPECT_EQ(texts("a.mttr=1h,,2h"), (List{"error at 10"}));
}

TEST(Sweep, Columns) {
  text::Sources sources;
  EXPECT_EQ(parse_sweep(sources, "db.mttr=1h..2h:2")->column, "db.mttr_h");
  EXPECT_EQ(parse_sweep(sources, "db.nodes=1..2")->column, "db.nodes");
}

}  // namespace
}  // namespace nines
