#include "model/structure/close_order.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/cuthill_mckee_ordering.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nines::structure {
namespace {

constexpr double kMuchLess = 0.5;

double cost_of(std::span<const std::uint32_t> order, std::span<const std::vector<std::uint32_t>> together) {
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<int> change(order.size() + 1, 0);
  for (const auto& set : together) {
    if (set.empty()) continue;
    const auto [first, last] = std::ranges::minmax(set, {}, [&](std::uint32_t thing) { return place[thing]; });
    ++change[place[first]];
    --change[place[last]];
  }
  double cost = 0;
  int open = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    open += change[i];
    cost += std::exp2(std::min(open, 500));
  }
  return cost;
}

}  // namespace

std::vector<std::uint32_t> close_order(std::uint32_t count, std::span<const std::vector<std::uint32_t>> together) {
  std::vector<std::uint32_t> given(count);
  std::iota(given.begin(), given.end(), 0U);
  const double cost = cost_of(given, together);
  if (cost <= 2.0 * count) return given;
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS,
                                      boost::property<boost::vertex_color_t, boost::default_color_type>>;
  Graph graph(count + together.size());  // the sets after the things
  for (std::size_t set = 0; set < together.size(); ++set)
    for (const std::uint32_t thing : together[set]) boost::add_edge(thing, count + set, graph);
  std::vector<boost::graph_traits<Graph>::vertex_descriptor> reversed(boost::num_vertices(graph));
  boost::cuthill_mckee_ordering(graph, reversed.rbegin(), boost::get(boost::vertex_color, graph),
                                boost::make_degree_map(graph));
  std::vector<std::uint32_t> order;
  for (const auto vertex : reversed)
    if (vertex < count) order.push_back(static_cast<std::uint32_t>(vertex));
  return cost_of(order, together) < kMuchLess * cost ? order : given;
}

}  // namespace nines::structure
