#include "model/process/network.hpp"

#include <algorithm>

namespace nines::process {

bool is_joined(const NetworkGraph& graph, std::span<const char> up, Route& route) {
  const auto is_up = [&](std::uint32_t element) { return element == kPerfect || up[element] != 0; };
  route.known = false;
  if (route.reached_in.size() != graph.size()) {
    route.reached_in.assign(graph.size(), 0);
    route.reached_by.resize(graph.size());
    route.search = 0;
  }
  for (const std::uint32_t end : graph.connect)
    if (!is_up(graph.element_of[end])) return false;
  if (++route.search == 0) {  // numbers have come round
    std::fill(route.reached_in.begin(), route.reached_in.end(), 0);
    route.search = 1;
  }
  const std::uint32_t search = route.search;
  const std::uint32_t start = graph.connect.front();
  route.waiting.assign(1, start);
  route.reached_in[start] = search;
  const auto reached = [&](std::uint32_t node) { return route.reached_in[node] == search; };
  std::size_t joined = 1;  // of connect; those before it are reached
  for (std::size_t next = 0; next < route.waiting.size(); ++next) {
    const std::uint32_t at = route.waiting[next];
    for (const NetworkWay& way : graph.ways_from(at)) {
      if (reached(way.to) || !is_up(way.link_element) || !is_up(graph.element_of[way.to])) continue;
      route.reached_in[way.to] = search;
      route.reached_by[way.to] = {at, way.link_element};
      route.waiting.push_back(way.to);
    }
    while (joined < graph.connect.size() && reached(graph.connect[joined])) ++joined;
    if (joined < graph.connect.size()) continue;
    // All are: what is on the paths back from them.
    route.on.assign(graph.elements(), 0);
    const auto note = [&](std::uint32_t element) {
      if (element != kPerfect) route.on[element] = 1;
    };
    note(graph.element_of[start]);
    for (const std::uint32_t end : graph.connect)
      for (std::uint32_t v = end; v != start && route.reached_in[v] == search; v = route.reached_by[v].first) {
        note(graph.element_of[v]);
        note(route.reached_by[v].second);
        route.reached_in[v] = 0;  // the rest of the way has been noted
      }
    route.known = true;
    return true;
  }
  return false;
}

}  // namespace nines::process
