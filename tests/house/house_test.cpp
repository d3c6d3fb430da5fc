// Which room may include which: data flows one way (CONTRIBUTING.md).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"model/text", {}},
    {"model/answer", {"model/description"}},
    {"model/description", {"model/text"}},
    {"model/process", {"model/description", "model/answer"}},
    {"model/structure", {"model/description", "model/process"}},
    {"model/markov", {"model/description", "model/process", "model/structure", "model/answer"}},
    {"model/study", {"model/description", "model/answer"}},
    {"sim", {"model/description", "model/process", "model/structure", "model/answer"}},
};

std::string room_of(const std::string& path) {
  const std::size_t first = path.find('/');
  return path.rfind("model/", 0) == 0 ? path.substr(0, path.find('/', first + 1)) : path.substr(0, first);
}

template <class Visit>
void for_each_include(Visit&& visit) {
  const std::filesystem::path root = NINES_SOURCE;
  const std::regex include("^#include ([\"<])([^\">]+)[\">]");
  for (const char* top : {"model", "sim"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      std::ifstream file(entry.path());
      std::smatch match;
      for (std::string line; std::getline(file, line);)
        if (std::regex_search(line, match, include))
          visit(std::filesystem::relative(entry.path(), root).generic_string(), match[2].str(), match[1] == "\"");
    }
}

TEST(House, NothingLowerIncludesAnythingHigher) {
  int seen = 0;
  for_each_include([&](const std::string& file, const std::string& included, bool ours) {
    if (!ours) return;
    const std::string room = room_of(file), other = room_of(included);
    const auto found = kMayInclude.find(room);
    ASSERT_NE(found, kMayInclude.end()) << room << " is a new room: say what it may include";
    EXPECT_TRUE(room == other || found->second.count(other)) << file << " includes " << included;
    ++seen;
  });
  EXPECT_GT(seen, 200);
}

// Who uses the library compiles against our types, fmt and tl::expected only. The reader's inside is not installed.
TEST(House, HeadersShowNoLibraries) {
  for_each_include([](const std::string& file, const std::string& included, bool ours) {
    if (ours || !file.ends_with(".hpp") || file == "model/text/tree_builder.hpp") return;
    for (const char* library : {"Eigen", "yaml-cpp", "boost", "CLI", "nettle", "Random123", "nlohmann"})
      EXPECT_NE(included.substr(0, included.find_first_of("/.")), library) << file << " shows " << included;
  });
}

// Two types of one name in one namespace break the rule of one definition, and no compiler says so.
TEST(House, HeadersDefineEachTypeOnce) {
  const std::filesystem::path root = NINES_SOURCE;
  const std::regex opens("^namespace ([a-z_:]+) \\{"), defines("^(?:struct|class) (\\w+)(?: final)?(?: :.*)? \\{");
  std::map<std::string, std::string> where;
  for (const char* top : {"model", "sim", "cli"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      if (entry.path().extension() != ".hpp") continue;
      std::ifstream file(entry.path());
      std::smatch match;
      std::string space;
      for (std::string line; std::getline(file, line);) {
        if (std::regex_search(line, match, opens)) space += "::" + match[1].str();
        if (line.starts_with("}  // namespace")) space = space.substr(0, space.rfind("::"));
        if (!std::regex_search(line, match, defines)) continue;
        const auto [known, fresh] = where.emplace(space + "::" + match[1].str(), entry.path().string());
        EXPECT_TRUE(fresh) << known->first << " is in " << known->second << " and in " << entry.path();
      }
    }
  EXPECT_GT(where.size(), 150U);
}

}  // namespace
