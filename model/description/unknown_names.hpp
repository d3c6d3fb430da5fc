// A name that stands where it names nothing, or nothing that may stand there.
#pragma once

#include <string>

#include "model/description/read_assemblies.hpp"
#include "model/description/reader.hpp"

namespace nines {

// `known`: it is a component, where only infrastructure may stand.
void report_name(Reader& reader, const std::string& name, text::Place place, bool known, bool infrastructure_only,
                 const WrittenEntries& written, const AssemblyTable& assemblies);

}  // namespace nines
