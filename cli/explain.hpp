// What a model means, in words.
#pragma once

#include <string>
#include <vector>

#include "model/description/model.hpp"

namespace nines::cli {

// `name`: only what is called so (a component, an infrastructure entry, a chain, a crew); empty: the whole model with
// its assumptions.
[[nodiscard]] std::string explain_model(const Model& model, const std::string& name);

// Whether anything that takes part is restored by a crew.
[[nodiscard]] bool has_crews(const Model& model);
[[nodiscard]] std::string explain_crew(const Model& model, CrewId id);
[[nodiscard]] std::string explain_chain(const std::string& name, const DrawnChain& chain);

// Empty where there is none.
[[nodiscard]] std::string explain_demand(const Model& model);
// Of a model with a demand: what a component serves of it, if `system` names it. Sentences.
[[nodiscard]] std::vector<std::string> explain_capacity(const Model& model, ComponentId id);

}  // namespace nines::cli
