#pragma once

namespace nines::cli {
inline constexpr const char* kVersion = NINES_VERSION;
}
