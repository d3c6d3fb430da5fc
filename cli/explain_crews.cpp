// Crews in words: whom they restore, and who waits for whom.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

// A part of a component that the crew restores; `label` is the component's name where it is all of it.
struct Served {
  std::string label;
  double priority = 0;

  friend bool operator==(const Served&, const Served&) = default;
};

std::vector<const Unit*> kinds(const Model& model, const Component& component) {
  std::vector<const Unit*> list;
  for (const UnitId id : component.nodes)
    if (std::find(list.begin(), list.end(), &model.units[id]) == list.end()) list.push_back(&model.units[id]);
  return list;
}

// With one priority and every way to fail, the component; else each mode or type by itself.
void add_served(const Model& model, const Component& component, CrewId crew, std::vector<Served>& served) {
  std::vector<Served> parts;
  bool whole = true;
  const std::string name = local_name(component.name) + (component.inside ? " (in every copy)" : "");
  for (const Unit* unit : kinds(model, component))
    for (const FailureMode& mode : unit->modes) {
      if (mode.crew != crew) {
        whole = whole && mode.life.is_never();
        continue;
      }
      const std::string part = !mode.name.empty()    ? fmt::format(" (mode `{}`)", mode.name)
                               : !unit->type.empty() ? fmt::format(" (type `{}`)", unit->type)
                                                     : "";
      const Served one{name + part, mode.priority};
      if (std::find(parts.begin(), parts.end(), one) == parts.end()) parts.push_back(one);
      whole = whole && mode.priority == parts.front().priority;
    }
  if (parts.empty()) return;
  if (whole) parts = {{name, parts.front().priority}};
  served.insert(served.end(), parts.begin(), parts.end());
}

std::string names(const std::vector<Served>& served) {
  std::string list;
  for (const Served& one : served) list += (list.empty() ? "" : ", ") + one.label;
  return list;
}

std::string by_priority(const std::vector<Served>& served) {
  std::map<double, std::vector<Served>, std::greater<>> levels;
  for (const Served& one : served) levels[one.priority].push_back(one);
  std::string list;
  for (const auto& [priority, members] : levels)
    list += fmt::format("{}{} {}", list.empty() ? "" : "; ", number_text(priority), names(members));
  return list;
}

}  // namespace

bool has_crews(const Model& model) {
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    for (const Unit* unit : kinds(model, model.components[id]))
      for (const FailureMode& mode : unit->modes)
        if (mode.crew != kNoCrew) return true;
  }
  return false;
}

std::string explain_crew(const Model& model, CrewId id) {
  const Crew& crew = model.crews[id];
  std::vector<Served> served;
  std::size_t units = 0;
  for (ComponentId c = 0; c < model.components.size(); ++c) {
    if (!model.used[c]) continue;
    if (speaks(model, c)) add_served(model, model.components[c], id, served);
    for (const UnitId unit : model.components[c].nodes) {
      const auto& modes = model.units[unit].modes;
      units += std::any_of(modes.begin(), modes.end(), [&](const FailureMode& mode) { return mode.crew == id; });
    }
  }
  const bool one = crew.size == 1;
  std::string text =
      fmt::format("{}: a crew of {}, {}\n", crew.name, crew.size,
                  crew.by_priority ? "of those that wait the highest priority first" : "first come, first served");
  const auto add = [&](const std::string& line) { text += "  - " + line + "\n"; };
  if (served.empty()) {
    add("Nothing that takes part names it.");
    return text;
  }
  add(fmt::format("Restores {}: {}one unit at a time, from first step to last.", names(served),
                  one ? "" : "each member "));
  if (units <= crew.size) {
    add(fmt::format("{} for {}: nothing ever waits.", one ? "There is one member" : "There are members enough",
                    units == 1 ? "one unit" : fmt::format("{} units", units)));
    return text;
  }
  const char* busy = one ? "While it is busy" : crew.size == 2 ? "While both are busy" : "While all are busy";
  if (!crew.by_priority)
    add(fmt::format("{}, units that fail wait in order of arrival, whatever they are.", busy));
  else
    add(
        fmt::format("{}, units that fail wait; who is free takes the highest priority: {}. Among equals infrastructure "
                    "comes first, then "
                    "components in order of the file, nodes by number.",
                    busy, by_priority(served)));
  add("A restoration under way is never interrupted. Waiting adds to the outage: no `mttr` contains it.");
  return text;
}

}  // namespace nines::cli
