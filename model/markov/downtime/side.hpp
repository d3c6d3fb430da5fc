// One side of a chain: its up states, or its down states.
#pragma once

#include <vector>

#include "model/markov/downtime/likely_states.hpp"

namespace nines::markov {

struct SideOfChain {
  std::vector<StateIndex> states;
  std::vector<StateIndex> number;  // by state of the whole chain; size of the chain: on the other side
  Chain chain;                     // among them; its start is not set
  std::vector<double> leaving;     // by state of the side: rate to the other,
  std::vector<double> lost;        // and to what was left out
};

// The states whose flag is `wanted`.
[[nodiscard]] SideOfChain side_of(const UpDownChain& whole, bool wanted);

}  // namespace nines::markov
