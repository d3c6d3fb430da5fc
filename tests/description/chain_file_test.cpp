// Chains out of files: what is read, and what is said about mistakes in either file.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "model/description/model_file.hpp"

namespace nines::test {
namespace {

const std::string kTransitions = "3 4\n0 1 0.5\n1 0 1\n1 2 0.25\n2 0 2\n";
const std::string kLabels = "0=\"init\" 1=\"deadlock\" 2=\"up\" 3=\"most\"\n0: 0 2 3\n1: 2\n";

class ChainFile : public testing::Test {
 protected:
  ChainFile() : folder_(testing::TempDir() + "/nines-chain-" + std::to_string(::getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/sub");
  }
  ~ChainFile() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ + "/" + name) << text; }

  text::Expected<std::vector<Reading>> read(const std::string& tra, const std::string& lab,
                                            const std::string& entry = "{file: sub/c.tra}") {
    write("sub/c.tra", tra);
    write("sub/c.lab", lab);
    write("m.yaml", "nines: 1\nchains: {c: " + entry + "}\nsystem: c\n");
    const auto file = load_model_file(sources_, folder_ + "/m.yaml");
    EXPECT_TRUE(file.has_value());
    return read_designs(sources_, *file, {}, {});
  }

  // The one error of these files: what its place shows, and on which line.
  void expect_error(const std::string& tra, const std::string& lab, const std::string& message, const std::string& at,
                    std::uint32_t line) {
    const auto readings = read(tra, lab);
    ASSERT_FALSE(readings.has_value()) << message;
    ASSERT_EQ(readings.error().size(), 1U);
    const text::Problem& problem = readings.error()[0];
    EXPECT_EQ(problem.code, "chain-file");
    EXPECT_EQ(problem.message, message);
    EXPECT_EQ(sources_.excerpt(problem.place), at);
    EXPECT_EQ(sources_.line_column(problem.place).line, line);
  }

