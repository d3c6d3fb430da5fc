// What stands on what: infrastructure must not stand on itself.
#pragma once

#include <vector>

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Visits what a component stands on, by placement and needs.
template <class Visit>
void for_each_support(const Component& component, Visit&& visit) {
  for (const ComponentId on : component.placement) visit(on);
  for (const auto& term : component.needs.terms)
    if (term.op == Expression::Op::name) visit(term.name);
}

// Reports each circle at the place that closes it. `entries` are those of the file, by component.
void report_cycles(Reader& reader, const std::vector<Component>& components,
                   const std::vector<const text::Entry*>& entries);

}  // namespace nines
