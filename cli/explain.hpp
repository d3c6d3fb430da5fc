// What a model means, in words.
#pragma once

#include <string>
#include <vector>

#include "model/description/model.hpp"

namespace nines::cli {

// `name`: only what is called so, one of explained_names(); empty: the whole model with its assumptions.
[[nodiscard]] std::string explain_model(const Model& model, const std::string& name);
// Components, infrastructure, chains, networks, copies by their full names and by those in the file, common causes,
// crews, spares.
[[nodiscard]] std::vector<std::string> explained_names(const Model& model);

// `with_copies`: of a copy, as the one that speaks for all of them.
[[nodiscard]] std::string explain_component(const Model& model, ComponentId id, bool with_copies);
// Sentences: how it takes over, what it is spared, how it is looked after.
[[nodiscard]] std::vector<std::string> explain_redundancy(const Component& component);
// Sentences: what fails its units together, or takes all of it down.
[[nodiscard]] std::vector<std::string> explain_fate(const Model& model, const Component& component);
[[nodiscard]] std::string explain_assumptions(const Model& model);

struct NamedWords {
  std::string name, words;
};
[[nodiscard]] std::vector<NamedWords> explain_causes(const Model& model);
[[nodiscard]] std::string explain_spare(const Model& model, SpareId id);

// Whether anything that takes part is restored by a crew.
[[nodiscard]] bool has_crews(const Model& model);
[[nodiscard]] std::string explain_crew(const Model& model, CrewId id);
[[nodiscard]] std::string explain_chain(const std::string& name, const DrawnChain& chain);

// What it is, and sentences: what joins, what fails.
[[nodiscard]] std::string network_heading(const NetworkGraph& network);
[[nodiscard]] std::vector<std::string> explain_network(const Model& model, const Component& component,
                                                       const NetworkGraph& network);

// Empty where there is none.
[[nodiscard]] std::string explain_demand(const Model& model);
// Of a model with a demand: what a component serves of it, if `system` names it. Sentences.
[[nodiscard]] std::vector<std::string> explain_capacity(const Model& model, ComponentId id);

}  // namespace nines::cli
