// Paths into a network that name what may stand there and is not written.
#pragma once

#include <span>
#include <string>

#include "model/text/node.hpp"

namespace nines {

// Makes room for what `path` names below an entry of `networks:`: `nodes.r2` of a node that links name alone, and
// `links.0.2`, the type of a link that has none. `tree`: the model, for its parameters. Anything else stays as it is.
void make_room_in_network(text::Node& tree, text::Node& network, std::span<const std::string> path, text::Place place);

}  // namespace nines
