#include "model/description/read_crews.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

// In `crew: none`: everyone has their own, whatever the type or the unit says.
constexpr std::string_view kNobody = "none";

void read_crew(Reader& reader, const Node& node, Crew& crew) {
  const std::string what = fmt::format("crew `{}`", crew.name);
  if (node.is_scalar()) {
    if (const auto size = reader.count(node)) crew.size = *size;
    return;
  }
  if (!node.is_mapping()) {
    if (!node.reported)
      reader.error(node.place, "wrong-kind", fmt::format("{} has neither a size nor keys", what),
                   node.is_sequence() ? "a list" : "nothing here",
                   fmt::format("write `{0}: 1`, or `{0}: {{size: 2, order: priority}}`", crew.name));
    return;
  }
  reader.check_keys(node, kCrewOwner, what);
  if (const Entry* e = node.find("size"))
    if (const auto size = reader.count(e->value)) crew.size = *size;
  if (const Entry* e = node.find("order"))
    if (const auto word = reader.word(e->value, *find_key("order", kCrewOwner))) crew.by_priority = *word == "priority";
}

}  // namespace

void CrewTable::read(Reader& reader, const Node& tree) {
  complete_ = !reader.misspelt(tree, kModelOwner, "crews");
  const Entry* section = tree.find("crews");
  if (!section) return;
  if (!reader.expect_mapping(section->value, "`crews`")) {
    complete_ = false;
    return;
  }
  for (const Entry& entry : section->value.entries) {
    if (!check_name(reader, entry.key, entry.key_place)) continue;
    if (entry.key == kNobody) {
      reader.error(entry.key_place, "bad-name", "`none` can't be a crew's name", "means something",
                   "`crew: none` says that everyone has their own; give the crew another name");
      continue;
    }
    Crew crew;
    crew.name = entry.key;
    read_crew(reader, entry.value, crew);
    crews_.push_back(std::move(crew));
    places_.push_back(entry.key_place);
  }
  named_.assign(crews_.size(), 0);
}

CrewId CrewTable::find(const std::string& name) const {
  const auto found = std::find_if(crews_.begin(), crews_.end(), [&](const Crew& crew) { return crew.name == name; });
  return found == crews_.end() ? kNoCrew : static_cast<CrewId>(found - crews_.begin());
}

CrewId CrewTable::resolve(Reader& reader, const Node& node) {
  const auto name = reader.scalar(node, "the name of a crew");
  if (!name) return kNoCrew;
  const CrewId id = find(*name);
  if (id != kNoCrew) {
    named_[id] = 1;
    return id;
  }
  if (!complete_) return kNoCrew;
  std::vector<std::string> names;
  for (const Crew& crew : crews_) names.push_back(crew.name);
  const std::string suggestion = text::did_you_mean(*name, names);
  reader.error(node.place, "unknown-crew", fmt::format("there is no crew `{}`", *name), "unknown crew",
               !suggestion.empty() ? suggestion
               : is_name(*name)    ? fmt::format("declare it under `crews:`, as `{}: 1`", *name)
                                   : "declare it under `crews:`");
  return kNoCrew;
}

bool CrewTable::assign(Reader& reader, FailureMode& mode, const Entry* crew, const Entry* priority) {
  const bool nobody = crew && crew->value.is_scalar() && crew->value.scalar == kNobody;
  CrewId id = kNoCrew;
  if (crew && !nobody) {
    id = resolve(reader, crew->value);
    if (id == kNoCrew) return false;
  }
  double order = 0;
  if (priority) {
    const auto number = reader.number(priority->value);
    if (!number) return false;
    order = *number;
  }
  const bool fails = !mode.life.is_never(), restored = !mode.recovery.front().takes.is_never();
  const bool by_priority = id != kNoCrew && crews_[id].by_priority;
  // That a unit never fails is mostly an experiment, and no reason to speak of its crew.
  idle_.note(crew, restored ? nullptr : "never repaired");
  idle_.note(priority, !restored       ? "never repaired"
                       : id == kNoCrew ? "no crew, so nothing waits"
                       : !by_priority  ? "its crew takes the first that came"
                                       : nullptr);
  if (!fails || !restored) return true;
  mode.crew = id;
  mode.priority = by_priority ? order : 0;
  return true;
}

void CrewTable::offer(const Entry* entry) {
  idle_.offer(entry);
}

void CrewTable::warn_of_unused(Reader& reader) const {
  for (CrewId id = 0; id < crews_.size(); ++id)
    if (named_[id])
      reader.note_use(places_[id]);
    else
      reader.warning(places_[id], "unused", fmt::format("crew `{}` is not used", crews_[id].name), "nothing names it");
  idle_.warn(reader);
}

}  // namespace nines
