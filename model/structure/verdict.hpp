// What is known of a network as a whole while its elements are looked at.
#pragma once

#include <cstdint>

namespace nines::structure {

enum class Verdict : std::uint8_t { open, up, down };

}  // namespace nines::structure
