// Edits of a model's tree before it is checked: a design's entries, its `set`, `--set` and sweeps.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/description/model_file.hpp"
#include "model/description/reader.hpp"

namespace nines {

// The document without `designs:`, changed as the design says. Problems go to the reader.
[[nodiscard]] text::Node tree_of_design(Reader& reader, const ModelFile& file, const std::string& design);

// What came of one override in one design.
struct Applied {
  bool done = false;
  text::Problem problem;  // when not: why the path can't be found here
};

// Sets one value. `value` keeps its own places. Warnings (keys left aside) go to the reader.
[[nodiscard]] Applied apply_override(Reader& reader, text::Node& tree, std::string_view path, text::Place path_place,
                                     text::Node value);

// Every path that is written in the model, section names left out: for suggestions.
[[nodiscard]] std::vector<std::string> written_paths(const text::Node& tree);
// The path that was probably meant; empty when none is near.
[[nodiscard]] std::string nearest_path(const text::Node& tree, std::string_view path);

}  // namespace nines
