// Why the analytic engine gives no answer, in words that say what to do instead.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "model/markov/explore.hpp"
#include "model/markov/part.hpp"
#include "model/markov/solve.hpp"
#include "model/markov/steady_state.hpp"

namespace nines::markov {

// The first law with which the long run would not be exact: any that is not exponential in a block, and of units
// outside of blocks one that keeps them in step. Outside of blocks all others will do: there the means alone matter.
[[nodiscard]] std::optional<Refusal> refuse_laws(const Model& model, const Parts& parts);
// The first law of these components that keeps them from being a chain.
[[nodiscard]] std::optional<Refusal> refuse_chain(const Model& model, std::span<const ComponentId> members);
// Whether every law that takes part is exponential.
[[nodiscard]] bool all_exponential(const Model& model);
[[nodiscard]] Refusal too_large(const Model& model, const std::vector<ComponentId>& members, const TooLarge& why);
[[nodiscard]] Refusal unsolved(const SolveFailure& failure);
[[nodiscard]] Refusal structure_too_large();
[[nodiscard]] Refusal too_many_amounts();

// Bytes that a solve may take: the option, or most of what the machine has available.
[[nodiscard]] std::size_t memory_limit(const SolveOptions& options);

}  // namespace nines::markov
