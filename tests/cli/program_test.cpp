// The program as a whole: what it prints, where, and how it ends.
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

namespace {

struct Outcome {
  int exit_code = -1;
  std::string out;
};

Outcome shell(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  Outcome run;
  if (!pipe) return run;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) run.out.append(buffer.data(), n);
  const int status = ::pclose(pipe);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return run;
}

Outcome nines(const std::string& arguments) {
  return shell("cd " MODELS " && " NINES_PROGRAM " " + arguments);
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "nines-cli-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::filesystem::path folder;
};
using Output = Folder;

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

TEST(Program, OutputThatCantBeWrittenIsAnExitCode) {
  EXPECT_EQ(nines("solve pair.yaml -q > /dev/full 2>/dev/null").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml -q -o /dev/full 2>/dev/null").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml -q >&- 2>/dev/null").exit_code, 3);
  EXPECT_EQ(nines("solve pair.yaml -q -o /nonexistent/a.json 2>/dev/null").exit_code, 3);
}

TEST(Readme, ShowsWhatTheProgramPrints) {
  const std::string output = shell("cd " ROOT " && " NINES_PROGRAM " compare -q examples/web-shop.yaml").out;
  ASSERT_FALSE(output.empty());
  EXPECT_NE(contents(ROOT "/README.md").find(output), std::string::npos) << "README.md should show:\n" << output;
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
