// A block taken apart where its groups share nothing but infrastructure.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/description/model.hpp"

namespace nines::structure {

// Of the members of a block, each list ascending. What is shared lives by itself, whatever happens to the clusters;
// each cluster sees of the others nothing but what it shares with them.
struct Split {
  std::vector<ComponentId> shared;                 // infrastructure that more than one cluster stands on
  std::vector<std::vector<ComponentId>> clusters;  // two or more, with the infrastructure that is theirs alone
};

// The error says in words why there is no such split.
[[nodiscard]] tl::expected<Split, std::string> split_block(const Model& model, const std::vector<ComponentId>& members);

}  // namespace nines::structure
