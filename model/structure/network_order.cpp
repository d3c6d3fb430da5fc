#include "model/structure/network_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "model/structure/order_search.hpp"

namespace nines::structure {
namespace {

using Nodes = std::vector<std::uint32_t>;

// Graphs beyond this are taken breadth first: those that are long and thin have small diagrams then, too.
constexpr std::uint32_t kManyNodes = 300;
constexpr std::uint32_t kMostStarts = 64;

class Search {
 public:
  explicit Search(const NetworkGraph& graph) : neighbours_(graph.size()) {
    if (!graph.directed) ends_ = graph.connect;
    for (const NetworkLink& link : graph.links) {
      neighbours_[link.from].push_back(link.to);
      neighbours_[link.to].push_back(link.from);
    }
    for (Nodes& list : neighbours_) {
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    left_.resize(graph.size());
  }

  Nodes run(std::uint32_t first_end) {
    const auto size = static_cast<std::uint32_t>(neighbours_.size());
    if (size > kManyNodes) return breadth_first(first_end);
    std::vector<Nodes> starts{greedy(first_end)};
    for (std::uint32_t s = 0; s < std::min(size, kMostStarts); ++s)
      starts.push_back(greedy(s * size / std::min(size, kMostStarts)));
    return improved_order(neighbours_, ends_, starts);
  }

 private:
  Nodes breadth_first(std::uint32_t start) {
    std::vector<char> met(neighbours_.size(), 0);
    Nodes order;
    const auto meet = [&](std::uint32_t v) {
      if (!met[v]) order.push_back(v);
      met[v] = 1;
    };
    meet(start);
    std::uint32_t apart = 0;  // what is joined to nothing so far
    for (std::size_t next = 0; next < met.size(); ++next) {
      while (next == order.size()) meet(apart++);
      for (const std::uint32_t w : neighbours_[order[next]]) meet(w);
    }
    return order;
  }

  // Next always the node that leaves the smallest frontier, and among equals the one that was met first.
  Nodes greedy(std::uint32_t start) {
    const auto size = static_cast<std::uint32_t>(neighbours_.size());
    enum : char { kNew, kMet, kDone };
    std::vector<char> mark(size, kNew);
    for (std::uint32_t v = 0; v < size; ++v) left_[v] = static_cast<std::uint32_t>(neighbours_[v].size());
    Nodes order, met{start};
    mark[start] = kMet;
    std::uint32_t apart = 0;  // what is joined to nothing so far
    while (order.size() < size) {
      for (; met.empty(); ++apart) {
        if (mark[apart] != kNew) continue;
        mark[apart] = kMet;
        met.push_back(apart);
      }
      std::size_t best = 0;
      int least = INT32_MAX;
      for (std::size_t i = 0; i < met.size(); ++i) {
        int change = left_[met[i]] > 0 ? 1 : 0;
        for (const std::uint32_t w : neighbours_[met[i]]) change -= mark[w] == kDone && left_[w] == 1 ? 1 : 0;
        if (change < least) {
          least = change;
          best = i;
        }
      }
      const std::uint32_t v = met[best];
      met.erase(met.begin() + static_cast<std::ptrdiff_t>(best));
      mark[v] = kDone;
      order.push_back(v);
      for (const std::uint32_t w : neighbours_[v]) {
        --left_[w];
        if (mark[w] != kNew) continue;
        mark[w] = kMet;
        met.push_back(w);
      }
    }
    return order;
  }

  std::vector<Nodes> neighbours_;  // each once
  Nodes left_, ends_;
};

class Steps {
 public:
  Steps(const NetworkGraph& graph, const Nodes& order)
      : graph_(graph), order_(order), rank_(graph.size(), 0), slot_of_(graph.size(), 0) {
    for (std::uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
    links_.resize(graph.size());
    for (std::uint32_t l = 0; l < graph.links.size(); ++l) {
      links_[graph.links[l].from].push_back(l);
      links_[graph.links[l].to].push_back(l);
    }
    left_.resize(graph.size());
    std::vector<std::uint32_t> seen_by(graph.size(), UINT32_MAX);
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      for (const std::uint32_t l : links_[v]) {
        const bool out = graph.links[l].from == v;
        const std::uint32_t other = out ? graph.links[l].to : graph.links[l].from;
        ++(out ? left_[v].out : left_[v].in);
        if (seen_by[other] != v) ++left_[v].nodes;
        seen_by[other] = v;
      }
  }

  NetworkOrder run() {
    for (const std::uint32_t v : order_) {
      enter(v);
      if (result_.widest > kWidestFrontier) break;
      look_back(v);
      settle(v);
    }
    if (result_.widest > kWidestFrontier) {
      result_.steps.clear();
      result_.elements.resize(graph_.elements());
      std::iota(result_.elements.begin(), result_.elements.end(), 0U);
    }
    return std::move(result_);
  }

 private:
  void decide(FrontierStep& step, std::uint32_t element) {
    step.element = element;
    step.ends_entered = ends_ == graph_.connect.size();
    if (element != kPerfect) result_.elements.push_back(element);
  }

  void enter(std::uint32_t v) {
    FrontierStep step;
    const auto end = std::find(graph_.connect.begin(), graph_.connect.end(), v);
    if (end != graph_.connect.end()) {
      step.end = static_cast<std::uint32_t>(end - graph_.connect.begin());
      ++ends_;
    }
    decide(step, graph_.element_of[v]);
    for (const std::uint32_t l : links_[v]) {
      const bool out = graph_.links[l].from == v;
      Left& other = left_[out ? graph_.links[l].to : graph_.links[l].from];
      --(out ? other.in : other.out);
      if (other.seen_by != v + 1) --other.nodes;
      other.seen_by = v + 1;
    }
    const auto free = std::find(node_in_.begin(), node_in_.end(), kFree);
    step.slot = slot_of_[v] = static_cast<std::uint32_t>(free - node_in_.begin());
    if (free == node_in_.end()) node_in_.push_back(v);
    node_in_[step.slot] = v;
    result_.widest = static_cast<std::uint32_t>(node_in_.size());
    result_.steps.push_back(std::move(step));
  }

  // The links to those that entered before, in the order in which they did.
  void look_back(std::uint32_t v) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> back;  // rank, link
    for (const std::uint32_t l : links_[v]) {
      const std::uint32_t other = graph_.links[l].from == v ? graph_.links[l].to : graph_.links[l].from;
      if (rank_[other] < rank_[v]) back.emplace_back(rank_[other], l);
    }
    std::sort(back.begin(), back.end());
    for (const auto& [rank, l] : back) {
      FrontierStep step;
      step.kind = FrontierStep::Kind::link;
      step.from_slot = slot_of_[graph_.links[l].from];
      step.to_slot = slot_of_[graph_.links[l].to];
      decide(step, graph_.links[l].element);
      result_.steps.push_back(std::move(step));
    }
  }

