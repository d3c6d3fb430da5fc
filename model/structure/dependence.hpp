// What has to be looked at together: groups whose behaviour depends on shared infrastructure.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/model.hpp"

namespace nines::structure {

inline constexpr std::uint32_t kNoBlock = UINT32_MAX;

// What a group's *behaviour* sees: what its nodes stand on or are copies of, with all that those need. Its own needs
// take it down without starting anything, so they are not part of this for components, unless they are copies in
// something that reacts.
struct Blocks {
  std::vector<std::vector<ComponentId>>
      members;  // by block, ascending: reacting groups, chains, those tied together, and what they stand on
  std::vector<std::uint32_t> block_of;  // by component; kNoBlock: in none of these
  std::vector<char> inside_reacting;    // by component: it is a copy in something that reacts
};

// The connected components of what reacting groups share, and of what is tied together: by a crew that may have more to
// do than members, by spares, by common causes, by a beta.
[[nodiscard]] Blocks find_blocks(const Model& model);

}  // namespace nines::structure
