// What the program writes, and whether targets of downtime are met.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

namespace {

using nines::test::contents;
using nines::test::nines;
using nines::test::Outcome;
using nines::test::shell;
using Output = nines::test::Folder;

TEST(Program, ADowntimeTargetIsLeftOpenWhereTimesAreNotExponential) {
  const Outcome run = nines("solve unjudged.yaml --quiet -f json");
  EXPECT_EQ(run.exit_code, 0);
  const auto result = nlohmann::json::parse(run.out)["results"][0];
  EXPECT_TRUE(result["targets"].empty());
  EXPECT_NE(result["method"]["notes"].dump().find("`nines simulate` says how likely it is kept"), std::string::npos);
  // Met for sure is only what is met as a whole; one part that is missed is enough for a no.
  const auto met = [](const std::string& options) {
    const std::string csv = nines("solve unjudged.yaml --quiet -f csv " + options).out;
    return csv.find(",false,markov,") != std::string::npos  ? "no"
           : csv.find(",true,markov,") != std::string::npos ? "yes"
           : csv.find(",,markov,") != std::string::npos     ? "open"
                                                            : "?";
  };
  EXPECT_STREQ(met(""), "open");
  EXPECT_STREQ(met("--set target.availability=1%"), "open");
  EXPECT_STREQ(met("--set target.availability=99.99999999999%"), "no");
  EXPECT_STREQ(met("--set 'target={availability: 1%}'"), "yes");
  EXPECT_EQ(nines("compare unjudged.yaml --set target.availability=1% 2>/dev/null").out.find("meets the target"),
            std::string::npos);
  EXPECT_NE(nines("check unjudged.yaml 2>&1").exit_code, 0);
  EXPECT_EQ(nines("check unjudged.yaml --set target.availability=99.99999999999% 2>&1").exit_code, 3);
}

TEST(Program, ADowntimeTargetIsJudgedBySolve) {
  const Outcome run = nines("solve pair.yaml --quiet -f json");
  EXPECT_EQ(run.exit_code, 0);
  const auto tables = nlohmann::json::parse(run.out)["results"][0]["distributions"];
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0]["of"], "downtime_min_per_month");
  EXPECT_EQ(tables[1]["of"], "downtime_min_per_year");
  double before = 1;
  for (const auto& row : tables[0]["exceeds"]) {
    EXPECT_LE(row["probability"].get<double>(), before);
    before = row["probability"];
  }
  const std::string target = " --set 'target={downtime: {at_most: 22 min, per: month, probability: ";
  const auto result =
      nlohmann::json::parse(nines("solve pair.yaml --quiet -f json" + target + "99 %}}'").out)["results"][0];
  EXPECT_EQ(result["targets"][0]["measure"], "breach_probability");
  EXPECT_TRUE(result["targets"][0]["met"]);
  const double breach = result["measures"]["breach_probability"];
  EXPECT_GT(breach, 1e-5);
  EXPECT_LT(breach, 0.01);
  EXPECT_EQ(nines("check pair.yaml" + target + "99 %}}'").exit_code, 0);
  EXPECT_EQ(nines("check pair.yaml" + target + "99.9999 %}}'").exit_code, 1);
}

TEST(Program, OutputThatCantBeWrittenIsAnExitCode) {
  EXPECT_EQ(nines("solve pair.yaml -q > /dev/full 2>/dev/null").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml -q -o /dev/full 2>/dev/null").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml -q >&- 2>/dev/null").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml -q -o /nonexistent/a.json 2>/dev/null").exit_code, 3);
}

// No number is infinite in JSON.
TEST_F(Output, WhatIsInfiniteIsNull) {
  std::ofstream(folder / "one.yaml") << "nines: 1\ncomponents: {a: {mtbf: 100 h, mttr: 1 h}}\n";
  const auto json = nlohmann::json::parse(
      nines("solve " + (folder / "one.yaml").string() + " -q -f json --importance").out)["results"][0];
  EXPECT_TRUE(json["components"][0]["rrw"].is_null());
  EXPECT_NEAR(json["components"][0]["raw"].get<double>(), 101, 1e-9);
  EXPECT_EQ(json["cut_sets"]["sets"], nlohmann::json({{"a"}}));
  const std::string screen = nines("solve " + (folder / "one.yaml").string() + " -q --importance").out;
  EXPECT_NE(screen.find("infinite"), std::string::npos);
}

TEST_F(Output, IsWrittenWholeOrNotAtAll) {
  const auto file = folder / "result.json";
  std::ofstream(file) << "before";
  EXPECT_EQ(nines("solve pair.yaml -q --max-states 3 2>/dev/null -o " + file.string()).exit_code, 3);
  EXPECT_EQ(contents(file), "before");
  EXPECT_EQ(nines("solve pair.yaml -q -o " + file.string()).exit_code, 0);
  EXPECT_EQ(nlohmann::json::parse(contents(file))["format_version"], 1);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);  // no temporary file is left
}

// A link stays a link, and what a standard stream was opened on is not replaced.
TEST_F(Output, FollowsLinks) {
  std::filesystem::create_symlink("real.csv", folder / "link.csv");
  std::ofstream(folder / "real.csv") << "old";
  EXPECT_EQ(nines("solve -q pair.yaml -o " + (folder / "link.csv").string()).exit_code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.csv"));
  EXPECT_EQ(contents(folder / "real.csv").rfind("model,design", 0), 0u);
  const std::string both = (folder / "both").string();
  shell("cd " MODELS " && (echo first; " NINES_PROGRAM " solve -q pair.yaml -o /dev/stdout) > " + both);
  EXPECT_EQ(contents(both).rfind("first\n", 0), 0u);
}

TEST_F(Output, PrismFilesHaveTheCountsThatSolveReports) {
  EXPECT_EQ(nines("export pair.yaml -q --to prism -o " + (folder / "pair").string()).exit_code, 0);
  const auto method = nlohmann::json::parse(nines("solve pair.yaml -q -f json").out)["results"][0]["method"];
  std::istringstream tra(contents(folder / "pair.tra"));
  std::size_t states = 0, transitions = 0;
  tra >> states >> transitions;
  EXPECT_EQ(states, method["states"].get<std::size_t>());
  EXPECT_EQ(transitions, method["transitions"].get<std::size_t>());
}

}  // namespace
