// Why the analytic engine gives no answer, in words that say what to do instead.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/parts/part.hpp"
#include "model/markov/solve.hpp"
#include "model/markov/space/explore.hpp"

namespace nines::markov {

// The first law that keeps units in step: neither it nor any restoration of its unit has a density. Outside of blocks
// all others will do, for there the means alone matter; in blocks they are fitted.
[[nodiscard]] std::optional<Refusal> refuse_laws(const Model& model);
// The first law of these components that keeps them from being a chain.
[[nodiscard]] std::optional<Refusal> refuse_chain(const Model& model, std::span<const ComponentId> members);
// The same, of a law that has a fit in its place.
[[nodiscard]] Refusal no_law_of_a_chain(const FittedLaw& law);
// The first law that can't be fitted; and with `exact` those that a fit would only come close to.
[[nodiscard]] std::optional<Refusal> refuse_fits(const std::vector<FittedLaw>& laws, bool exact);
[[nodiscard]] Refusal not_exact(std::vector<std::string> approximations);
// Fits of other orders say something else: `how`.
[[nodiscard]] Refusal fits_differ(const FittedLaw& law, const std::string& how);
// Whether every law that takes part is exponential; the same of the units that are in no block.
[[nodiscard]] bool all_exponential(const Model& model);
[[nodiscard]] bool all_exponential(const Unit& unit);
[[nodiscard]] bool all_exponential_outside(const Model& model, const Parts& parts);
[[nodiscard]] Refusal too_large(const Model& model, const std::vector<ComponentId>& members, const TooLarge& why);
[[nodiscard]] Refusal unsolved(const SolveFailure& failure);
[[nodiscard]] Refusal structure_too_large();
[[nodiscard]] Refusal too_many_amounts();

// Bytes that a solve may take: the option, or most of what the machine has available.
[[nodiscard]] std::size_t memory_limit(const SolveOptions& options);

}  // namespace nines::markov
