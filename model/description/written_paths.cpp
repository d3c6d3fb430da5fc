// The paths that a model has written, for suggestions.
#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "model/description/override.hpp"
#include "model/description/path_rules.hpp"
#include "model/text/nearest.hpp"

namespace nines {

using text::Entry;
using text::Node;

std::vector<std::string> written_paths(const Node& tree) {
  std::vector<std::string> paths;
  struct Visit {
    const Node* node;
    std::string path;
  };
  std::vector<Visit> stack;
  for (const Entry& entry : tree.entries) {
    const bool section =
        std::find(std::begin(kPathSections), std::end(kPathSections), entry.key) != std::end(kPathSections);
    if (!section && entry.key != "nines" && entry.key != "design") paths.push_back(entry.key);
    if (section || entry.key == "target" || entry.key == "demand")
      for (const Entry& inner : entry.value.entries) {
        paths.push_back(section ? inner.key : entry.key + "." + inner.key);
        if (entry.key != "parameters") stack.push_back({&inner.value, paths.back()});
        if (entry.key == "crews" && inner.value.is_scalar()) paths.push_back(inner.key + ".size");
      }
  }
  constexpr std::size_t kEnough = 20'000;
  while (!stack.empty() && paths.size() < kEnough) {
    const Visit visit = std::move(stack.back());
    stack.pop_back();
    for (std::size_t i = 0; i < visit.node->items.size(); ++i)
      stack.push_back({&visit.node->items[i], fmt::format("{}.{}", visit.path, i)});
    for (const Entry& entry : visit.node->entries) {
      paths.push_back(visit.path + "." + entry.key);
      stack.push_back({&entry.value, paths.back()});
    }
  }
  return paths;
}

std::string nearest_path(const Node& tree, std::string_view path) {
  const std::string_view first = path.substr(0, path.find('.'));
  if (first.size() < path.size()) {
    std::vector<std::string> names(std::begin(kPathSections), std::end(kPathSections));
    names.emplace_back("target");
    names.emplace_back("demand");
    for (const char* section : kPathSections)
      if (const Entry* entries = tree.find(section))
        for (const Entry& entry : entries->value.entries) names.push_back(entry.key);
    // A misspelt name is mended by itself: what follows need not be written anywhere.
    if (std::find(names.begin(), names.end(), first) == names.end()) {
      const auto near = text::nearest(first, names);
      return near ? *near + std::string(path.substr(first.size())) : "";
    }
  }
  return text::nearest(path, written_paths(tree)).value_or("");
}

}  // namespace nines
