#include "model/description/usage.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/cycles.hpp"

namespace nines {
namespace {

void reach(Model& model) {
  model.used.assign(model.components.size(), 0);
  model.carries.assign(model.components.size(), 0);
  std::vector<ComponentId> waiting;
  const auto use = [&](ComponentId id) {
    if (!model.used[id]) waiting.push_back(id);
    model.used[id] = 1;
  };
  for (const auto& term : model.system.terms)
    if (term.op == Expression::Op::name) use(term.name);
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id]) model.named.push_back(id);
  while (!waiting.empty()) {
    const ComponentId id = waiting.back();
    waiting.pop_back();
    for_each_support(model.components[id], [&](ComponentId on) {
      model.carries[on] = 1;
      use(on);
    });
    for (const Expression& copy : model.components[id].copies)
      for (const auto& term : copy.terms)
        if (term.op == Expression::Op::name) use(term.name);
  }
}

// A cause is left with what it hits of all that takes part.
void drop_idle_causes(Model& model) {
  for (CommonCause& cause : model.causes) std::erase_if(cause.hits, [&](ComponentId id) { return !model.used[id]; });
  std::erase_if(model.causes, [](const CommonCause& cause) { return cause.hits.empty(); });
}

}  // namespace

void find_used(Reader& reader, const std::vector<const text::Entry*>& entries, Model& model) {
  reach(model);
  if (reader.any_errors()) return;  // what seems unused may be what an error is about
  drop_idle_causes(model);
  for (ComponentId id = 0; id < entries.size(); ++id) {
    if (model.used[id]) reader.note_use(entries[id]->key_place);
    const bool said = id > 0 && entries[id - 1] == entries[id];  // of another copy
    if (model.used[id] || said) continue;
    const bool infrastructure = model.components[id].infrastructure;
    const char* kind = model.drawn(id)     ? "chain"
                       : model.network(id) ? "network"
                       : infrastructure    ? "infrastructure entry"
                                           : "component";
    reader.warning(entries[id]->key_place, "unused", fmt::format("{} `{}` is not used", kind, entries[id]->key),
                   infrastructure ? "nothing stands on it" : "`system` does not reach it",
                   "it takes no part and costs nothing");
  }
}

}  // namespace nines
