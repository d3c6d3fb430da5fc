// What of the demand is served in the long run, all modules joined.
#pragma once

#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/solve.hpp"
#include "model/structure/amounts.hpp"

namespace nines::markov {

// The mean over the profile. `by_module`: by module, by level of demand; `joined` names the modules by number.
[[nodiscard]] tl::expected<structure::MeanShare, Refusal> mean_served(
    const Model& model, const Expression& joined, std::span<const std::vector<structure::Amounts>> by_module);

}  // namespace nines::markov
