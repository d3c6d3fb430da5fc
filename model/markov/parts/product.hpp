// The joint chain of independent parts: every combination of their states, one part moving at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "model/markov/parts/part.hpp"

namespace nines::markov {

// Number of states; nothing when a part has no chain or there are more than `limit`.
[[nodiscard]] std::optional<std::uint64_t> product_size(const Parts& parts, std::span<const std::uint32_t> which,
                                                        std::uint64_t limit);

struct Product {
  Chain chain;
  std::vector<std::vector<StateIndex>> states;  // by state of the product: the state of each part
};

// Needs product_size() to have given a value.
[[nodiscard]] Product make_product(const Parts& parts, std::span<const std::uint32_t> which);

}  // namespace nines::markov
