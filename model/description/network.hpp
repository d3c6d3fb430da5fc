// A network: nodes and links, some of whose nodes have to stay connected.
//
// What fails of it, nodes and links that have a type, are its *elements*. They are what a component calls its nodes:
// element i is number i of Component::nodes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nines {

inline constexpr std::uint32_t kPerfect = UINT32_MAX;  // in place of an element: never fails

struct NetworkLink {
  std::uint32_t from = 0, to = 0;  // nodes; one-way in a directed network
  std::uint32_t element = kPerfect;

  friend bool operator==(const NetworkLink&, const NetworkLink&) = default;
};

// A way out of a node: along a link, to a neighbour.
struct NetworkWay {
  std::uint32_t to = 0;                   // node
  std::uint32_t link_element = kPerfect;  // element of the link
};

// It is up while paths of up nodes and up links join all of `connect`. Nodes and links that can't matter to that are
// left out; there may be several links between two nodes, and none from a node to itself.
struct NetworkGraph {
  std::vector<std::string> names;         // of its nodes
  std::vector<std::uint32_t> element_of;  // by node
  std::vector<NetworkLink> links;
  std::vector<std::uint32_t> connect;  // nodes, two or more, each once; of a directed network from and to
  bool directed = false;
  std::vector<std::string> element_names;  // `r1` of a node; `r1/r2` of a link, one-way `r1>r2`, with `/2` a second one

  // Compressed rows of the ways out of each node, to be made by find_ways().
  std::vector<std::uint32_t> row_begin;
  std::vector<NetworkWay> ways;

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(names.size()); }
  [[nodiscard]] std::uint32_t elements() const { return static_cast<std::uint32_t>(element_names.size()); }
  [[nodiscard]] std::span<const NetworkWay> ways_from(std::uint32_t node) const {
    return std::span(ways).subspan(row_begin[node], row_begin[node + 1] - row_begin[node]);
  }
  void find_ways();

  friend bool operator==(const NetworkGraph& a, const NetworkGraph& b) {
    return a.names == b.names && a.element_of == b.element_of && a.links == b.links && a.connect == b.connect &&
           a.directed == b.directed && a.element_names == b.element_names;
  }
};

// Which nodes and links can matter to whether `connect` is joined: those on some way between two of them. Of a directed
// network some that are on none may be among them; to tell all is as hard as finding two disjoint paths (Fortune,
// Hopcroft, Wyllie 1980, doi:10.1016/0304-3975(80)90009-2). `joined`: some way joins all of `connect` when all is up;
// otherwise nothing else is said. Linear, but of a directed network in how often something is left out.
struct NetworkRelevance {
  bool joined = false;
  std::vector<char> nodes, links;
};
[[nodiscard]] NetworkRelevance relevance(const NetworkGraph& graph);

}  // namespace nines
