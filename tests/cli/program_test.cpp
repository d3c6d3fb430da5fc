// The program as a whole: what it prints, where, and how it ends.
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

TEST(Program, ExitCodes) {
  EXPECT_EQ(nines("solve pair.yaml 2>&1").exit_code, 0);
  EXPECT_EQ(nines("check pair.yaml 2>&1").exit_code, 0);
  EXPECT_EQ(nines("check pair.yaml --set target.availability=99.9999% 2>&1").exit_code, 1);
  EXPECT_EQ(nines("solve broken.yaml 2>&1").exit_code, 2);
  EXPECT_EQ(nines("solve none.yaml 2>&1").exit_code, 2);
  EXPECT_EQ(nines("2>&1").exit_code, 2);
  EXPECT_EQ(nines("solve pair.yaml --max-states 3 2>&1").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml --set 'db.mtbf={fixed: 90 days}' --set 'db.mttr={fixed: 1 h}' 2>&1").exit_code, 3);
  EXPECT_EQ(nines("--version").exit_code, 0);
  EXPECT_EQ(nines("solve --help").exit_code, 0);
}

TEST(Program, ExplainsWhoRestores) {
  const Outcome all = nines("explain crews.yaml");
  EXPECT_EQ(all.exit_code, 0);
  for (const char* words :
       {"A unit fails in mode `disk` every 1 year on average of operation and is restored in 4 h on average, once crew "
        "`field` has someone free.",
        "ops: a crew of 1, first come, first served\n  - Restores app, db (mode `crash`): one unit at a time, from "
        "first "
        "step to last.\n  - While it is busy, units that fail wait in order of arrival",
        "field: a crew of 2, of those that wait the highest priority first\n",
        "  - Restores rack, db (mode `disk`), log: each member one unit at a time, from first step to last.\n",
        "While both are busy, units that fail wait; who is free takes the highest priority: 3 db (mode `disk`); 0 "
        "rack, log.",
        "crowd: a crew of 9, first come, first served\n  - Restores spare: each member one unit at a time,",
        "There are members enough for 2 units: nothing ever waits.",
        "idle: a crew of 1, first come, first served\n  - Nothing that takes part names it.",
        "  - Of the restorations those by a crew wait until it has someone free; all others start at once",
        "Its target is at most 22 min of downtime per month with a probability of 95 %; `nines simulate` says how"})
    EXPECT_NE(all.out.find(words), std::string::npos) << words << "\nnot in\n" << all.out;
  EXPECT_EQ(all.out.find("there is a repair crew"), std::string::npos);
  const Outcome one = nines("explain crews.yaml field");
  EXPECT_EQ(one.out.rfind("field: a crew of 2", 0), 0u) << one.out;
  EXPECT_NE(nines("explain crews.yaml feild 2>&1").out.find("did you mean `field`?"), std::string::npos);
  EXPECT_NE(nines("explain pair.yaml").out.find("there is a repair crew, and there are parts, for everyone"),
            std::string::npos);
}

// Without the first crew the others have other numbers, which is no other assumption; another crew is one.
TEST(Program, CompareKnowsCrewsByName) {
  const auto same = nines("compare crew-designs.yaml -d base -d lean 2>/dev/null");
  EXPECT_EQ(same.exit_code, 0);
  EXPECT_EQ(same.out.find("other numbers"), std::string::npos) << same.out;
  const auto other = nines("compare crew-designs.yaml -d base -d larger 2>/dev/null");
  EXPECT_NE(other.out.find("base and larger have the same redundancy but other numbers for `db`"), std::string::npos)
      << other.out;
}

TEST(Program, TheCommandLineIsComplainedAboutInOneBreath) {
  const std::pair<const char*, const char*> cases[] = {
      {"slove pair.yaml", "did you mean `solve`"},
      {"solve pair.yaml --formt json", "did you mean `--format`"},
      {"solve pair.yaml --set", "`--set` needs a value"},
      {"solve pair.yaml --digits abc", "`--digits` takes a whole number, not `abc`"},
      {"optimize pair.yaml", "not supported yet"},
      {"solve pair.yaml --at 1", "`--at`: `1` has no unit"},
      {"solve pair.yaml --at 1h,", "a time is missing in `1h,`"},
      {"solve pair.yaml --at 0h", "`0h` is not above 0"},
      {"compare pair.yaml --at=-1h", "`--at`: "},
      {"simulate pair.yaml --at 24h,1day", "`24h` and `1day` are the same time"},
      {"solve pair.yaml --at 1h --at 1h", "`1h` is there twice"},
      {"check pair.yaml --at 1h", "no option `--at`"},
      {"solve pair.yaml --exact --approximate", "--exact excludes --approximate"},
      {"simulate pair.yaml --years many", "`--years` takes a number above 0, not `many`"},
      {"simulate pair.yaml --precision 100%", "`--precision` takes a share such as 1%"},
      {"simulate pair.yaml --seed x", "`--seed` takes a whole number, not `x`"},
      {"simulate pair.yaml two.yaml", "`nines compare --simulate` takes several"},
      {"simulate two.yaml --trace a.csv", "`--trace` writes one history of one design"},
      {"simulate pair.yaml --trace a.txt", "end the name with .csv or .jsonl"},
      {"simulate pair.yaml --story --sweep db.mttr=1h..2h:2", "`--story` tells of one point"},
      {"compare two.yaml --seed 3", "add `--simulate`"},
      {"solve pair.yaml --years 3", "it belongs to `nines simulate`"},
      {"init storge", "did you mean `storage`"},
      {"solve pair.yaml -f xml", "no format `xml`"},
      {"solve pair.yaml --set db.mtr=2h", "did you mean `db.mttr`"},
      {"compare two.yaml -d thre", "did you mean `three`"},
  };
  for (const auto& [arguments, words] : cases) {
    const Outcome run = nines(std::string(arguments) + " 2>&1 >/dev/null");
    EXPECT_EQ(run.exit_code, 2) << arguments;
    EXPECT_NE(run.out.find(words), std::string::npos) << arguments << "\n" << run.out;
    EXPECT_EQ(run.out.find("Usage"), std::string::npos) << arguments;
  }
}

TEST(Program, EachFileGivesTheDesignsItHas) {
  const auto json = nlohmann::json::parse(nines("compare pair.yaml two.yaml -q -f json -d three").out);
  ASSERT_EQ(json["results"].size(), 1U);
  EXPECT_EQ(json["results"][0]["model"], "two.yaml");
}

TEST(Program, AllProblemsOfAFileAtOnceInOrder) {
  const Outcome run = nines("solve broken.yaml 2>&1 >/dev/null");
  const auto first = run.out.find("broken.yaml:3:34"), second = run.out.find("broken.yaml:4:14");
  ASSERT_NE(first, std::string::npos) << run.out;
  ASSERT_NE(second, std::string::npos) << run.out;
  EXPECT_LT(first, second);
}

TEST(Program, JsonHasTheShapeOfTheDocumentation) {
  const Outcome run = nines("solve two.yaml -q -f json");
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["format_version"], 1);
  ASSERT_EQ(json["results"].size(), 2U);
  const auto& result = json["results"][1];
  EXPECT_EQ(result["model"], "two.yaml");
  EXPECT_EQ(result["design"], "three");
  EXPECT_EQ(result["engine"], "markov");
  EXPECT_EQ(result["model_sha256"].get<std::string>().size(), 12U);
  EXPECT_TRUE(result["seed"].is_null());
  EXPECT_GT(result["measures"]["unavailability"].get<double>(), 0);
  EXPECT_TRUE(result["targets"][0]["met"].is_boolean());
  EXPECT_TRUE(result["method"]["exact"].get<bool>());
}

