#include "model/description/network_paths.hpp"

#include <algorithm>
#include <charconv>

#include "model/description/tree_edit.hpp"

namespace nines {

using text::Entry;
using text::Node;
using text::Place;

namespace {

bool links_name(Node& tree, Node& network, const std::string& name) {
  Entry* links = network.find("links");
  if (!links) return false;
  follow(tree, links->value);
  return std::any_of(links->value.items.begin(), links->value.items.end(), [&](const Node& link) {
    for (std::size_t end = 0; end < std::min<std::size_t>(2, link.items.size()); ++end)
      if (link.items[end].is_scalar() && link.items[end].scalar == name) return true;
    return false;
  });
}

}  // namespace

void make_room_in_network(Node& tree, Node& network, std::span<const std::string> path, Place place) {
  if (path.size() == 2 && path[0] == "nodes") {
    Entry* nodes = network.find("nodes");
    if (nodes) follow(tree, nodes->value);
    if ((nodes && nodes->value.find(path[1])) || !links_name(tree, network, path[1])) return;
    Node nothing;
    nothing.place = place;
    set_entry(mapping_at(network, "nodes", place), path[1], std::move(nothing), place);
  } else if (path.size() == 3 && path[0] == "links" && path[2] == "2") {
    Entry* links = network.find("links");
    if (!links) return;
    follow(tree, links->value);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(path[1].data(), path[1].data() + path[1].size(), number);
    const bool whole = error == std::errc() && end == path[1].data() + path[1].size();
    if (!whole || number >= links->value.items.size()) return;
    Node& link = links->value.items[number];
    follow(tree, link);
    if (link.items.size() != 2) return;
    Node nothing;
    nothing.place = place;
    link.items.push_back(std::move(nothing));
  }
}

}  // namespace nines
