// RFC 4180.
#pragma once

#include <string>

namespace nines::cli {

// One field, in quotes where it needs them.
[[nodiscard]] std::string csv_cell(const std::string& text);

}  // namespace nines::cli
