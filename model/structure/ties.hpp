// What makes components depend on each other, one rule at a time.
#pragma once

#include <vector>

#include "model/description/model.hpp"

namespace nines::structure {

// By component: it is a copy in something that reacts, so that its own needs start things there.
[[nodiscard]] std::vector<char> inside_reacting(const Model& model);

// Components tied to each other whatever they stand on, in lists of one or more: by a crew that may have more to do
// than members, by spares, by common causes, by a beta. A list may name one twice.
[[nodiscard]] std::vector<std::vector<ComponentId>> ties_of(const Model& model);

// What the behaviour of a component sees: what its nodes stand on or are copies of; of infrastructure, and of what is a
// copy in something that reacts, also what it needs.
template <class Visit>
void for_each_support(const Component& component, bool inside_reacting, Visit&& visit) {
  const auto visit_all = [&](const Expression& expression) {
    for (const auto& term : expression.terms)
      if (term.op == Expression::Op::name) visit(term.name);
  };
  for (const ComponentId on : component.placement) visit(on);
  for (const Expression& copy : component.copies) visit_all(copy);
  if (component.infrastructure || inside_reacting) visit_all(component.needs);
}

}  // namespace nines::structure
