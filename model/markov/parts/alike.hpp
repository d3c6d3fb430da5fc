// Parts that are the same but for names: one is explored and solved for all of them.
#pragma once

#include <cstdint>
#include <vector>

#include "model/markov/parts/part.hpp"

namespace nines::markov {

// By part: the first one that is equal to it, or itself. Equal is what has an equal description once members are
// numbered within their block; parts whose descriptions name anything of their own outside are taken to differ.
// `asked`: by component, see explore_parts().
[[nodiscard]] std::vector<std::uint32_t> find_alike(const Model& model, const Parts& parts,
                                                    const std::vector<char>& asked);

// What exploring has made of one part, for another one that is equal to it.
void explore_like(const Part& explored, Part& part);

}  // namespace nines::markov
