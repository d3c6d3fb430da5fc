// From the tree of one design to its checked model.
#pragma once

#include "model/description/chain_file.hpp"
#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Problems (errors and warnings) go to the reader; the model is sane only when there was no error.
[[nodiscard]] Model read_model(Reader& reader, text::Node tree, const std::string& design,
                               const std::string& default_name, ChainFiles& chain_files);

}  // namespace nines
