// An order in which things that belong together lie close together: the variables of a diagram then remember little.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace nines::structure {

// Of the things 0, 1, ... `count` - 1; `together`: sets of them. As they are, unless another order leaves far fewer
// sets open between one thing and the next: reverse Cuthill-McKee (Cuthill and McKee 1969,
// doi:10.1145/800195.805928), of things and sets. What is open costs a factor of 2.
[[nodiscard]] std::vector<std::uint32_t> close_order(std::uint32_t count,
                                                     std::span<const std::vector<std::uint32_t>> together);

}  // namespace nines::structure
