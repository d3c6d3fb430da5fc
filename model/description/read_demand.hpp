// What has to be served, and where that makes a difference to what has to be kept in mind of a component.
#pragma once

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Reads `demand:` when everything else of the model has been read, what is used of it included; marks the components
// of which more than up and down matters then. Problems are reported.
void read_demand(Reader& reader, const text::Node& tree, Model& model);

}  // namespace nines
