#include "model/description/read_demand.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/description/names.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

constexpr std::size_t kMostLevels = 1000;
// Shares are decimal numbers: their sum is 1 but for the rounding of each.
constexpr double kSame = 1e-9;

std::optional<double> read_level(Reader& reader, const Node& node) {
  const auto level = reader.number(node);
  if (!level || *level > 0) return level;
  reader.error(node.place, "not-positive", "a demand is above 0", "is 0",
               "write how much has to be served; where nothing is asked for, nothing can be missed");
  return std::nullopt;
}

const Entry* required(Reader& reader, const Entry& level, const char* key, const char* without, const char* help) {
  const Entry* entry = level.value.find(key);
  if (!entry && !reader.misspelt(level.value, kDemandOwner, key))
    reader.error(level.key_place, "missing-key", fmt::format("demand `{}` does not say {}", level.key, without),
                 fmt::format("no `{}`", key), help);
  return entry;
}

std::optional<DemandLevel> read_entry(Reader& reader, const Entry& entry) {
  const std::string what = fmt::format("demand `{}`", entry.key);
  const bool named = check_name(reader, entry.key, entry.key_place);
  if (!entry.value.is_mapping()) {
    reader.error(entry.value.place, "wrong-kind", what + " must say its level and for what share of the time it lasts",
                 "not a mapping", fmt::format("write `{}: {{level: 1800, share: 40 %}}`", entry.key));
    return std::nullopt;
  }
  reader.check_keys(entry.value, kDemandOwner, what);
  std::optional<double> level, share;
  if (const Entry* e = required(reader, entry, "level", "how much has to be served", "add `level: 1800`"))
    level = read_level(reader, e->value);
  if (const Entry* e = required(reader, entry, "share", "for what share of the time it lasts", "add `share: 40 %`"))
    share = reader.probability(e->value);
  if (!named || !level || !share) return std::nullopt;
  return DemandLevel{entry.key, *level, *share};
}

void read_profile(Reader& reader, const Entry& demand, Model& model) {
  const auto& entries = demand.value.entries;
  if (entries.empty() || entries.size() > kMostLevels) {
    reader.error(
        demand.value.place, entries.empty() ? "missing-key" : "too-large",
        entries.empty() ? "the demand has no levels" : fmt::format("the demand has more than {} levels", kMostLevels),
        entries.empty() ? "empty" : "too many",
        "write `demand: {day: {level: 1800, share: 40 %}, night: {level: 600, share: 60 %}}`");
    return;
  }
  const std::size_t before = reader.count();
  double sum = 0;
  for (const Entry& entry : entries)
    if (auto level = read_entry(reader, entry)) {
      sum += level->share;
      model.demand.push_back(std::move(*level));
    }
  if (reader.count() > before) {
    model.demand.clear();
    return;
  }
  if (std::abs(sum - 1) > kSame) {
    reader.error(demand.key_place, "shares",
                 fmt::format("the shares of the demand add to {}, not to 100 %", share_text(sum)), "does not add up",
                 "the levels of a profile take all of the time between them");
    model.demand.clear();
    return;
  }
  for (DemandLevel& level : model.demand) level.share /= sum;
}

// A capacity that nothing asks for: no demand, or not of what `system` names.
void warn_of_unused(Reader& reader, const Node& tree, const Model& model) {
  const auto asked = model.asked_to_serve();
  const auto serves = [&](const std::string& name) {
    for (ComponentId id = 0; id < model.components.size(); ++id)
      if (asked[id] && model.components[id].name == name) return true;
    return false;
  };
  for (const char* section : {"types", "infrastructure", "components"}) {
    const Entry* entries = tree.find(section);
    if (!entries) continue;
    const bool infrastructure = std::string_view(section) == "infrastructure";
    for (const Entry& entry : entries->value.entries) {
      const Entry* capacity = entry.value.find("capacity");
      if (!capacity) continue;
      if (model.demand.empty())
        reader.warning(capacity->key_place, "unused", "this `capacity` has no effect", "the model has no `demand`",
                       "say what has to be served, as `demand: 2000`");
      else if (infrastructure && !serves(entry.key))
        reader.warning(capacity->key_place, "unused", "this `capacity` has no effect", "`system` does not name it",
                       "what others stand on serves no demand by itself");
      else
        reader.note_use(capacity->key_place);
    }
  }
}

}  // namespace

void mark_what_demand_asks(Model& model) {
  double peak = 0;
  for (const DemandLevel& level : model.demand) peak = std::max(peak, level.level);
  if (peak == 0) return;
  const auto asked = model.asked_to_serve();
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!asked[id]) continue;
    Component& component = model.components[id];
    if (auto* pair = std::get_if<PrimaryStandby>(&component.redundancy)) {
      const auto amount = [&](UnitId unit) { return std::min(peak, model.units[unit].capacity); };
      pair->who_serves_matters = !component.copies.empty();
      for (const UnitId unit : component.nodes)
        if (amount(unit) != amount(component.nodes.front())) pair->who_serves_matters = true;
    } else if (auto* cluster = std::get_if<Cluster>(&component.redundancy)) {
      cluster->detection_matters =
          cluster->detection && cluster->pause != Pause::all && cluster->need < component.nodes.size();
    }
  }
}

void read_demand(Reader& reader, const Node& tree, Model& model) {
  const Entry* demand = tree.find("demand");
  if (demand && demand->value.is_mapping()) {
    read_profile(reader, *demand, model);
  } else if (demand) {
    if (const auto level = read_level(reader, demand->value)) model.demand.push_back({"", *level, 1});
  }
  const Entry* target = tree.find("target");
  const Entry* served = target ? target->value.find("served") : nullptr;
  if (served && !demand && !reader.misspelt(tree, kModelOwner, "demand"))
    reader.error(served->key_place, "missing-key", "a target of what is served means nothing without a demand",
                 "the model has no `demand`", "add `demand: 2000`, and `capacity` to what serves it");
  if (reader.any_errors()) return;
  mark_what_demand_asks(model);
  warn_of_unused(reader, tree, model);
}

}  // namespace nines
