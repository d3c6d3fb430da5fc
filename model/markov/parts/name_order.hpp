// In which order the names of a module come in its diagram.
#pragma once

#include <vector>

#include "model/markov/parts/part.hpp"
#include "model/structure/partition.hpp"

namespace nines::markov {

// Each name of the module's expression once: as it mentions them, unless those that stand on the same things, or are in
// the same part of it, lie far apart then.
[[nodiscard]] std::vector<ComponentId> names_in_order(const Model& model, const Parts& parts,
                                                      const structure::Module& module);

}  // namespace nines::markov
