// `--at`: what is printed of times.
#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

namespace {

std::string nines(const std::string& arguments) {
  return nines::test::nines(arguments).out;
}

void expect_has(const std::string& text, const std::string& words) {
  EXPECT_NE(text.find(words), std::string::npos) << words << "\nnot in\n" << text;
}

constexpr const char* kMeasures[] = {"point_availability",   "interval_availability",   "reliability",
                                     "point_unavailability", "interval_unavailability", "unreliability"};

TEST(OverTime, Json) {
  const auto at = nlohmann::json::parse(nines("solve pair.yaml -q -f json --at 1day,1h"))["results"][0]["at"];
  ASSERT_EQ(at.size(), 2U);
  EXPECT_EQ(at[0]["time_h"], 24.0);
  EXPECT_EQ(at[1]["time_h"], 1.0);
  for (const char* name : kMeasures) EXPECT_GT(at[0][name].get<double>(), 0) << name;
  EXPECT_GT(at[0]["unreliability"], at[1]["unreliability"]);
  EXPECT_LT(at[0]["error_bound"].get<double>(), 1e-9);
  EXPECT_FALSE(nlohmann::json::parse(nines("solve pair.yaml -q -f json"))["results"][0].contains("at"));
}

TEST(OverTime, CsvInColumnsAndRows) {
  const std::string wide = nines("solve pair.yaml -q -f csv --at 1day,30min --sweep db.mttr=1h,2h");
  expect_has(wide, ",cost_per_year,point_availability@24h,interval_availability@24h,reliability@24h,");
  expect_has(wide, ",unreliability@24h,point_availability@0.5h,");
  expect_has(wide, ",unreliability@0.5h,target_met,");
  const auto cells = [](const std::string& row) { return std::count(row.begin(), row.end(), ','); };
  const auto first = wide.find("\r\n"), second = wide.find("\r\n", first + 2);
  EXPECT_EQ(cells(wide.substr(0, first)), cells(wide.substr(first + 2, second - first - 2)));
  const std::string rows = nines("solve pair.yaml -q -f csv --long --at 1day");
  expect_has(rows, ",,,24,reliability,0.");
  expect_has(rows, ",,,24,unreliability,");
  expect_has(rows, ",,,,unavailability,");
}

TEST(OverTime, ScreensShowTimesAsTheyWereWritten) {
  const std::string one = nines("solve pair.yaml -q --at 1day,36h");
  for (const char* words : {"Over time", "until", "up then", "no outage", "1day", "36h"}) expect_has(one, words);
  expect_has(nines("solve pair.yaml -q --at 36h --set db.mttr=9h"), "as written");
  expect_has(nines("compare two.yaml -q --at 36h"), "36h");
  expect_has(nines("solve pair.yaml -q --at 36h --sweep db.mttr=1h,2h"), "outage until 36h");
  expect_has(nines("solve pair.yaml -q -f markdown --at 36h"), "| 36h ");
}

// The histories of their own from time 0; the same for any number of threads, and without them nothing changes.
TEST(OverTime, Simulated) {
  const std::string command = "simulate pair.yaml -q -f json --years 300 --seed 3 --at 1day,1year --set db.mtbf=4days";
  const std::string text = nines(command + " --jobs 1");
  EXPECT_EQ(text, nines(command + " --jobs 3"));
  const auto result = nlohmann::json::parse(text)["results"][0];
  ASSERT_EQ(result["at"].size(), 2U);
  const auto solved =
      nlohmann::json::parse(nines("solve pair.yaml -q -f json --at 1day,1year --set db.mtbf=4days"))["results"][0];
  for (std::size_t i = 0; i < 2; ++i)
    for (const char* name : kMeasures) {
      const auto interval = result["at"][i]["intervals"][name];
      EXPECT_LT(interval[0], solved["at"][i][name]) << name;
      EXPECT_GT(interval[1], solved["at"][i][name]) << name;
    }
  auto plain = nlohmann::json::parse(
      nines("simulate pair.yaml -q -f json --years 300 --seed 3 --set db.mtbf=4days"))["results"][0];
  EXPECT_EQ(plain["measures"], result["measures"]);
  expect_has(text, "unreliability@8760h");
  expect_has(nines("compare two.yaml -q --simulate --years 100 --at 36h"), "36h");
}

}  // namespace
