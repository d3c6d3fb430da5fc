#include "model/description/unknown_names.hpp"

#include <fmt/format.h>

#include "model/text/nearest.hpp"

namespace nines {

void report_name(Reader& reader, const std::string& name, text::Place place, bool known, bool infrastructure_only,
                 const WrittenEntries& written, const AssemblyTable& assemblies) {
  if (known) {
    reader.error(place, "unknown-name", fmt::format("`{}` is a component, and nothing can stand on a component", name),
                 "a component", "name infrastructure here; `system` says which components are needed together");
    return;
  }
  if (assemblies.has(name)) {
    reader.error(place, "unknown-name", fmt::format("`{}` is an assembly: it stands for no thing by itself", name),
                 "an assembly", fmt::format("name a component with `of: {}`, such as `site: {{of: {}}}`", name, name));
    return;
  }
  std::vector<std::string> names;
  for (const Component& c : written.list)
    if (!infrastructure_only || c.infrastructure) names.push_back(c.name);
  const std::string suggestion = text::did_you_mean(name, names);
  const char* kind = infrastructure_only ? "infrastructure entry, chain or network"
                                         : "component, infrastructure entry, chain or network";
  std::string help = suggestion;
  if (help.empty())
    help = infrastructure_only
               ? fmt::format("declare it under `infrastructure:`, as `{}: {{mtbf: 5 years, mttr: 1 h}}`", name)
               : fmt::format("declare it under `components:`, as `{}: {{mtbf: 90 days, mttr: 4 h}}`", name);
  reader.error(place, "unknown-name", fmt::format("there is no {} `{}`", kind, name), "unknown name", help);
}

}  // namespace nines
