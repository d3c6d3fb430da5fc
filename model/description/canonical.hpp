// The canonical form of a model, and the hash that names it in output.
#pragma once

#include <string>

#include "model/description/model.hpp"

namespace nines {

// The same for two spellings of the same model: units of measure, types or inline, order of keys do not matter. What
// takes no part, names of parameters and types, and notes are left out.
[[nodiscard]] std::string canonical(const Model& model);
// The first 12 hexadecimal digits of SHA-256.
[[nodiscard]] std::string short_sha256(const std::string& text);

}  // namespace nines
