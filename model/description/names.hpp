// What a name may look like.
#pragma once

#include <string_view>

#include "model/description/reader.hpp"

namespace nines {

// Letters, digits, `_` and `-`, beginning with a letter; not `and`, `or` or `of`.
[[nodiscard]] bool is_name(std::string_view text);
// Reports a name that is none.
bool check_name(Reader& reader, std::string_view name, text::Place place);

}  // namespace nines
