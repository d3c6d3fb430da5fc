// Text cases: a model, a command, the exit code and every word on stderr.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "tests/cases/program.hpp"

namespace nines::test {
namespace {

// `--- name` lines divide a case into parts.
std::map<std::string, std::string> parts_of(const std::string& path) {
  std::map<std::string, std::string> parts;
  std::istringstream lines(read_file(path));
  std::string* part = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("--- ", 0) == 0)
      part = &parts[line.substr(4)];
    else if (part)
      *part += line + "\n";
  }
  return parts;
}

std::vector<std::string> paths() {
  std::vector<std::string> list;
  for (const auto& entry : std::filesystem::directory_iterator(NINES_CASES "/broken"))
    list.push_back(entry.path().string());
  std::sort(list.begin(), list.end());
  return list;
}

class Broken : public testing::TestWithParam<std::string> {};

TEST_P(Broken, SaysWhatIsWrong) {
  auto parts = parts_of(GetParam());
  const std::string folder = fresh_folder(std::filesystem::path(GetParam()).stem().string());
  write_file(folder + "/model.yaml", parts["model"]);
  std::istringstream words(parts["command"]);
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) arguments.push_back(word);
  const Outcome run = run_nines(arguments, folder);
  EXPECT_EQ(run.exit_code, std::stoi(parts["exit"]));
  EXPECT_EQ(run.err, parts["stderr"]);
  if (run.exit_code != 0) {
    EXPECT_EQ(run.out, "");
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Broken, testing::ValuesIn(paths()), [](const auto& one) {
  std::string name = std::filesystem::path(one.param).stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace nines::test
