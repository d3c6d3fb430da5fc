// Input that is meant to hurt: none of it crashes, hangs or takes over 200 MB (see run_nines).
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/cases/program.hpp"

namespace nines::test {
namespace {

const std::string kHead = "nines: 1\ncomponents: {a: {mtbf: 90 days, mttr: 4 h}, b: {mtbf: 90 days, mttr: 4 h}}\n";

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

Outcome check(const std::string& name, const std::string& model) {
  const std::string folder = fresh_folder(name);
  write_file(folder + "/model.yaml", model);
  return run_nines({"check", "model.yaml"}, folder);
}

void expect_error(const Outcome& run, const std::string& code) {
  EXPECT_EQ(run.exit_code, 2) << run.err.substr(0, 500);
  EXPECT_NE(run.err.find("error[" + code + "]"), std::string::npos) << run.err.substr(0, 500);
  EXPECT_EQ(run.out, "");
}

TEST(Hostile, AMegabyteOfBrackets) {
  expect_error(check("brackets", std::string(1 << 20, '[')), "too-deep");
  expect_error(check("braces", repeated("{a: ", 1 << 18)), "too-deep");
  expect_error(check("dashes", repeated("- ", 1 << 19)), "too-deep");
}

TEST(Hostile, AnAliasBomb) {
  std::string bomb = "nines: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + repeated(", " + before, 8) + "]\n";
  }
  expect_error(check("bomb", bomb), "anchor");
}

// The same with parameters, which are copied to where they stand.
TEST(Hostile, ABombOfParameters) {
  std::string bomb = "nines: 1\nparameters:\n  p0: [a, b]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "$p" + std::to_string(i - 1);
    bomb += "  p" + std::to_string(i) + ": [" + before + ", " + before + "]\n";
  }
  expect_error(check("parameters", bomb + "components: {a: {mtbf: 90 days, mttr: 4 h, placement: $p39}}\n"),
               "too-large");
}

