// What has to be looked at together: groups whose behaviour depends on shared infrastructure.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/model.hpp"

namespace nines::structure {

inline constexpr std::uint32_t kNoBlock = UINT32_MAX;

// The infrastructure that a group's *behaviour* sees: what its nodes stand on, with all that those need. Its own needs
// take it down without starting anything, so they are not part of this for components.
struct Blocks {
  std::vector<std::vector<ComponentId>>
      members;  // by block, ascending: reacting groups, chains, clients of crews, and what they stand on
  std::vector<std::uint32_t> block_of;  // by component; kNoBlock: in none of these
};

// The connected components of what reacting groups share, and of what is restored by one crew that may have more to do
// than members.
[[nodiscard]] Blocks find_blocks(const Model& model);

}  // namespace nines::structure
