// The state space of a process: every state it can reach from its start, and the rates between them.
#pragma once

#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain/chain.hpp"
#include "model/markov/phase_type/stages.hpp"
#include "model/process/process.hpp"

namespace nines::markov {

struct ExploreLimits {
  std::uint64_t states = 4'000'000;
  std::uint64_t bytes = std::uint64_t{4} << 30;  // of states, rates and what the search needs beside them
  bool lump = true;  // equal nodes counted, not named; false keeps every unit by itself (for the differential tests)

  // A state of thousands of slots costs as much as hundreds of small ones, and so does every event in it. What a chain
  // of small states may take is a matter of their number alone.
  [[nodiscard]] std::uint64_t work() const { return 200 * states; }
  [[nodiscard]] static std::uint64_t charge(std::uint64_t slots) { return slots > kSmall ? slots - kSmall : 0; }
  static constexpr std::uint64_t kSmall = 64;
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
  enum class What { states, bytes, work };
  What what = What::states;
  std::uint64_t limit = 0;  // that was passed; of work: the slots of a state
  double at_least = 0;      // states there are, when that is known
};

// Laws without stages count by their means: the chain is the process where those that run are exponential (the caller
// has checked). `stages`, if there are any, are slots behind those of the process. `ran`: by activity, whether it ever
// runs.
//
// Equal nodes are lumped by a canonical form: within an orbit of the wiring, the states of nodes are sorted. The
// process treats the nodes of an orbit alike up to the same permutation, so the lumped chain is exact (ordinary
// lumpability: Kemeny & Snell, Finite Markov Chains, sec. 6.3).
[[nodiscard]] tl::expected<StateSpace, TooLarge> explore(const process::Process& process,
                                                         const ExploreLimits& limits = {}, const Stages& stages = {},
                                                         std::vector<char>* ran = nullptr);

}  // namespace nines::markov
