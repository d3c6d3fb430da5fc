#include <gtest/gtest.h>

#include "cli/render/document.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/problems.hpp"

namespace nines::cli {
namespace {

TEST(Numbers, PercentShowsTheDigitsThatMatter) {
  EXPECT_EQ(percent(0.9999896, 1.04e-5), "99.998 960 %");
  EXPECT_EQ(percent(0.5, 0.5), "50.000 %");
  EXPECT_EQ(percent(1, 0), "100 %");
  EXPECT_EQ(percent(1, 1.7e-20), "1 - 1.70e-20");
  EXPECT_EQ(percent(1.562e-9, 1), "1.56e-07 %");
}

TEST(Numbers, SignificantDigits) {
  EXPECT_EQ(significant(0), "0");
  EXPECT_EQ(significant(5.4699), "5.47");
  EXPECT_EQ(significant(1234567), "1,234,567");
  EXPECT_EQ(significant(1.7e-20), "1.70e-20");
}

TEST(Numbers, Money) {
  EXPECT_EQ(money(31200), "31,200");
  EXPECT_EQ(signed_money(-9000), "-9,000");
  EXPECT_EQ(signed_money(0), "+0");
}

TEST(Numbers, SharesAreAsLongAsTheyWereWritten) {
  EXPECT_EQ(share(0.9999), "99.99 %");
  EXPECT_EQ(share(0.99999), "99.999 %");
  EXPECT_EQ(share(1), "100 %");
}

TEST(Documents, ColumnsCountCharactersNotBytes) {
  Document document;
  document.add(Table{{"", "a"}, {{"zürich", "1"}, {"bern", "22"}}, false});
  EXPECT_EQ(to_text(document), "            a\n  zürich    1\n  bern     22\n");
}

TEST(Documents, MarkdownEscapesBars) {
  Document document;
  document.add(Table{{"x", "y"}, {{"a|b", "1"}}, false});
  EXPECT_EQ(to_markdown(document), "| x | y |\n| --- | ---: |\n| a\\|b | 1 |\n");
}

TEST(Problems, ShowLineCaretAndHelp) {
  text::Sources sources;
  const auto id = sources.add("shop.yaml", "components:\n  lb:\n    manual_recovry: 15 min\n");
  text::Problem problem;
  problem.code = "unknown-key";
  problem.message = "component `lb` has no key `manual_recovry`";
  problem.place = {id, 22, 36};
  problem.label = "unknown key";
  problem.helps = {"did you mean `manual_recovery`?"};
  EXPECT_EQ(render(sources, problem, false),
            "error[unknown-key]: component `lb` has no key `manual_recovry`\n"
            " --> shop.yaml:3:5\n"
            "  |\n"
            "3 |     manual_recovry: 15 min\n"
            "  |     ^^^^^^^^^^^^^^ unknown key\n"
            "  = help: did you mean `manual_recovery`?\n");
}

TEST(Problems, CaretsStandUnderTabsAndLongCharacters) {
  text::Sources sources;
  const auto id = sources.add("m.yaml", "\tü: x\n");
  text::Problem problem;
  problem.code = "tab";
  problem.message = "bad";
  problem.place = {id, 5, 6};
  const std::string words = render(sources, problem, false);
  EXPECT_NE(words.find("1 |  ü: x\n  |     ^\n"), std::string::npos) << words;
}

}  // namespace
}  // namespace nines::cli
