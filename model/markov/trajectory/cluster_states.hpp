// A cluster of groups with the infrastructure it shares with others: its own joint chain, sorted by the state of what
// is shared.
#pragma once

#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/trajectory/shared_states.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {

struct ClusterStates {
  // What is looked at while what is shared stays in one state.
  struct Given {
    std::vector<StateIndex> states;     // all but those so rare that they do not matter
    std::vector<double> start;          // states before x states: just after a move to here from each of
                                        // SharedStates::before, row by row; rows sum to 1
    std::vector<std::uint32_t> values;  // that it is seen with, ascending
  };
  // What it is seen as, with the state of what is shared: numbers of pairs.
  struct Seen {
    StateIndex shared = 0;
    std::uint32_t value = 0;
  };

  const Part* part = nullptr;          // of what is shared itself: that; then every state is all there is to it
  std::vector<double> probability;     // by state of the chain
  std::vector<std::uint32_t> place;    // by state: its place in the Given it is in, or kNoPart where it is left out
  std::vector<Given> given;            // by state of what is shared
  std::vector<Seen> seen;              // ascending
  std::vector<std::uint32_t> seen_of;  // by state
  structure::Variable in_all;          // over what it is seen as
  double error_bound = 0;              // relative, of its members being down

  [[nodiscard]] StateIndex shared_of(StateIndex s) const { return seen[seen_of[s]].shared; }
};

// `part` has a space; `own`: positions in its members of those that are down sometimes, whose being down must be right.
[[nodiscard]] tl::expected<ClusterStates, Refusal> cluster_states(const SharedStates& shared, const Part& part,
                                                                  const std::vector<std::size_t>& own,
                                                                  const SolveOptions& options);

// The same of what is shared, by itself.
[[nodiscard]] ClusterStates alone(const SharedStates& shared, const Part& part);

}  // namespace nines::markov
