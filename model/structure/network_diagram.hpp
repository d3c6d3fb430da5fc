// Whether a network joins what it has to connect, as a decision diagram over its elements.
#pragma once

#include <cstdint>
#include <span>

#include "model/structure/diagram.hpp"
#include "model/structure/network_order.hpp"

namespace nines::structure {

// Made level by level from the states of the frontier: for k nodes to be joined how it is parted, and whether each part
// holds one of them (Hardy, Lucet, Limnios 2007, doi:10.1109/TR.2007.898572); for a directed network from which node on
// it which others are reached. So it costs as many steps as there are states, however many paths there are.
//
// `level_of`: by element, of a variable whose value 1 says that the element is up; best ascending along
// `order.elements`. kFalse, and `diagrams` exhausted, when it does not fit the budget.
[[nodiscard]] Ref network_diagram(const NetworkGraph& graph, const NetworkOrder& order,
                                  std::span<const std::uint32_t> level_of, Diagrams& diagrams);

}  // namespace nines::structure
