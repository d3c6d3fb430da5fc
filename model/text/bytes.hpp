// What bytes a source may hold, looked at before it is parsed.
#pragma once

#include <optional>

#include "model/text/problem.hpp"

namespace nines::text {

// The first byte sequence that is not UTF-8, control character, or tab that indents a line, if there is one.
[[nodiscard]] std::optional<Problem> check_bytes(const Sources& sources, Place part);

}  // namespace nines::text
