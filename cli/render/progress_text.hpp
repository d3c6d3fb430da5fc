// What a person who waits reads.
#pragma once

#include <string>

namespace nines::cli {

// `43 %, 12 s left: words`
[[nodiscard]] std::string progress_text(double done, double seconds, const std::string& words);

}  // namespace nines::cli
