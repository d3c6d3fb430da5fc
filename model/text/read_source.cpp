#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "model/text/nearest.hpp"
#include "model/text/read.hpp"

namespace nines::text {
namespace {

// A problem with a file as a whole stands at the beginning of an empty source of its name.
tl::unexpected<Problems> about_file(Sources& sources, const std::string& path, std::string code, std::string message,
                                    std::string help) {
  Problem problem;
  problem.code = std::move(code);
  problem.message = std::move(message);
  problem.place = {sources.add(path, ""), 0, 0};
  if (!help.empty()) problem.helps.push_back(std::move(help));
  return tl::unexpected(Problems{std::move(problem)});
}

std::string nearest_file(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::path wanted(path);
  const fs::path folder = wanted.has_parent_path() ? wanted.parent_path() : fs::path(".");
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end && names.size() < 1000;
       it.increment(failed))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  const auto found = nearest(wanted.filename().string(), names);
  if (!found) return "";
  return fmt::format("did you mean `{}`?", wanted.has_parent_path() ? (folder / *found).string() : *found);
}

}  // namespace

Expected<SourceId> read_source(Sources& sources, const std::string& path, const ReadLimits& limits) {
  const bool standard_input = path == "-";
  std::error_code failed;
  if (!standard_input && std::filesystem::is_directory(path, failed))
    return about_file(sources, path, "not-a-file", fmt::format("`{}` is a directory", path), "name a model file in it");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> owned(standard_input ? nullptr : std::fopen(path.c_str(), "rb"),
                                                              [](std::FILE* f) { return f ? std::fclose(f) : 0; });
  std::FILE* file = standard_input ? stdin : owned.get();
  if (!file) {
    if (errno == ENOENT)
      return about_file(sources, path, "no-such-file", fmt::format("there is no file `{}`", path), nearest_file(path));
    return about_file(sources, path, "cannot-read", fmt::format("cannot read `{}`: {}", path, std::strerror(errno)),
                      errno == EACCES ? "its permissions do not let you read it" : "");
  }
  std::string text;
  std::array<char, 65536> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file)) {
    text.append(buffer.data(), got);
    if (text.size() > limits.bytes)
      return about_file(sources, path, "too-large", fmt::format("`{}` is larger than {} MB", path, limits.bytes >> 20),
                        "a model file is text of some thousand lines at most");
  }
  if (std::ferror(file))
    return about_file(sources, path, "cannot-read", fmt::format("cannot read `{}`: {}", path, std::strerror(errno)),
                      "");
  return sources.add(standard_input ? "<stdin>" : path, std::move(text));
}

}  // namespace nines::text
