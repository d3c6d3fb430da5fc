// The ways in which what is shared has come to the state it is in.
#pragma once

#include <cstddef>
#include <vector>

#include "model/markov/trajectory/history.hpp"
#include "model/markov/trajectory/transients.hpp"

namespace nines::markov {

// What is known of the clusters while what is shared is in one state.
struct Here {
  Layout layout;
  Times times;
  std::vector<double> weights;                   // by time
  std::vector<std::size_t> width;                // by cluster: columns of its modules, then its values
  std::vector<std::vector<std::size_t>> offset;  // by kind, by number of its clusters: where its columns begin
  std::vector<Transients> transients;            // by cluster
};

// Paths that end in one state: how likely, and where each cluster is just after the last change.
struct Paths {
  std::vector<double> weight;
  std::vector<std::vector<double>> rows;  // by cluster, path after path
};

class PathMaker {
 public:
  // Both stay where they are; `here` may be filled later.
  PathMaker(const Question& q, const std::vector<Here>& here) : q_(q), here_(here) {}

  // From the last change on.
  [[nodiscard]] Paths from_one_change(StateIndex z) const;
  // From the change before the last on. Those through one state that together weigh less than `small` from the last.
  [[nodiscard]] Paths from_two_changes(StateIndex z, double small) const;

 private:
  [[nodiscard]] Paths in_the_long_run(StateIndex z) const;
  void add_stays(StateIndex via, StateIndex z, Paths& paths) const;
  [[nodiscard]] double rate(StateIndex from, StateIndex to) const;
  [[nodiscard]] double flow(StateIndex from, StateIndex to) const;

  const Question& q_;
  const std::vector<Here>& here_;
};

}  // namespace nines::markov
