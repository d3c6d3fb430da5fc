// What the system has to reach.
#pragma once

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Reads `target:` of a model into its targets. Problems are reported.
void read_target(Reader& reader, const text::Node& tree, Model& model);

}  // namespace nines
