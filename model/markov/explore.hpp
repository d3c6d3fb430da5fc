// The state space of a process: every state it can reach from its start, and the rates between them.
#pragma once

#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain.hpp"
#include "model/process/process.hpp"

namespace nines::markov {

struct ExploreLimits {
  std::uint64_t states = 4'000'000;
  std::uint64_t bytes = std::uint64_t{4} << 30;  // of states, rates and what the search needs beside them
  bool lump = true;  // equal nodes counted, not named; false keeps every unit by itself (for the differential tests)
};

struct StateSpace {
  Chain chain;
  std::vector<process::Slot> slots;  // chain.size() x slots of the process, by state
  std::size_t slots_per_state = 0;

  [[nodiscard]] std::span<const process::Slot> state(StateIndex i) const {
    return std::span(slots).subspan(i * slots_per_state, slots_per_state);
  }
};

struct TooLarge {
  enum class What { states, bytes };
  What what = What::states;
  std::uint64_t limit = 0;
};

// Every law counts by its mean: the chain is the process where those that run are exponential (the caller has checked).
//
// Equal nodes are lumped by a canonical form: within an orbit of the wiring, the states of nodes are sorted. The
// process treats the nodes of an orbit alike up to the same permutation, so the lumped chain is exact (ordinary
// lumpability: Kemeny & Snell, Finite Markov Chains, sec. 6.3).
[[nodiscard]] tl::expected<StateSpace, TooLarge> explore(const process::Process& process,
                                                         const ExploreLimits& limits = {});

}  // namespace nines::markov