TEST(Hostile, MoreThanAnybodyWrites) {
  std::string many = kHead + "designs:\n";
  for (int i = 0; i < 1000; ++i) many += "  d" + std::to_string(i) + ": {set: {a.mttr: 1 h}}\n";
  EXPECT_EQ(check("designs", many).exit_code, 0);
  std::string deep = kHead + "system: ";
  EXPECT_EQ(check("nested", deep + repeated("(a and ", 50'000) + "b" + repeated(")", 50'000) + "\n").exit_code, 0);
  std::string unused = kHead + "parameters:\n";
  for (int i = 0; i < 5'000; ++i) unused += "  p" + std::to_string(i) + ": 3 h\n";
  EXPECT_EQ(check("unused", unused).exit_code, 0);
  expect_error(check("steps", "nines: 1\ncomponents: {a: {mtbf: 90 days, recovery: [" +
                                  repeated("{takes: 1 h, works: 1 %}, ", 20'000) + "{takes: 1 h}]}}\n"),
               "too-large");
  std::string nodes = "nines: 1\ncomponents:\n";
  for (int i = 0; i < 20; ++i) nodes += "  c" + std::to_string(i) + ": {nodes: 1000000, mtbf: 90 days, mttr: 4 h}\n";
  expect_error(check("nodes", nodes), "too-large");
}

TEST(Hostile, BytesThatAreNoText) {
  expect_error(check("empty", ""), "empty");
  expect_error(check("comment", "# nothing\n"), "empty");
  expect_error(check("latin", "nines: 1\nname: caf\xE9\n"), "invalid-utf8");
  expect_error(check("overlong", "nines: 1\nname: \xC0\xAF\n"), "invalid-utf8");
  expect_error(check("zero", std::string("nines: 1\nname: a\0b\n", 19)), "control-character");
  expect_error(check("binary", std::string(1 << 16, '\xFF')), "invalid-utf8");
  expect_error(check("large", std::string(17 << 20, '#')), "too-large");
}

TEST(Hostile, WhatIsNoFile) {
  const std::string folder = fresh_folder("places");
  expect_error(run_nines({"check", "."}, folder), "not-a-file");
  expect_error(run_nines({"check", "nowhere/model.yaml"}, folder), "no-such-file");
  write_file(folder + "/locked.yaml", kHead);
  std::filesystem::permissions(folder + "/locked.yaml", std::filesystem::perms::none);
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  expect_error(run_nines({"check", "locked.yaml"}, folder), "cannot-read");
}

TEST(Hostile, TwentyThousandTerms) {
  EXPECT_EQ(check("terms", kHead + "system: a" + repeated(" and b", 20'000) + "\n").exit_code, 0);
  EXPECT_EQ(
      check("nested", kHead + "system: " + repeated("(a or ", 20'000) + "b" + repeated(")", 20'000) + "\n").exit_code,
      0);
  expect_error(check("unknown", kHead + "system: a" + repeated(" and c", 20'000) + "\n"), "unknown-name");
  expect_error(check("open", kHead + "system: " + repeated("(", 20'000) + "a\n"), "expression");
}

TEST(Hostile, TwentyThousandComponents) {
  std::string model = "nines: 1\ncomponents:\n", system = "c0";
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = "c" + std::to_string(i);
    model += "  " + name + ": {mtbf: 1000 years, mttr: 1 h}\n";
    if (i > 0) system += " and " + name;
  }
  const std::string folder = fresh_folder("components");
  write_file(folder + "/model.yaml", model + "system: " + system + "\n");
  const Outcome run = run_nines({"solve", "model.yaml", "--format", "csv"}, folder);
  EXPECT_EQ(run.exit_code, 0) << run.err.substr(0, 500);
}

TEST(Hostile, LongChainsOfNeeds) {
  std::string model = "nines: 1\ninfrastructure:\n  z0: {mtbf: 1000 years, mttr: 1 h}\n";
  for (int i = 1; i < 2000; ++i)
    model += "  z" + std::to_string(i) + ": {mtbf: 1000 years, mttr: 1 h, needs: z" + std::to_string(i - 1) + "}\n";
  EXPECT_EQ(check("needs", model + "components: {a: {mtbf: 90 days, mttr: 4 h, needs: z1999}}\n").exit_code, 0);
}

TEST(Hostile, LongChainsOfNeedsAreTakenApart) {
  std::string model = "nines: 1\ninfrastructure:\n  z0: {mtbf: 1000 years, mttr: 1 h}\n";
  for (int i = 1; i < 20'000; ++i)
    model += "  z" + std::to_string(i) + ": {mtbf: 1000 years, mttr: 1 h, needs: z" + std::to_string(i - 1) + "}\n";
  const std::string folder = fresh_folder("chain");
  write_file(folder + "/model.yaml", model + "components: {a: {mtbf: 90 days, mttr: 4 h, needs: z19999}}\n");
  EXPECT_EQ(run_nines({"explain", "model.yaml"}, folder).exit_code, 0);
}

TEST(Hostile, AVoteOfTwentyThousand) {
  std::string model = "nines: 1\ncomponents:\n", system = "10000 of (c0";
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = "c" + std::to_string(i);
    model += "  " + name + ": {mtbf: 10 h, mttr: 9.99 h}\n";
    if (i > 0) system += ", " + name;
  }
  const std::string folder = fresh_folder("vote");
  write_file(folder + "/model.yaml", model + "system: " + system + ")\n");
  const Outcome run = run_nines({"solve", "model.yaml", "--format", "csv"}, folder);
  EXPECT_EQ(run.exit_code, 0) << run.err.substr(0, 500);
}

// Every component stands on the one zone, so nothing can be taken apart.
TEST(Hostile, AThousandComponentsInOneZone) {
  std::string model = "nines: 1\ninfrastructure:\n  z: {mtbf: 1000 years, mttr: 1 h}\ncomponents:\n";
  for (int i = 0; i < 1000; ++i) model += "  c" + std::to_string(i) + ": {mtbf: 1000 years, mttr: 1 h, placement: z}\n";
  const std::string folder = fresh_folder("zone");
  write_file(folder + "/model.yaml", model);
  const Outcome run = run_nines({"solve", "model.yaml", "--format", "csv"}, folder);
  EXPECT_EQ(run.exit_code, 0) << run.err.substr(0, 500);
}

// Every cut and every changed byte of a good model gives an answer or an error, never a crash.
TEST(Hostile, MutatedModels) {
  const std::string good =
      "nines: 1\nparameters: {r: {value: 4 h, range: [1 h, 8 h]}}\ntypes: {vm: {mtbf: 90 days, mttr: $r}}\n"
      "infrastructure: {z: {mtbf: 5 years, mttr: 1 h}}\ncomponents:\n  a: {redundancy: cluster, nodes: 3, type: vm, "
      "placement: [z]}\n"
      "  b: {redundancy: primary-standby, type: vm, detection: 10 s}\nsystem: a and b\ndesigns: {d: {set: {b.nodes: "
      "3}}}\n";
  const std::string replacements = ":{}[],\"'&*#-\n\t $0z";
  const std::string folder = fresh_folder("mutated");
  std::uint64_t random = 88172645463325252ULL;
  for (int i = 0; i < 150; ++i) {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    std::string model = good;
    if (i % 3 == 0)
      model.resize(random % good.size());
    else
      model[random % good.size()] = replacements[(random >> 32) % replacements.size()];
    write_file(folder + "/model.yaml", model);
    const Outcome run = run_nines({"check", "model.yaml"}, folder);
    EXPECT_TRUE(run.exit_code == 0 || run.exit_code == 2) << run.exit_code << "\n" << model << run.err;
    if (run.exit_code == 2) {
      EXPECT_NE(run.err.find("error["), std::string::npos) << model;
    }
  }
}

}  // namespace
}  // namespace nines::test