TEST(Program, ImportanceIsAskedFor) {
  const auto plain = nlohmann::json::parse(nines("solve zones.yaml -q -f json").out)["results"][0];
  EXPECT_FALSE(plain.contains("cut_sets"));
  EXPECT_FALSE(plain["components"][0].contains("raw"));
  const auto asked = nlohmann::json::parse(nines("solve zones.yaml -q -f json --importance").out)["results"][0];
  for (const char* key : {"criticality", "fussell_vesely", "raw", "rrw", "birnbaum"})
    for (const char* list : {"components", "infrastructure"}) {
      ASSERT_FALSE(asked[list].empty());
      for (const auto& one : asked[list]) EXPECT_TRUE(one.contains(key)) << list << " " << key;
    }
  EXPECT_TRUE(asked["cut_sets"]["truncated"].is_boolean());
  EXPECT_FALSE(asked["cut_sets"]["truncated"].get<bool>());
  ASSERT_GT(asked["cut_sets"]["sets"].size(), 1u);
  const auto one =
      nlohmann::json::parse(nines("solve zones.yaml -q -f json --importance --cut-sets 1").out)["results"][0];
  EXPECT_EQ(one["cut_sets"]["sets"].size(), 1u);
  EXPECT_TRUE(one["cut_sets"]["truncated"].get<bool>());
  EXPECT_EQ(one["measures"], plain["measures"]);

  const std::string screen = nines("solve zones.yaml -q --importance").out;
  EXPECT_NE(screen.find("What matters most, by criticality"), std::string::npos);
  EXPECT_NE(screen.find("Fussell-Vesely"), std::string::npos);
  EXPECT_NE(screen.find("Minimal cut sets"), std::string::npos);
  const std::string rows = nines("solve zones.yaml -q -f csv --long --importance").out;
  for (const char* measure : {",criticality,", ",fussell_vesely,", ",raw,", ",rrw,"})
    EXPECT_NE(rows.find(measure), std::string::npos) << measure;
}

