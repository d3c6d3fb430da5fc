// What fails together, waits for the same parts, or goes down as a whole, in words.
#include <algorithm>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

const FailureMode& clock_of(const Model& model, const Component& hold) {
  return model.units[hold.nodes.front()].modes.front();
}

// As the file names them: copies once.
std::string names_of(const Model& model, const std::vector<ComponentId>& ids) {
  std::vector<std::string> names;
  for (const ComponentId id : ids) {
    const Component& component = model.components[id];
    const std::string name = quoted(local_name(component.name)) + (component.inside ? " in every copy" : "");
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

// Those that are taken down by it.
std::vector<ComponentId> taken_down(const Model& model, ComponentId hold) {
  std::vector<ComponentId> list;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    const auto& holds = model.components[id].holds;
    if (model.used[id] && std::find(holds.begin(), holds.end(), hold) != holds.end()) list.push_back(id);
  }
  return list;
}

std::string hold_words(const Model& model, const Component& hold) {
  const FailureMode& clock = clock_of(model, hold);
  switch (hold.hold) {
    case Hold::bad_release:
      return fmt::format(
          "A bad release comes every {} on average and takes all of it down, its nodes untouched, until it is rolled "
          "back after {}.",
          duration_words(clock.life.mean_h), time_words(clock.recovery.front().takes));
    case Hold::maintenance:
      return fmt::format("Every {}, from time 0, it is stopped for maintenance, for {}; its nodes are not touched.",
                         duration_words(clock.life.parameters.front()),
                         duration_words(clock.recovery.front().takes.mean_h));
    case Hold::shared_cause:
      return fmt::format("Common cause {} takes all of it down, its nodes untouched.", quoted(held_by(hold)));
    case Hold::none: break;
  }
  return "";
}

std::string restored_together(const std::string& name, double mean_h, const std::string& hits, double probability,
                              const Law& restore) {
  return fmt::format(
      "{}: a common cause that is restored as one\n  - Every {} on average it takes down {}{}, nodes untouched, until "
      "all of it is restored after {}: no redundancy\n    helps against it. It does not come again meanwhile.\n",
      name, duration_words(mean_h), hits,
      probability < 1 ? fmt::format(", each with probability {}", share(probability)) : "", time_words(restore));
}

}  // namespace

std::vector<std::string> explain_fate(const Model& model, const Component& component) {
  std::vector<std::string> lines;
  if (component.beta > 0)
    lines.push_back(fmt::format(
        "{} of its failures take all units of a kind at once (the beta factor), as a common cause does; the "
        "rest stay a unit's own.",
        share(component.beta)));
  for (const ComponentId hold : component.holds) lines.push_back(hold_words(model, model.components[hold]));
  return lines;
}

std::vector<NamedWords> explain_causes(const Model& model) {
  std::vector<NamedWords> list;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    const Component& hold = model.components[id];
    if (hold.hold != Hold::shared_cause || clock_of(model, hold).life.is_never() || !model.used[id]) continue;
    list.push_back({held_by(hold), restored_together(held_by(hold), clock_of(model, hold).life.mean_h,
                                                     names_of(model, taken_down(model, id)), 1,
                                                     clock_of(model, hold).recovery.front().takes)});
  }
  for (const CommonCause& cause : model.causes) {
    if (cause.restore) {
      std::vector<ComponentId> hits;
      for (const ComponentId hold : cause.hits)
        for (const ComponentId id : taken_down(model, hold)) hits.push_back(id);
      list.push_back({cause.name, restored_together(cause.name, cause.mean_h, names_of(model, hits), cause.probability,
                                                    *cause.restore)});
      continue;
    }
    list.push_back(
        {cause.name,
         fmt::format(
             "{}: a common cause\n  - Every {} on average it strikes {}: each unit that has not failed fails{}{}, "
             "and is restored as after any other\n    failure.\n",
             cause.name, duration_words(cause.mean_h), names_of(model, cause.hits),
             cause.failure.empty() ? "" : fmt::format(" in mode {}", quoted(cause.failure)),
             cause.probability < 1 ? fmt::format(", each with probability {}", share(cause.probability)) : "")});
  }
  return list;
}

std::string explain_spare(const Model& model, SpareId id) {
  const Spare& spare = model.spares[id];
  std::vector<ComponentId> takers;
  for (ComponentId c = 0; c < model.components.size(); ++c) {
    if (!model.used[c]) continue;
    const auto& nodes = model.components[c].nodes;
    if (std::any_of(nodes.begin(), nodes.end(), [&](UnitId unit) {
          const auto& modes = model.units[unit].modes;
          return std::any_of(modes.begin(), modes.end(), [&](const FailureMode& m) { return m.spare == id; });
        }))
      takers.push_back(c);
  }
  std::string text = fmt::format("{}: {} on the shelf\n", spare.name,
                                 spare.stock == 0   ? "no part"
                                 : spare.stock == 1 ? "one part"
                                                    : fmt::format("{} parts", spare.stock));
  if (takers.empty()) return text + "  - Nothing that takes part needs it.\n";
  return text + fmt::format(
                    "  - Each failure of {} takes one, and orders another that comes after {}. When there is none, who "
                    "failed first gets\n    the next to come. Waiting adds to the outage: no `mttr` contains it.\n",
                    names_of(model, takers), time_words(spare.lead_time));
}

}  // namespace nines::cli
