// The long run of the infrastructure that several groups stand on, state by state.
#pragma once

#include <vector>

#include <tl/expected.hpp>

#include "model/markov/parts/part.hpp"

namespace nines::markov {

struct SharedStates {
  struct Move {
    StateIndex to = 0;
    double rate = 0;  // per hour
  };
  std::vector<double> probability;              // by state, all above 0
  std::vector<std::vector<Move>> moves;         // by state
  std::vector<std::vector<StateIndex>> before;  // by state: those that move to it, ascending
  std::vector<double> out;                      // by state: the sum of its moves' rates
  double error_bound = 0;                       // relative, of the rarer states together

  [[nodiscard]] std::size_t size() const { return probability.size(); }
};

// Refuses what has no long run without end, such as infrastructure that is never repaired.
[[nodiscard]] tl::expected<SharedStates, Refusal> shared_states(const Model& model, const Part& shared,
                                                                const SolveOptions& options);

}  // namespace nines::markov
