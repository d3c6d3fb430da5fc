// Modules whose groups are taken apart: solved from the joint chains of each cluster of groups with what it shares.
#pragma once

#include "model/markov/solution/solution.hpp"

namespace nines::markov {

// Whether a part of the module is a cluster.
[[nodiscard]] bool is_apart(const Parts& parts, const structure::Module& module);

struct SolvedApart {
  ModuleMeasures measures;
  double error = 0;          // relative, of its being down: of the chains
  double approximation = 0;  // estimated, the same: of taking clusters as independent given the last two changes
};

[[nodiscard]] tl::expected<SolvedApart, Refusal> solve_apart(Solution& s, std::size_t module);

}  // namespace nines::markov
