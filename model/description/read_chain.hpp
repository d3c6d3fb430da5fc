// One entry of `chains:`: drawn by hand, or read from files of another tool.
#pragma once

#include "model/description/chain_file.hpp"
#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// A component without nodes. Problems are reported; its chain is null then.
[[nodiscard]] Component read_chain(Reader& reader, const text::Entry& entry, ChainFiles& files);

}  // namespace nines
