// Whether a network is up, given which of its elements are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/description/network.hpp"

namespace nines::process {

// What was found out about a network when it was last looked at, and room to look without allocating.
struct Route {
  // By element: it is on the paths that were found, which hold as long as none of these goes down. Nothing is known
  // while the network is down.
  std::vector<char> on;
  bool known = false;

  std::vector<std::uint32_t> waiting;                               // nodes
  std::vector<std::pair<std::uint32_t, std::uint32_t>> reached_by;  // by node: from which, and by whose link
  std::vector<std::uint32_t> reached_in;                            // by node: the number of the search
  std::uint32_t search = 0;
};

// `up`: by element. Breadth first, so that the paths are short, and few failures are of what is on them.
[[nodiscard]] bool is_joined(const NetworkGraph& graph, std::span<const char> up, Route& route);

// The same after some elements changed, when `before` says what it was before that. `went_down`, `came_up`: those that
// did, numbered from `first`. More that is up never parts what is joined, nor the other way round.
template <class Elements>
[[nodiscard]] bool is_still_joined(const NetworkGraph& graph, std::span<const char> up, bool before,
                                   const Elements& went_down, const Elements& came_up, std::uint32_t first,
                                   Route& route) {
  if (!before && came_up.empty()) return false;
  if (before) {
    bool on_route = !route.known && !went_down.empty();
    if (route.known)
      for (const std::uint32_t element : went_down) on_route = on_route || route.on[element - first] != 0;
    if (!on_route) return true;
  }
  return is_joined(graph, up, route);
}

}  // namespace nines::process
