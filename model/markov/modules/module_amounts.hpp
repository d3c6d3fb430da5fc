// How much of the demand one module serves.
#pragma once

#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/parts/sight.hpp"
#include "model/markov/solve.hpp"
#include "model/structure/amounts.hpp"

namespace nines::markov {

// By level of demand. Exact: over all values of the module's parts, whatever its names share and however often they
// stand. `variables` by level of the view.
[[nodiscard]] tl::expected<std::vector<structure::Amounts>, Refusal> module_amounts(
    const Model& model, const Parts& parts, ModuleView& view, const structure::Module& module,
    std::span<const structure::Variable> variables);

}  // namespace nines::markov
