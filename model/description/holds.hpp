// What takes a component down as a whole, its nodes untouched: bad releases, shared causes that are restored together,
// maintenance that stops it. Each becomes an infrastructure entry of its own that the component needs, so that every
// rule about needs holds for it; Component::hold tells it from what the file lists.
#pragma once

#include <vector>

#include "model/description/model.hpp"
#include "model/description/read_causes.hpp"
#include "model/description/read_component.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Appends holds to model.components and joins them to the needs of what they take down; fills model.causes. Of
// clusters also the plan of maintenance node by node, which is no hold but read from the same key.
// `entries`: of the file, by component.
void add_holds(Reader& reader, const std::vector<const text::Entry*>& entries, std::vector<WrittenCause> causes,
               UnitTable& units, Model& model);

}  // namespace nines
