// Where a chain ends when it does not come back to its start.
#pragma once

#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

struct ClosedClasses {
  std::vector<std::vector<StateIndex>> members;  // by class: its states, ascending
  std::vector<StateIndex> passing;               // states in none
};

// The strongly connected components that no rate leaves. Every state must be reachable from the start.
[[nodiscard]] ClosedClasses find_closed_classes(const Chain& chain);

// One closed class as a chain of its own, states in order of `members`.
[[nodiscard]] Chain restricted(const Chain& chain, const std::vector<StateIndex>& members);

// The passing states, then one state per class that is left for the start at rate 1: its long-run probabilities of the
// last ones are in the ratio of the probabilities to end there.
[[nodiscard]] Chain send_back(const Chain& chain, const ClosedClasses& classes);

}  // namespace nines::markov
