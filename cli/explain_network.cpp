#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"

namespace nines::cli {
namespace {

constexpr std::uint32_t kMostTold = 30;  // nodes and links that are told one by one

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostTold; ++i) text += (i ? ", " : "") + names[i];
  if (names.size() > kMostTold) text += fmt::format(" and {} more", names.size() - kMostTold);
  return text;
}

std::string count(std::size_t many, const char* what) {
  return fmt::format("{} {}{}", many, what, many == 1 ? "" : "s");
}

}  // namespace

std::string network_heading(const NetworkGraph& network) {
  return fmt::format("a network of {} and {}{}", count(network.size(), "node"), count(network.links.size(), "link"),
                     network.directed ? ", one-way" : "");
}

std::vector<std::string> explain_network(const Model& model, const Component& component, const NetworkGraph& network) {
  std::vector<std::string> ends, fails;
  for (const std::uint32_t end : network.connect) ends.push_back(network.names[end]);
  for (std::uint32_t i = 0; i < network.elements(); ++i)
    fails.push_back(network.element_names[i] + " (" + model.units[component.nodes[i]].type + ")");
  std::vector<std::string> lines;
  if (network.directed)
    lines.push_back(
        fmt::format("It is up while a path of up nodes and up links leads from {} to {}.", ends[0], ends[1]));
  else
    lines.push_back(fmt::format("It is up while paths of up nodes and up links join {}.", list(ends)));
  lines.push_back(fails.empty() ? "Nothing of it fails." : fmt::format("What fails of it: {}.", list(fails)));
  return lines;
}

}  // namespace nines::cli
