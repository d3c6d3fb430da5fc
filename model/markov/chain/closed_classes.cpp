#include "model/markov/chain/closed_classes.hpp"

#include <algorithm>
#include <map>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace nines::markov {

ClosedClasses find_closed_classes(const Chain& chain) {
  std::vector<std::pair<StateIndex, StateIndex>> edges;
  edges.reserve(chain.transitions());
  for (StateIndex s = 0; s < chain.size(); ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) edges.emplace_back(s, chain.target[t]);
  using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                   boost::no_property, StateIndex, std::size_t>;
  const Graph graph(boost::edges_are_sorted, edges.begin(), edges.end(), static_cast<StateIndex>(chain.size()));
  std::vector<StateIndex> component(chain.size());
  const auto index = boost::get(boost::vertex_index, graph);
  const StateIndex count = boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), index));

  std::vector<char> open(count, 0);
  for (const auto& [from, to] : edges)
    if (component[from] != component[to]) open[component[from]] = 1;
  ClosedClasses classes;
  std::map<StateIndex, std::size_t> number;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    if (open[component[s]]) {
      classes.passing.push_back(s);
      continue;
    }
    const auto [found, fresh] = number.emplace(component[s], classes.members.size());
    if (fresh) classes.members.emplace_back();
    classes.members[found->second].push_back(s);
  }
  return classes;
}

Chain restricted(const Chain& chain, const std::vector<StateIndex>& members) {
  Chain part;
  part.row_begin.push_back(0);
  for (const StateIndex s : members) {
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const auto to = std::lower_bound(members.begin(), members.end(), chain.target[t]);
      part.target.push_back(static_cast<StateIndex>(to - members.begin()));
      part.rate.push_back(chain.rate[t]);
    }
    part.row_begin.push_back(part.target.size());
  }
  return part;
}

Chain send_back(const Chain& chain, const ClosedClasses& classes) {
  const auto passing = static_cast<StateIndex>(classes.passing.size());
  std::vector<StateIndex> number(chain.size());
  for (StateIndex i = 0; i < passing; ++i) number[classes.passing[i]] = i;
  for (StateIndex c = 0; c < classes.members.size(); ++c)
    for (const StateIndex s : classes.members[c]) number[s] = passing + c;
  Chain result;
  result.start = number[chain.start];
  result.row_begin.push_back(0);
  for (const StateIndex s : classes.passing) {
    std::map<StateIndex, double> row;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) row[number[chain.target[t]]] += chain.rate[t];
    for (const auto& [to, rate] : row) {
      result.target.push_back(to);
      result.rate.push_back(rate);
    }
    result.row_begin.push_back(result.target.size());
  }
  for (std::size_t c = 0; c < classes.members.size(); ++c) {
    result.target.push_back(result.start);
    result.rate.push_back(1);
    result.row_begin.push_back(result.target.size());
  }
  return result;
}

}  // namespace nines::markov
