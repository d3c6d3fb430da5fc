// What a model means, in words.
#pragma once

#include <string>

#include "model/description/model.hpp"

namespace nines::cli {

// `name`: only this component or infrastructure entry; empty: the whole model with its assumptions.
[[nodiscard]] std::string explain_model(const Model& model, const std::string& name);

}  // namespace nines::cli
