// One entry of `networks:`.
#pragma once

#include "model/description/read_component.hpp"

namespace nines {

// Its nodes are the elements that fail and can matter, in order of the file: nodes, then links. It counts as
// infrastructure, which others may need. Problems are reported; what can't matter is a warning.
[[nodiscard]] Component read_network(Reader& reader, const text::Entry& entry, TypeTable& types, UnitTable& units,
                                     Resources& resources);

}  // namespace nines
