// What has to be served, and where that makes a difference to what has to be kept in mind of a component.
#pragma once

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Marks the components of which more than up and down matters to what is served: who serves is forgotten where any node
// would serve as much, a takeover that stops nothing where it changes nothing, because both cost states.
void mark_what_demand_asks(Model& model);

// Reads `demand:` when everything else of the model has been read, what is used of it included, and marks its
// components. Problems are reported.
void read_demand(Reader& reader, const text::Node& tree, Model& model);

}  // namespace nines
