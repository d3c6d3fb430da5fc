// The command line: parsed by CLI11, complained about in our own words.
#pragma once

namespace nines::cli {

[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace nines::cli
