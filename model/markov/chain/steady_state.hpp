// Long-run probabilities of a chain with full relative precision, and a bound on what is wrong with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain/chain.hpp"

namespace nines::markov {

struct SteadyStateOptions {
  std::size_t dense_limit = 1500;                   // GTH elimination up to that many states of one closed class
  double wanted_error = 1e-12;                      // relative, of the reward
  std::size_t memory_limit = std::size_t{4} << 30;  // bytes the solve may take beside the chain
  bool sum_only = false;  // of the rewarded states: nobody asks for single ones, which may then be off
};

struct SteadyState {
  std::vector<double> probability;   // by state; sums to 1; 0 where the chain does not stay
  double error_bound = 0;            // relative error of sum(probability x reward): a bound, not a residual
  std::string method;                // `GTH`, `Gauss-Seidel`, ... for the curious
  std::uint32_t closed_classes = 1;  // where the chain may end; probabilities are the expected ones from the start
};

struct SolveFailure {
  enum class Kind { no_convergence, memory };
  Kind kind = Kind::no_convergence;
  std::string message;  // what happened, with figures; the caller says what to do instead
};

// `reward` (size() values >= 0) weighs the states whose probability matters: 1 for down and 0 for up states.
// The relative error of the *sum* of rewarded probability is certified; rewarded states keep full relative precision
// however rare.
[[nodiscard]] tl::expected<SteadyState, SolveFailure> steady_state(const Chain& chain, std::span<const double> reward,
                                                                   const SteadyStateOptions& options = {});

struct FirstPassage {
  double mean_h = 0;       // infinity when it may never happen
  double error_bound = 0;  // relative
};

// Mean time from `chain.start` until a state of `down` (nonzero = down) is entered first. 0 if the start is down.
// Solved as the long run of the chain that is put back to its start instead of entering a down state:
// mean = 1 / (flow into down), by the renewal-reward theorem, so that no digits are lost on rare outages.
[[nodiscard]] tl::expected<FirstPassage, SolveFailure> mean_time_to_first(const Chain& chain,
                                                                          std::span<const char> down,
                                                                          const SteadyStateOptions& options = {});

}  // namespace nines::markov
