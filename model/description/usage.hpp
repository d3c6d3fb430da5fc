// What `system` reaches; the rest takes no part, costs nothing, and is worth a warning.
#pragma once

#include <vector>

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Fills `named` and `used`, drops the causes that hit nothing that is used, and warns of what is not used. `entries`:
// of the file, by component, holds left out.
void find_used(Reader& reader, const std::vector<const text::Entry*>& entries, Model& model);

}  // namespace nines
