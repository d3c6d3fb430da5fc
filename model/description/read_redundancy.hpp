// How the nodes of one component stand in for each other.
#pragma once

#include <string>

#include "model/description/model.hpp"
#include "model/description/read_component.hpp"
#include "model/description/reader.hpp"

namespace nines {

// `kind` is one of kByPrimaryStandby and kByCluster. Problems are reported.
[[nodiscard]] Redundancy read_redundancy(Reader& reader, const text::Entry& entry, const std::string& what,
                                         const Component& component, KnownBy kind, std::uint32_t node_count);

void warn_of_short_restoration(Reader& reader, const text::Entry& entry, const std::string& what,
                               const Component& component, const UnitTable& units);

}  // namespace nines
