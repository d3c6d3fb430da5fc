// Every state of the one chain of everything, and what is up in it.
#pragma once

#include <vector>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"
#include "model/markov/space/explore.hpp"
#include "model/process/process.hpp"

namespace nines::test {

struct NaiveStates {
  const Model& model;
  const process::Process& process;
  const markov::StateSpace& space;
  std::vector<long double> probability = {};  // by state
  std::vector<std::vector<char>> up = {};     // by state, by component
  double down = 0;                            // unavailability of the system

  std::vector<char> up_if(markov::StateIndex s, const std::vector<char>& forced, bool unplanned = false) const {
    process::Signals signals;
    process.look(space.state(s), {forced, unplanned}, signals);
    std::vector<char> values(model.components.size(), 0);
    for (ComponentId id = 0; id < values.size(); ++id)
      if (process.wiring().group_of[id] != process::kNone) values[id] = signals.up[process.wiring().group_of[id]];
    return values;
  }

  bool system(const std::vector<char>& values) const {
    return model.system.evaluate([&](ComponentId id) { return values[id] != 0; });
  }
};

// Into an answer that lists components and entries already, by the definitions, state by state.
void add_importance(const NaiveStates& of, Answer& answer);
// What is served of the demand.
void add_served(const NaiveStates& of, Answer& answer);

}  // namespace nines::test
