// What the analytic engine puts exponentials in place of, as the model reference says, and tells beside the answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/markov/solve.hpp"

namespace nines::markov {

// One sentence for each, of what takes part.
[[nodiscard]] std::vector<std::string> approximations(const Model& model);

// Rounds of maintenance that leave no time between them have no exponential in their place; and with options.exact
// nothing is approximated.
[[nodiscard]] std::optional<Refusal> refuse_approximations(const Model& model, const SolveOptions& options);

}  // namespace nines::markov