  // When `v` is the last that has entered.
  void settle(std::uint32_t v) {
    FrontierStep step;
    step.kind = FrontierStep::Kind::settle;
    decide(step, kPerfect);
    std::map<std::uint32_t, std::vector<std::uint32_t>> one_ahead;  // by the node ahead
    for (std::uint32_t slot = 0; slot < node_in_.size(); ++slot) {
      if (node_in_[slot] == kFree) continue;
      Left& left = left_[node_in_[slot]];
      if (left.nodes == 0) {
        step.leaving.push_back(slot);
        node_in_[slot] = kFree;
        continue;
      }
      if (left.nodes == 1 && left.last == kFree) left.last = first_ahead(node_in_[slot], v);
      if (left.nodes == 1) one_ahead[left.last].push_back(slot);
      step.ahead.push_back({slot, left.in > 0, left.out > 0});
    }
    for (auto& [node, slots] : one_ahead) step.one_ahead.push_back(std::move(slots));
    result_.steps.push_back(std::move(step));
  }

  // Of what a node is linked to and has not entered.
  [[nodiscard]] std::uint32_t first_ahead(std::uint32_t node, std::uint32_t last_entered) const {
    for (const std::uint32_t l : links_[node]) {
      const std::uint32_t other = graph_.links[l].from == node ? graph_.links[l].to : graph_.links[l].from;
      if (rank_[other] > rank_[last_entered]) return other;
    }
    return kFree;
  }

  static constexpr std::uint32_t kFree = UINT32_MAX;

  const NetworkGraph& graph_;
  const Nodes& order_;
  Nodes rank_, slot_of_;      // by node
  Nodes node_in_;             // by slot
  std::vector<Nodes> links_;  // by node
  // By node: its links to such that have not entered, and how many those are.
  struct Left {
    std::uint32_t nodes = 0, in = 0, out = 0;
    std::uint32_t seen_by = 0;   // 1 + the node that entered last of those linked to it
    std::uint32_t last = kFree;  // of those nodes, once it is the only one
  };
  std::vector<Left> left_;
  std::size_t ends_ = 0;
  NetworkOrder result_;
};

}  // namespace

NetworkOrder order_network(const NetworkGraph& graph) {
  return Steps(graph, Search(graph).run(graph.connect.front())).run();
}

}  // namespace nines::structure
