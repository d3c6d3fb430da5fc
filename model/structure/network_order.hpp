// In which order the nodes and links of a network are looked at, so that few nodes are on the frontier at a time: those
// that have been looked at and still have links to some that have not. What is known of the rest is then of a few
// nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/network.hpp"

namespace nines::structure {

// One thing done to the frontier. Each of its nodes has a slot as long as it stays: the lowest that is free.
struct FrontierStep {
  enum class Kind : std::uint8_t {
    enter,   // a node comes
    link,    // between two that are there
    settle,  // all links between those that have entered are known: some leave
  };
  Kind kind = Kind::enter;
  std::uint32_t element = kPerfect;          // that decides, of a node or link
  std::uint32_t end = kNotWanted;            // of a node: its number in NetworkGraph::connect
  std::uint32_t slot = 0;                    // of a node
  std::uint32_t from_slot = 0, to_slot = 0;  // of a link

  bool ends_entered = false;  // all of connect

  // Of settle:
  std::vector<std::uint32_t> leaving;  // slots
  struct Ahead {                       // of one that stays: what it is linked to and has not entered
    std::uint32_t slot = 0;
    bool ways_in = true, ways_out = true;  // of a directed network: links from, to such nodes
  };
  std::vector<Ahead> ahead;
  std::vector<std::vector<std::uint32_t>> one_ahead;  // slots that are linked to one such node, the same one

  static constexpr std::uint32_t kNotWanted = UINT32_MAX;
};

// A wider frontier has more states than anybody can count.
inline constexpr std::uint32_t kWidestFrontier = 25;

struct NetworkOrder {
  std::vector<FrontierStep> steps;      // none where the frontier would be wider than the widest
  std::vector<std::uint32_t> elements;  // in the order in which they decide
  std::uint32_t widest = 0;             // frontier
};

// Greedy from many starts, improved by moving single nodes: to find the best order is as hard as the pathwidth
// (Kinnersley 1992, doi:10.1016/0020-0190(92)90234-M). The same for the same graph.
[[nodiscard]] NetworkOrder order_network(const NetworkGraph& graph);

}  // namespace nines::structure
