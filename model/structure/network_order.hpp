// In which order the nodes and links of a network are looked at, so that few nodes are on the frontier at a time: those
// that have been looked at and still have links to some that have not. What is known of the rest is then of a few
// nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/network.hpp"

namespace nines::structure {

// One thing done to the frontier, an ordered list of nodes.
struct FrontierStep {
  enum class Kind : std::uint8_t {
    enter,   // a node joins at the end of the list
    link,    // between two on it
    settle,  // all links between those that have entered are known: some leave
  };
  Kind kind = Kind::enter;
  std::uint32_t element = kPerfect;  // that decides, of a node or link
  std::uint32_t end = kNotWanted;    // of a node: its number in NetworkGraph::connect
  std::uint32_t from = 0, to = 0;    // of a link: positions on the list

  std::uint32_t ends_entered = 0;  // of connect, so far; not of enter

  // Of settle: positions that leave, ascending, and what those that stay still have before them.
  std::vector<std::uint32_t> leaving;
  struct Ahead {
    std::uint32_t only = kSeveral;         // the one node that has not entered and that it is linked to, if it is one
    bool ways_in = true, ways_out = true;  // of a directed network: links from, to such nodes
  };
  std::vector<Ahead> ahead;

  static constexpr std::uint32_t kNotWanted = UINT32_MAX, kSeveral = UINT32_MAX;
};

// A wider frontier has more states than anybody can count.
inline constexpr std::uint32_t kWidestFrontier = 62;

struct NetworkOrder {
  std::vector<FrontierStep> steps;      // none where the frontier would be wider than the widest
  std::vector<std::uint32_t> elements;  // in the order in which they decide
  std::uint32_t widest = 0;             // frontier
};

// Greedy from many starts, improved by moving single nodes: to find the best order is as hard as the pathwidth
// (Kinnersley 1992, doi:10.1016/0020-0190(92)90234-M). The same for the same graph.
[[nodiscard]] NetworkOrder order_network(const NetworkGraph& graph);

}  // namespace nines::structure
