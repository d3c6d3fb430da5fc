// The joint chain of independent parts, of the states that a period is likely to see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

// One independent part in the long run.
struct PartInLongRun {
  const Chain* chain = nullptr;
  std::span<const double> probability;  // by state
};

// A chain that is up and down. In place of a state that was left out stands a likelier one much like it; if there is
// none, nothing is known any more. Up to then it is the chain itself, whatever follows: so the chance that a
// period sees what was left out bounds the error of all that is said of a period.
struct UpDownChain {
  Chain chain;                   // its start is not set
  std::vector<char> down;        // by state
  std::vector<double> long_run;  // by state; with `left_out_at_start` it sums to 1
  std::vector<double> lost;      // by state: rate to states in whose place there is none
  double left_out_at_start = 0, left_out_per_h = 0;
  bool may_ring = false;  // some states are passed through in step: its eigenvalues may be far from real

  friend bool operator==(const UpDownChain& a, const UpDownChain& b) {
    return a.down == b.down && a.chain.row_begin == b.chain.row_begin && a.chain.target == b.chain.target &&
           a.chain.rate == b.chain.rate && a.long_run == b.long_run;
  }

  // That a period sees what was left out: a bound.
  [[nodiscard]] double left_out_within(double period_h) const { return left_out_at_start + left_out_per_h * period_h; }
};

struct LikelyLimits {
  std::size_t states = 4000, down_states = 48;
  std::size_t whole = 0;      // joint chains of no more states than that are kept as they are
  std::size_t together = 32;  // terms are taken together up to that many states
};

// `is_down` of the states of all parts. The states that a period of `period_h` sees most often, as many as the limits
// allow.
[[nodiscard]] UpDownChain likely_states(std::span<const PartInLongRun> parts,
                                        const std::function<bool(std::span<const StateIndex>)>& is_down,
                                        double period_h, const LikelyLimits& limits);

}  // namespace nines::markov
