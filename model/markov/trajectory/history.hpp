// Modules that share infrastructure, joined over what that went through. At a moment of the long run it is in one
// state, entered a while ago from another, which it had entered another while before that from a third. Given these
// three and both times the clusters are taken as independent; each is where its own joint chain with the infrastructure
// puts it: in its conditional long run at the earlier of the two changes, and from there on its own way, exactly in
// time.
#pragma once

#include <vector>

#include "model/markov/trajectory/gates.hpp"
#include "model/markov/trajectory/kinds.hpp"

namespace nines::markov {

struct Outcome {
  double up = 0, mendable = 0, several = 0;  // as ModuleMeasures has them
  double down_passages_per_h = 0;
  double down_planned = 0;
  std::vector<double> entries;  // by number in the list that was asked for: down, and up if it were up
  // By leaf of the gates, by state of what is shared, by number in ClusterStates::Given::values: how likely the leaf's
  // cluster is seen so, and each of its modules decides about the whole.
  std::vector<std::vector<std::vector<double>>> decides;
  // Of modules that stand on several clusters: by leaf, sums of Together::weigh_shares() for what decides about the
  // whole, from one change on; by kind, of Kind::not_alone() how likely it is down, and how often it goes down an hour.
  std::vector<std::vector<double>> shares, alone;
  double down_of_one_epoch = 0;  // the same from one change on, independent just before that
  [[nodiscard]] double down() const { return mendable + several; }
};

struct Question {
  const SharedStates& shared;
  const std::vector<ClusterStates>& clusters;
  std::vector<Kind>& kinds;
  Gates& gates;
  bool planned = false;
  std::vector<ComponentId> entries;            // infrastructure that is shared
  std::vector<std::vector<char>> entry_is_up;  // by state, by number in `entries`
};

[[nodiscard]] Outcome outcome(const Question& question);

// Steps that outcome() takes, about.
[[nodiscard]] double work_of(const Question& question);

}  // namespace nines::markov
