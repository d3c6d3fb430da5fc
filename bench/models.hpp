// Models of a size that a benchmark chooses.
#pragma once

#include <optional>
#include <string>

#include "model/description/model.hpp"
#include "model/markov/space/explore.hpp"

namespace nines::bench {

// Failover pairs with every timing key over two zones: 17 states a pair while both zones are up.
[[nodiscard]] Model pairs_over_two_zones(int pairs);
// The model that a file of this text describes; none where it has errors.
[[nodiscard]] std::optional<Model> model_of(const std::string& yaml);
// One block of all that takes part, explored.
[[nodiscard]] markov::StateSpace explored(const Model& model);

}  // namespace nines::bench
