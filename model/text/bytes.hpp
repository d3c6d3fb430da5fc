// What bytes a source may hold, looked at before it is parsed.
#pragma once

#include <optional>

#include "model/text/problem.hpp"

namespace nines::text {

// The first byte sequence that is not UTF-8, control character, or tab that indents a line, if there is one.
[[nodiscard]] std::optional<Problem> check_bytes(const Sources& sources, Place part);

// Brackets, or dashes of one line, nested deeper than `depth`: the parser would look ahead through all of them before
// it gave the first event, at some hundred bytes each.
[[nodiscard]] std::optional<Problem> check_depth(const Sources& sources, Place part, std::size_t depth);

}  // namespace nines::text
