// Minimal cut sets of one module, and how likely those of each component and infrastructure entry are down.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>

#include "model/markov/parts/sight.hpp"
#include "model/structure/cut_sets.hpp"

namespace nines::markov {

struct ModuleCuts {
  structure::CutSets sets;
  // By signal: P(all of some minimal cut set that it belongs to are down), whatever the limits of `sets`. Nothing where
  // the diagrams for it would be too large.
  std::unordered_map<ComponentId, std::optional<double>> down;
};

// The sets alone: of the structure, whatever the probabilities. What never fails is in none.
[[nodiscard]] structure::CutSets module_cut_sets(const Model& model, const structure::Module& module,
                                                 std::span<const ComponentId> entries,
                                                 const structure::CutLimits& limits);

// `parts` are solved. `entries`: the infrastructure whose parts are in this module. `alike`: signals that could take
// the places of others, each with the one that is looked at in place of it.
[[nodiscard]] ModuleCuts module_cuts(const Model& model, const Parts& parts, const structure::Module& module,
                                     std::span<const ComponentId> entries,
                                     const std::unordered_map<ComponentId, ComponentId>& alike,
                                     const structure::CutLimits& limits);

}  // namespace nines::markov