TEST(Program, CutSetsNeedImportance) {
  const Outcome alone = nines("solve zones.yaml --cut-sets 5 2>&1");
  EXPECT_EQ(alone.exit_code, 2);
  EXPECT_NE(alone.out.find("add `--importance`"), std::string::npos);
  EXPECT_EQ(nines("solve zones.yaml --importance --cut-sets many 2>&1").exit_code, 2);
  EXPECT_EQ(nines("compare zones.yaml --importance 2>&1").exit_code, 2);
}

TEST(Program, CsvHasOneRowADesignAndPoint) {
  const Outcome run = nines("compare two.yaml -q -f csv --sweep db.mttr=1h..3h:3");
  std::istringstream lines(run.out);
  std::string line;
  int rows = 0;
  while (std::getline(lines, line)) {
    ASSERT_FALSE(line.empty());
    EXPECT_EQ(line.back(), '\r');
    if (rows == 0) {
      EXPECT_EQ(line.substr(0, 36), "model,design,db.mttr_h,availability,");
    }
    ++rows;
  }
  EXPECT_EQ(rows, 7);
}

TEST(Program, NumbersDoNotDependOnTheLocale) {
  EXPECT_EQ(nines("solve pair.yaml -q -f csv").out,
            shell("cd " MODELS " && LC_ALL=de_DE.UTF-8 " NINES_PROGRAM " solve pair.yaml -q -f csv").out);
}

TEST(Program, CompareEndsWithTheSentenceThatAnswers) {
  const Outcome run = nines("compare two.yaml -q");
  EXPECT_NE(run.out.find("three is better: "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("for 100 a year more"), std::string::npos) << run.out;
}

TEST(Program, ServedStandsBesideAvailability) {
  const std::string model = " " ROOT "/examples/capacity-day-night.yaml ";
  const Outcome compared = nines("compare -q" + model);
  for (const char* row : {"\n  served ", "\n  not served ", "Of the demand n-plus-2 serves most: "})
    EXPECT_NE(compared.out.find(row), std::string::npos) << row << compared.out;
  EXPECT_EQ(nines("check -q" + model).exit_code, 1);
  EXPECT_EQ(nines("check -q -d n-plus-1" + model).exit_code, 0);
  const auto result = nlohmann::json::parse(nines("solve -q -f json -d n" + model).out)["results"][0];
  EXPECT_NEAR(result["measures"]["served"].get<double>(), 0.999097, 1e-6);
  EXPECT_EQ(result["targets"][1]["measure"], "served");
  EXPECT_EQ(result["targets"][1]["met"], false);
  EXPECT_NE(nines("solve -q -f csv" + model).out.find(",served,"), std::string::npos);
  EXPECT_NE(nines("explain" + model).out.find("  - peak: 2400 for 25 % of the time.\n"), std::string::npos);
  const Outcome played = nines("compare -q --simulate --years 2000" + model);
  EXPECT_NE(played.out.find("\n  served "), std::string::npos) << played.out;
}

TEST(Program, TemplatesReadCleanlyAndAnswer) {
  for (const char* name : {"pair", "cluster", "web", "quorum", "storage"}) {
    const Outcome run = shell(NINES_PROGRAM " init " + std::string(name) + " | " NINES_PROGRAM " compare - 2>&1");
    EXPECT_EQ(run.exit_code, 0) << run.out;
    EXPECT_EQ(run.out.find("warning"), std::string::npos) << run.out;
  }
}

TEST(Program, SchemaIsJson) {
  const auto json = nlohmann::json::parse(nines("export --to schema").out);
  EXPECT_NE(json["$schema"].get<std::string>().find("draft-07"), std::string::npos);
}

TEST(Readme, ShowsWhatTheProgramPrints) {
  const std::string output = shell("cd " ROOT " && " NINES_PROGRAM " compare -q examples/web-shop.yaml").out;
  ASSERT_FALSE(output.empty());
  EXPECT_NE(contents(ROOT "/README.md").find(output), std::string::npos) << "README.md should show:\n" << output;
}

}  // namespace
