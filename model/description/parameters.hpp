// `$name`: parameters put in where they are used.
#pragma once

#include <vector>

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Reads `parameters:` of the document and puts their values in place of every `$name` in all other sections.
// Reports unknown and circular ones.
[[nodiscard]] std::vector<Parameter> put_in_parameters(Reader& reader, text::Node& document);

}  // namespace nines
