// `nines simulate` as a whole: exit codes, formats, reproducibility, files, interruption.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

namespace {

struct Outcome {
  int exit_code = -1;
  std::string out, err;
};

using nines::test::contents;

class Simulate : public nines::test::Folder {
 protected:
  // As in a shell, in the folder of the models.
  [[nodiscard]] Outcome nines(const std::string& arguments, const std::string& before = "") const {
    const std::string command = "cd " MODELS " && " + before + " " NINES_PROGRAM " " + arguments + " > '" +
                                (folder / "out").string() + "' 2> '" + (folder / "err").string() + "'";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(folder / "out"), contents(folder / "err")};
  }
};

TEST_F(Simulate, AnswersAgreesAndExits0) {
  const Outcome run = nines("simulate pair.yaml --years 20000 --verify");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find("It agrees with solve"), std::string::npos) << run.out;
  EXPECT_NE(run.err.find("verified: "), std::string::npos) << run.err;
}

TEST_F(Simulate, VerifyWithoutAnythingToCompareIsExit3) {
  const Outcome run = nines("simulate pair.yaml --years 10 --verify");
  EXPECT_EQ(run.exit_code, 3) << run.out;
  EXPECT_NE(run.err.find("error[not-compared]"), std::string::npos) << run.err;
}

TEST_F(Simulate, ALawThatSolveRefusesIsPlayedAndTheReasonGiven) {
  const Outcome fixed = nines("simulate pair.yaml --years 1000 --set 'db.failover={fixed: 60 s}'");
  EXPECT_EQ(fixed.exit_code, 0) << fixed.err;
  EXPECT_NE(fixed.out.find("Not compared with solve: "), std::string::npos) << fixed.out;
}

TEST_F(Simulate, TheSameNumbersForAnyJobsAndTwice) {
  const std::string command = "simulate pair.yaml --years 3000 -q -f json --jobs ";
  const Outcome one = nines(command + "1");
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(one.out, nines(command + "3").out);
  EXPECT_NE(one.out, nines(command + "1 --seed 2").out);
}

TEST_F(Simulate, RareOutagesAreSaidBeforehand) {
  const Outcome run = nines("simulate pair.yaml --years 20");
  EXPECT_NE(run.err.find("to expect in 20 years"), std::string::npos) << run.err;
}

TEST_F(Simulate, SeveralDesignsUnderCommonRandomNumbers) {
  const auto json = nlohmann::json::parse(nines("compare two.yaml --simulate --years 2000 -q -f json").out);
  ASSERT_EQ(json["results"].size(), 2U);
  EXPECT_FALSE(json["results"][0].contains("difference"));
  EXPECT_EQ(json["results"][1]["difference"]["from"], "pair");
  const Outcome screen = nines("compare two.yaml --simulate --years 2000 -q");
  EXPECT_NE(screen.out.find("difference to pair"), std::string::npos) << screen.out;
}

TEST_F(Simulate, SweepsGiveARowAPoint) {
  const Outcome run = nines("simulate pair.yaml --years 500 -q -f csv --sweep db.mttr=1h..3h:3");
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 4) << run.out;
}

TEST_F(Simulate, TracesAreWrittenWhole) {
  std::filesystem::create_directory(folder / "traces");
  for (const char* name : {"a.csv", "a.jsonl"}) {
    const std::string file = (folder / "traces" / name).string();
    const Outcome run = nines("simulate pair.yaml --years 200 -q --trace " + file);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::istringstream lines(contents(file));
    std::string line;
    double before = 0;
    int rows = 0;
    while (std::getline(lines, line)) {
      ++rows;
      if (file.ends_with(".csv")) {
        if (rows == 1) {
          EXPECT_EQ(line, "time_h,instance,event,system\r");
          continue;
        }
        EXPECT_GE(std::stod(line), before);
        before = std::stod(line);
      } else {
        EXPECT_TRUE(nlohmann::json::parse(line).contains("instance"));
      }
    }
    EXPECT_GT(rows, 10);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / "traces"), {}), 2);  // no temporary file is left
  const Outcome run = nines("simulate pair.yaml --years 200 -q --trace /nonexistent/a.csv");
  EXPECT_EQ(run.exit_code, 3);
}

TEST_F(Simulate, TheStoryEndsWithTheSystemUp) {
  const Outcome run = nines("simulate pair.yaml --years 2000 -q --story");
  EXPECT_NE(run.out.find("The worst outage seen: "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("it begins"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("it ends, after "), std::string::npos) << run.out;
}

TEST_F(Simulate, AnInterruptedRunPrintsWhatItHas) {
  // `timeout` sends the signal of Ctrl-C and waits for the end.
  const Outcome run = nines("simulate pair.yaml --years 1e12 -q -f json", "timeout --preserve-status --signal INT 1");
  EXPECT_EQ(run.exit_code, 130) << run.err;
  const auto json = nlohmann::json::parse(run.out);
  ASSERT_EQ(json["results"].size(), 1U);
  EXPECT_TRUE(json["results"][0]["interrupted"]);
}

}  // namespace
