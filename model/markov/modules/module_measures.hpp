// What one module contributes: how often it is down, why, and whose being up would have helped.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/markov/parts/sight.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {

struct NamedMeasures {
  ComponentId id = 0;
  double unavailability = 0;
  double down_passages_per_h = 0;
  double birnbaum = 0;                     // within the module
  double critical = 0;                     // P(module down, and up if this were up)
  double down_if_up = 0;                   // P(module down) if this were up,
  double down_if_down = 0;                 // and if it were down
  std::array<double, kCauses> by_cause{};  // `critical` by why it is down
};

struct EntryMeasures {
  ComponentId id = 0;
  double critical = 0;
  // For importance measures alone, else 0; as of a component.
  double unavailability = 0, birnbaum = 0, down_if_up = 0, down_if_down = 0;
};

struct ModuleMeasures {
  double up = 0, down = 0;
  double down_passages_per_h = 0;
  double down_mendable = 0;  // P(down, and up if some one named component were up)
  double down_several = 0;   // P(down, and no single one would do)
  double down_planned = 0;   // P(down, and up if nothing planned were under way)
  std::vector<NamedMeasures> named;
  std::vector<EntryMeasures> infrastructure;
};

// Why a component is down in `critical`: functions of which no two are true at once, by cause, in order of precedence.
[[nodiscard]] std::vector<std::pair<Cause, structure::Ref>> split_by_cause(const Model& model, ModuleView& view,
                                                                           ComponentId id, structure::Ref critical);

// `variables` by level of the view. `entries`: the infrastructure whose parts are in this module. `importance`: also
// what only importance measures of entries need.
[[nodiscard]] ModuleMeasures measure(const Model& model, ModuleView& view, const structure::Module& module,
                                     std::span<const structure::Variable> variables,
                                     std::span<const ComponentId> entries, bool importance);

}  // namespace nines::markov
