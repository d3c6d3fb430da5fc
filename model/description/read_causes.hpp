// The `common_causes:` section.
#pragma once

#include <functional>
#include <vector>

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// A cause as written: `hits` are numbers of components whose units it fails, or which it takes down as a whole.
struct WrittenCause {
  CommonCause cause;
  const text::Entry* entry = nullptr;
};

// Finds all that a name in `hits` means, or reports why it means nothing.
using ResolveHits = std::function<std::vector<ComponentId>(const std::string& name, text::Place place)>;

// Problems are reported.
[[nodiscard]] std::vector<WrittenCause> read_causes(Reader& reader, const text::Node& tree, const ResolveHits& resolve);

}  // namespace nines
