// A module that stands on several clusters: its decision diagrams, weighed at each point of a trajectory.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/markov/parts/sight.hpp"
#include "model/markov/trajectory/cluster_states.hpp"
#include "model/markov/trajectory/flat.hpp"
#include "model/markov/trajectory/layout.hpp"

namespace nines::markov {

// Of a module, over the levels of its view.
struct TogetherFunctions {
  ModuleView* view = nullptr;
  std::uint32_t shared_level = 0;
  std::vector<std::uint32_t> cluster_levels;   // in order of the clusters
  std::vector<structure::Variable> variables;  // by level; what is shared and the clusters have no probabilities
  structure::Ref whole = 0, mended = 0, unplanned = 0;
  bool planned = false;
  std::vector<structure::Ref> alone;   // whatever else is asked how often it goes down
  std::vector<structure::Ref> shares;  // whatever else is asked how likely it is up
};

// While what is shared stays in one state.
class Together {
 public:
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

  // `clusters`: by number of `all`. `entries`: by entry of the layout, the whole if it were up.
  Together(const TogetherFunctions& functions, const SharedStates& shared, const std::vector<ClusterStates>& all,
           const std::vector<std::uint32_t>& clusters, StateIndex here, const Layout& layout,
           const std::vector<structure::Ref>& entries);

  // What is asked of a cluster, by number in `clusters`, beside how likely each of its values is: by state that is
  // looked at, row by row.
  [[nodiscard]] std::size_t width(std::size_t cluster) const { return widths_[cluster]; }
  [[nodiscard]] const std::vector<double>& columns(std::size_t cluster) const { return columns_[cluster]; }

  // From these at a point, by cluster: the columns of the layout; then, of each of `alone`, how likely it is down and
  // how often it goes down an hour.
  void weigh(const std::vector<const double*>& values, const std::vector<const double*>& columns,
             std::vector<double>& out);
  // How likely each of `shares` is.
  void weigh_shares(const std::vector<const double*>& values, std::vector<double>& out);
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  struct Change {
    std::unique_ptr<Flat> flat;
    std::vector<const double*> probability;  // by level
    std::vector<std::size_t> column;         // by cluster: where its pairs begin in its columns; kNone: its values
  };
  static constexpr std::size_t kNone = SIZE_MAX;

  [[nodiscard]] std::vector<Pairs> stay() const;
  Change make(const std::vector<Pairs>& pairs, StateIndex to, std::vector<std::size_t> column, bool all_four);
  std::size_t add_columns(std::size_t cluster, const Pairs& pairs, StateIndex to, double rate);
  [[nodiscard]] Pairs pairs_of(std::size_t cluster, StateIndex to) const;
  void make_passages();
  void make_moves();
  void weigh(Change& change, const std::vector<const double*>& values, const std::vector<const double*>& columns) const;

  const TogetherFunctions& f_;
  const SharedStates& shared_;
  const std::vector<ClusterStates>& all_;
  const std::vector<std::uint32_t>& clusters_;
  StateIndex here_;
  Layout layout_;
  Change now_, shares_;
  std::vector<Change> passages_, moves_;
  std::vector<std::size_t> widths_;                             // by cluster
  std::vector<std::vector<std::vector<double>>> by_state_;      // by cluster, by state
  std::vector<std::vector<double>> columns_;                    // by cluster
  std::vector<std::unique_ptr<std::vector<double>>> per_hour_;  // of stocks
  bool exhausted_ = false;
};

}  // namespace nines::markov
