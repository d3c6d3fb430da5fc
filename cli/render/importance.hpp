// What matters most, for people: importance measures and minimal cut sets.
#pragma once

#include "cli/render/document.hpp"
#include "model/answer/answer.hpp"

namespace nines::cli {

// Of a solved answer that has them: both tables with a line above each.
void add_importance(Document& document, const Answer& answer, int digits);

}  // namespace nines::cli