  std::string folder_;
  text::Sources sources_;
};

TEST_F(ChainFile, IsReadRelativeToTheModel) {
  const auto readings = read(kTransitions, kLabels);
  ASSERT_TRUE(readings.has_value());
  const DrawnChain& chain = *readings->front().model.drawn(0);
  EXPECT_EQ(chain.size(), 3U);
  EXPECT_EQ(chain.start, 0U);
  EXPECT_EQ(chain.up, (std::vector<char>{1, 1, 0}));
  EXPECT_EQ(chain.row_begin, (std::vector<std::uint64_t>{0, 1, 3, 4}));
  EXPECT_EQ(chain.target, (std::vector<std::uint32_t>{1, 0, 2, 0}));
  EXPECT_EQ(chain.rate, (std::vector<double>{0.5, 1, 0.25, 2}));
  EXPECT_EQ(chain.name_of(2), "2");
}

TEST_F(ChainFile, TakesAnyOrderDuplicatesSelfLoopsActionsAndOtherLineEnds) {
  const auto plain = read(kTransitions, kLabels);
  const auto other = read("3 6\r\n2 0 2\r\n1 2 0.25 repair\r\n\r\n0 0 7\r\n0 1 0.25\r\n1 0 1e0\r\n0 1 .25\r\n",
                          "0=\"init\" 2=\"up\"\r\n1: 2\r\n0: 2 0");
  ASSERT_TRUE(plain.has_value());
  ASSERT_TRUE(other.has_value()) << other.error()[0].message;
  EXPECT_EQ(plain->front().model.sha256, other->front().model.sha256);
  EXPECT_EQ(plain->front().model.drawn(0)->rate, other->front().model.drawn(0)->rate);
}

TEST_F(ChainFile, UpIsALabelAndSoIsTheStart) {
  const auto most = read(kTransitions, kLabels, "{file: sub/c.tra, up: most}");
  ASSERT_TRUE(most.has_value());
  EXPECT_EQ(most->front().model.drawn(0)->up, (std::vector<char>{1, 0, 0}));
  const auto started = read(kTransitions, "0=\"init\" 1=\"up\"\n2: 0\n0: 1\n");
  ASSERT_TRUE(started.has_value());
  EXPECT_EQ(started->front().model.drawn(0)->start, 2U);
  const auto nowhere = read(kTransitions, "1=\"up\"\n1: 1\n");
  ASSERT_TRUE(nowhere.has_value());
  EXPECT_EQ(nowhere->front().model.drawn(0)->start, 0U) << "without `init`";
}

TEST_F(ChainFile, MistakesHaveTheirLine) {
  const auto tra = [&](const std::string& text, const std::string& message, const std::string& at, std::uint32_t line) {
    expect_error(text, kLabels, message, at, line);
  };
  tra("3 4\n0 1 0.5\n1 0 x\n", "not a transition", "x", 3);
  tra("3 4\n0 1 0.5\n1 0 1.2.3\n", "not a transition", "1.2.3", 3);
  tra("3 4\n0 1\n", "not a transition", "", 2);
  tra("3 4\n0 1 0.5\n1 7 1\n", "there is no state 7", "7", 3);
  tra("3 4\n0 1 0.5\n-1 2 1\n", "not a transition", "-1", 3);
  tra("3 4\n0 1 0\n", "a rate must be more than 0", "0", 2);
  tra("3 4\n0 1 -2\n", "a rate must be more than 0", "-2", 2);
  tra("3 4\n0 1 inf\n", "a rate must be more than 0", "inf", 2);
  tra("3 4\n0 1 nan\n", "a rate must be more than 0", "nan", 2);
  tra("3 2\n0 1 1\n1 0 1\n1 2 1\n", "the first line says 2 transitions, and here is one more", "1 2 1", 4);
  tra("3 3\n0 1 1\n1 0 1\n", "the first line says 3 transitions, but there are 2", "", 4);
  tra("3 3 4\n0 0 1 1\n", "the first line holds more than two numbers", "4", 1);
  tra("states\n", "the first line does not say how many states and transitions there are", "states", 1);
  tra("0 0\n", "a chain can't have 0 states", "0 0", 1);
  tra("900000000 3\n0 1 1\n", "900000000 states can't be reached by 3 transitions", "900000000 3", 1);
  const auto lab = [&](const std::string& text, const std::string& message, const std::string& at, std::uint32_t line) {
    expect_error(kTransitions, text, message, at, line);
  };
  lab("0=\"init\" 1=up\n", "the first line does not list the labels", "1=up", 1);
  lab("0=\"init\" 1=\"up\"\n9: 1\n", "there is no state 9", "9:", 2);
  lab("0=\"init\" 1=\"up\"\n1 1\n", "not the labels of a state", "1", 2);
  lab("0=\"init\" 1=\"up\"\n1: up\n", "not the number of a label", "up", 2);
  lab("0=\"init\" 1=\"up\"\n1: 0\n2: 0 1\n", "a second state is labelled `init`", "2: 0 1", 3);
}

TEST_F(ChainFile, MistakesOfTheModelHaveTheirPlaceThere) {
  const auto in_model = [&](const std::string& entry, const std::string& code, const std::string& at) {
    const auto readings = read(kTransitions, kLabels, entry);
    ASSERT_FALSE(readings.has_value()) << entry;
    EXPECT_EQ(readings.error()[0].code, code) << readings.error()[0].message;
    EXPECT_EQ(sources_.excerpt(readings.error()[0].place), at);
  };
  in_model("{file: sub/d.tra}", "chain-file", "sub/d.tra");
  in_model("{file: sub}", "chain-file", "sub");
  in_model("{file: sub/c.tra, up: mots}", "chain-file", "mots");
  in_model("{file: sub/c.tra, up: deadlock}", "never-up", "deadlock");
  in_model("{file: sub/c.tra, states: {ok: up}}", "conflicting-keys", "states");
  write("sub/e.tra", kTransitions);
  in_model("{file: sub/e.tra}", "chain-file", "sub/e.tra");
  const auto misspelt = read(kTransitions, kLabels, "{file: sub/cc.tra}");
  EXPECT_EQ(misspelt.error()[0].helps, (std::vector<std::string>{"did you mean `sub/c.tra`?"}));
}

TEST_F(ChainFile, IsReadOnceForAllDesigns) {
  write("sub/c.tra", kTransitions);
  write("sub/c.lab", kLabels);
  write("m.yaml",
        "nines: 1\nchains: {c: {file: sub/c.tra}}\nsystem: c\ndesigns: {a: {target: {availability: 99 %}}, b: {set: "
        "{c.up: most}}}\n");
  const auto file = load_model_file(sources_, folder_ + "/m.yaml");
  const auto readings = read_designs(sources_, *file, {}, {});
  ASSERT_TRUE(readings.has_value());
  EXPECT_EQ((*readings)[0].model.drawn(0), (*readings)[1].model.drawn(0)) << "the same, not a copy";
  EXPECT_EQ((*readings)[2].model.drawn(0)->up, (std::vector<char>{1, 0, 0}));
  // One mistake in the file, told once.
  write("sub/c.tra", "3 4\n");
  const auto again = load_model_file(sources_, folder_ + "/m.yaml");
  EXPECT_EQ(read_designs(sources_, *again, {}, {}).error().size(), 2U) << "once for each label that was asked for";
}

}  // namespace
}  // namespace nines::test
