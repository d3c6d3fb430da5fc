// The order of the nodes of a graph made better by moving single nodes, so that the frontier stays narrow.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace nines::structure {

inline constexpr std::uint32_t kMostOrdered = 320;  // nodes

// The best order found from `starts`, one or more, of at most kMostOrdered nodes. `neighbours`: by node, each once.
// `ends`: the nodes to be joined, none where that is not what is told apart. The same on every platform for the same
// graph, but for what std::exp and std::log round.
[[nodiscard]] std::vector<std::uint32_t> improved_order(std::span<const std::vector<std::uint32_t>> neighbours,
                                                        std::span<const std::uint32_t> ends,
                                                        std::span<const std::vector<std::uint32_t>> starts);

}  // namespace nines::structure
