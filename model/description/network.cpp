#include "model/description/network.hpp"

#include <algorithm>

namespace nines {

void NetworkGraph::find_ways() {
  row_begin.assign(size() + std::size_t{1}, 0);
  for (const NetworkLink& link : links) {
    ++row_begin[link.from + 1];
    if (!directed) ++row_begin[link.to + 1];
  }
  for (std::size_t v = 0; v < size(); ++v) row_begin[v + 1] += row_begin[v];
  ways.resize(row_begin.back());
  std::vector<std::uint32_t> next(row_begin.begin(), row_begin.end() - 1);
  for (const NetworkLink& link : links) {
    ways[next[link.from]++] = {link.to, link.element};
    if (!directed) ways[next[link.to]++] = {link.from, link.element};
  }
}

namespace {

// An end of a link that leads from one node to another.
struct Step {
  std::uint32_t to, link;
};

class Ways {
 public:
  enum class Kind : std::uint8_t { forwards, backwards, both };

  Ways(const NetworkGraph& graph, const std::vector<char>& links, Kind kind) : begin_(graph.size() + std::size_t{1}) {
    const auto each = [&](auto&& add) {
      for (std::uint32_t l = 0; l < graph.links.size(); ++l) {
        if (!links[l]) continue;
        if (kind != Kind::backwards) add(graph.links[l].from, Step{graph.links[l].to, l});
        if (kind != Kind::forwards) add(graph.links[l].to, Step{graph.links[l].from, l});
      }
    };
    each([&](std::uint32_t from, const Step&) { ++begin_[from + 1]; });
    for (std::size_t v = 0; v + 1 < begin_.size(); ++v) begin_[v + 1] += begin_[v];
    steps_.resize(begin_.back());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    each([&](std::uint32_t from, const Step& step) { steps_[next[from]++] = step; });
  }

  [[nodiscard]] std::span<const Step> from(std::uint32_t node) const {
    return std::span(steps_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<Step> steps_;
};

std::vector<char> reached(const NetworkGraph& graph, const std::vector<char>& links, Ways::Kind kind,
                          std::uint32_t start) {
  const Ways ways(graph, links, kind);
  std::vector<char> seen(graph.size(), 0);
  std::vector<std::uint32_t> waiting{start};
  seen[start] = 1;
  while (!waiting.empty()) {
    const std::uint32_t v = waiting.back();
    waiting.pop_back();
    for (const Step& step : ways.from(v)) {
      if (!seen[step.to]) waiting.push_back(step.to);
      seen[step.to] = 1;
    }
  }
  return seen;
}

// A link lies on a path between two of `connect` exactly when it lies on a cycle with a node added that is linked to
// all of them: in the biconnected component of that node (Tarjan 1972, doi:10.1137/0201010). Depth first from there,
// with a stack of its own; a tree link goes on into the component unless its upper end cuts what is below it off.
class OnSomePath {
 public:
  OnSomePath(const NetworkGraph& graph, const std::vector<char>& links)
      : graph_(graph), ways_(graph, links, Ways::Kind::both), found_(graph.size(), 0), low_(graph.size(), 0) {}

  // By node, whether the tree link to it is in the component.
  std::vector<char> run() {
    enter(graph_.connect.front(), UINT32_MAX);
    while (!stack_.empty()) {
      Visit& top = stack_.back();
      const std::uint32_t v = top.node;
      if (top.next == 0)
        for (const std::uint32_t end : graph_.connect)
          if (end == v) low_[v] = 0;  // linked to the node that was added, which was found first
      const auto steps = ways_.from(v);
      if (top.next < steps.size()) {
        const Step step = steps[top.next++];
        if (step.link == top.by) continue;
        if (found_[step.to])
          low_[v] = std::min(low_[v], found_[step.to]);
        else
          enter(step.to, step.link);
        continue;
      }
      stack_.pop_back();
      if (!stack_.empty()) low_[stack_.back().node] = std::min(low_[stack_.back().node], low_[v]);
    }
    std::vector<char> inside(graph_.size(), 0);
    for (const auto& [node, parent] : tree_)
      inside[node] = parent == UINT32_MAX || (inside[parent] && low_[node] < found_[parent]);
    return inside;
  }
  // The deeper end of a link is the one found later.
  [[nodiscard]] bool holds(const NetworkLink& link, const std::vector<char>& inside) const {
    return inside[found_[link.from] > found_[link.to] ? link.from : link.to] != 0;
  }

 private:
  struct Visit {
    std::uint32_t node, by;  // link
    std::size_t next;
  };
  void enter(std::uint32_t node, std::uint32_t by) {
    tree_.emplace_back(node, stack_.empty() ? UINT32_MAX : stack_.back().node);
    found_[node] = low_[node] = static_cast<std::uint32_t>(tree_.size());
    stack_.push_back({node, by, 0});
  }

  const NetworkGraph& graph_;
  Ways ways_;
  std::vector<std::uint32_t> found_, low_;                     // by node: when it was found; 0: not yet
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tree_;  // node and parent, as they were found
  std::vector<Visit> stack_;
};

}  // namespace

NetworkRelevance relevance(const NetworkGraph& graph) {
  NetworkRelevance result;
  result.nodes.assign(graph.size(), 0);
  result.links.assign(graph.links.size(), 1);
  const auto kind = graph.directed ? Ways::Kind::forwards : Ways::Kind::both;
  const std::uint32_t from = graph.connect.front(), to = graph.connect.back();
  const auto all = reached(graph, result.links, kind, from);
  result.joined = std::all_of(graph.connect.begin(), graph.connect.end(), [&](auto end) { return all[end] != 0; });
  if (!result.joined) return result;
  for (bool changed = true; changed;) {
    changed = false;
    const auto drop = [&](std::size_t link) {
      changed = changed || result.links[link];
      result.links[link] = 0;
    };
    if (graph.directed) {
      const auto after = reached(graph, result.links, Ways::Kind::forwards, from);
      const auto before = reached(graph, result.links, Ways::Kind::backwards, to);
      for (std::size_t l = 0; l < graph.links.size(); ++l) {
        const NetworkLink& link = graph.links[l];
        if (!after[link.from] || !before[link.to] || link.to == from || link.from == to) drop(l);
      }
    }
    OnSomePath paths(graph, result.links);
    const auto inside = paths.run();
    for (std::size_t l = 0; l < graph.links.size(); ++l)
      if (result.links[l] && !paths.holds(graph.links[l], inside)) drop(l);
    changed = changed && graph.directed;
  }
  for (std::size_t l = 0; l < graph.links.size(); ++l)
    if (result.links[l]) result.nodes[graph.links[l].from] = result.nodes[graph.links[l].to] = 1;
  for (const std::uint32_t end : graph.connect) result.nodes[end] = 1;
  return result;
}

}  // namespace nines
