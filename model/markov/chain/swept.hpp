// The steady state of a large irreducible chain by sweeps, with a bound that a certificate gives.
#pragma once

#include <span>

#include "model/markov/chain/steady_state.hpp"

namespace nines::markov {

// `order` is backward_order() from the start. The best that was reached, however good its bound. Fails for want of
// memory only.
[[nodiscard]] tl::expected<SteadyState, SolveFailure> swept(const Chain& chain, std::span<const StateIndex> order,
                                                            std::span<const double> reward,
                                                            const SteadyStateOptions& options);

// The same for the rewarded sum alone: single states may be off, or 0, where they add nothing to it.
[[nodiscard]] tl::expected<SteadyState, SolveFailure> swept_sum(const Chain& chain, std::span<const StateIndex> order,
                                                                std::span<const double> reward,
                                                                const SteadyStateOptions& options);

[[nodiscard]] SolveFailure no_memory(std::size_t needed, std::size_t limit);

}  // namespace nines::markov
