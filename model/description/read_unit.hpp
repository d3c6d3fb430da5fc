// One unit: its failure modes and how each is restored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/description/model.hpp"
#include "model/description/read_crews.hpp"
#include "model/description/read_spares.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Who and what restorations have to wait for.
struct Resources {
  CrewTable crews;
  SpareTable spares;
};

// The keys of a unit, where a key beside a type overrides the type's. The ways to say how often a unit fails are one
// slot, `mttr` and `recovery` another, `crew`, `priority` and `spare` one each: whoever stands first in the layers
// fills the whole slot.
struct UnitKeys {
  std::vector<const text::Node*> layers;  // mappings: the component's own first, then its type's
  std::string what;                       // component `db`
  text::Place place;                      // of its name
  std::string type;  // type `vm`: what is wrong in it is the same for all who use it, and said once

  [[nodiscard]] const std::string& what_of(const text::Node* layer) const {
    return layer == layers.front() ? what : type;
  }
};

// Nothing when a problem was reported.
[[nodiscard]] std::optional<Unit> read_unit(Reader& reader, const UnitKeys& keys, Resources& resources);

[[nodiscard]] bool is_failure_key(std::string_view key);
[[nodiscard]] bool is_restoration_key(std::string_view key);

// Mean hours from a failure to its restoration; infinite when it is never restored.
[[nodiscard]] double mean_restoration(const std::vector<RecoveryStep>& recovery);

}  // namespace nines
