// How large a chain is at the least, known before anything is built.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "model/description/model.hpp"
#include "model/markov/space/explore.hpp"

namespace nines::markov {

// So many states the joint chain of `members` surely has, however its groups react.
[[nodiscard]] double states_at_least(const Model& model, std::span<const ComponentId> members);

// The limit that the joint chain of `members` surely breaks, if there is one.
[[nodiscard]] std::optional<TooLarge> surely_too_large(const Model& model, std::span<const ComponentId> members,
                                                       const ExploreLimits& limits);

}  // namespace nines::markov
