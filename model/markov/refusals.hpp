// Why the analytic engine gives no answer, in words that say what to do instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/markov/explore.hpp"
#include "model/markov/solve.hpp"
#include "model/markov/steady_state.hpp"

namespace nines::markov {

// The first law among those that take part that is not exponential, if there is one.
[[nodiscard]] std::optional<Refusal> refuse_laws(const Model& model);
[[nodiscard]] Refusal too_large(const Model& model, const std::vector<ComponentId>& members, const TooLarge& why);
[[nodiscard]] Refusal unsolved(const SolveFailure& failure);
[[nodiscard]] Refusal structure_too_large();

// Bytes that a solve may take: the option, or most of what the machine has available.
[[nodiscard]] std::size_t memory_limit(const SolveOptions& options);

}  // namespace nines::markov
