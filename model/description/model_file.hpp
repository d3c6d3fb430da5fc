// From a source to checked models: one per design, with overrides.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/description/chain_file.hpp"
#include "model/description/model.hpp"
#include "model/text/node.hpp"
#include "model/text/problem.hpp"

namespace nines {

// `--set db.mttr=2h`, or one value of a sweep. The places point into a source that holds the option's text.
struct Override {
  std::string path;
  text::Place path_place;
  text::Place value_place;  // the value's text is the excerpt
};

// A file that parsed; its designs are not yet checked.
struct ModelFile {
  std::string path;  // as given on the command line
  text::SourceId source = 0;
  text::Node document;
  std::shared_ptr<ChainFiles> chain_files;  // those that its chains name
  std::vector<std::string> designs;  // the model as it stands first (key `design`, default `base`), then `designs:`
};

struct Reading {
  Model model;
  text::Problems warnings;
};

// Reads and parses; checks that the document is a mapping with `nines: 1` and finds the names of its designs.
[[nodiscard]] text::Expected<ModelFile> load_model_file(text::Sources& sources, const std::string& path);

// Registers the option's text (`db.mttr=2h`) as a source and splits it at the first `=`.
[[nodiscard]] text::Expected<Override> parse_override(text::Sources& sources, std::string_view option_name,
                                                      std::string_view text);

// Reads and checks these designs of a file (empty: all), each after its own `set` and then the overrides.
// All problems of all designs come at once, in order of place, each once. An override whose path some of the designs
// lack is a warning in those; one that all lack is an error.
[[nodiscard]] text::Expected<std::vector<Reading>> read_designs(text::Sources& sources, const ModelFile& file,
                                                                std::span<const std::string> designs,
                                                                std::span<const Override> overrides);

}  // namespace nines
