#include "model/description/read_unit.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/description/names.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

constexpr std::string_view kFailureKeys[] = {"mtbf", "afr", "fit", "availability", "failures"};
constexpr std::string_view kRestorationKeys[] = {"mttr", "recovery"};

// More than anybody writes: every step is a state of every node.
constexpr std::size_t kMostSteps = 100;
constexpr std::size_t kMostModes = 100;
constexpr std::size_t kMostStepsOfAll = 1000;

struct Slot {
  const Entry* entry = nullptr;
  std::string what;       // the component or type that holds it
  bool conflict = false;  // reported
};

// The one key of a slot in the first layer that has any.
template <class Keys>
Slot find_slot(Reader& reader, const UnitKeys& unit, const Keys& slot_keys) {
  for (const Node* layer : unit.layers) {
    const Entry* found = nullptr;
    for (const Entry& entry : layer->entries) {
      if (std::find(std::begin(slot_keys), std::end(slot_keys), entry.key) == std::end(slot_keys)) continue;
      if (found) {
        reader.error(entry.key_place, "conflicting-keys",
                     fmt::format("{} has both `{}` and `{}`", unit.what_of(layer), found->key, entry.key),
                     "says the same in another way", "keep one of them");
        return {nullptr, "", true};
      }
      found = &entry;
    }
    if (found) return {found, unit.what_of(layer), false};
  }
  return {};
}

// A slot of a single key.
const Entry* find_in_layers(const UnitKeys& unit, const char* key) {
  for (const Node* layer : unit.layers)
    if (const Entry* entry = layer->find(key)) return entry;
  return nullptr;
}

std::optional<std::vector<RecoveryStep>> read_steps(Reader& reader, const Node& node, const std::string& what) {
  if (!node.is_sequence() || node.items.empty()) {
    reader.error(node.place, "wrong-kind", fmt::format("the recovery of {} must be a list of steps", what),
                 "not a list of steps", "write `- {step: restart, takes: 30 s, works: 90 %}` lines");
    return std::nullopt;
  }
  if (node.items.size() > kMostSteps) {
    reader.error(node.items[kMostSteps].place, "too-large",
                 fmt::format("the recovery of {} has more than {} steps", what, kMostSteps), "one too many");
    return std::nullopt;
  }
  std::vector<RecoveryStep> steps;
  bool fine = true;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    const bool last = i + 1 == node.items.size();
    const std::string step_of = fmt::format("a recovery step of {}", what);
    if (!reader.expect_mapping(item, step_of)) {
      fine = false;
      continue;
    }
    reader.check_keys(item, kStepOwner, step_of);
    RecoveryStep step;
    step.name = fmt::format("step {}", i + 1);
    if (const Entry* name = item.find("step"))
      if (const auto text = reader.scalar(name->value, "a name")) step.name = *text;
    if (const Entry* takes = item.find("takes")) {
      const auto law = reader.law(takes->value);
      fine = fine && law;
      if (law) step.takes = *law;
    } else if (!reader.misspelt(item, kStepOwner, "takes")) {
      reader.error(item.place, "missing-key", fmt::format("{} does not say how long it takes", step_of), "no `takes`",
                   "add `takes: 30 s`");
      fine = false;
    }
    const Entry* works = item.find("works");
    if (works && last) {
      reader.error(works->key_place, "last-step", "the last step of a recovery always works", "not for the last step",
                   "take `works` out, or add a step that is tried when this one fails");
      fine = false;
    } else if (works) {
      const auto p = reader.probability(works->value);
      fine = fine && p;
      if (p) step.works = *p;
    } else if (!last && !reader.misspelt(item, kStepOwner, "works")) {
      reader.error(item.place, "missing-key", fmt::format("{} does not say how often it works", step_of), "no `works`",
                   "add `works: 90 %`; only the last step always works");
      fine = false;
    }
    steps.push_back(std::move(step));
  }
  if (!fine) return std::nullopt;
  return steps;
}

std::optional<std::vector<RecoveryStep>> read_restoration(Reader& reader, const Entry& entry, const std::string& what) {
  if (entry.key == "recovery") return read_steps(reader, entry.value, what);
  const auto law = reader.law(entry.value, true);
  if (!law) return std::nullopt;
  return std::vector<RecoveryStep>{{"", *law, 1.0}};
}

// The life of a unit or mode; `recovery` is null when it is missing or wrong.
std::optional<Law> read_life(Reader& reader, const Entry& entry, const std::vector<RecoveryStep>* recovery) {
  if (entry.key == "mtbf") return reader.law(entry.value);
  if (entry.key == "fit") {
    const auto fit = reader.number(entry.value);
    if (fit && *fit > 0) return Law::exponential(1e9 / *fit);
    if (fit) reader.error(entry.value.place, "not-positive", "`fit` must be above 0", "is 0");
    return std::nullopt;
  }
  const auto p = reader.probability(entry.value);
  if (!p) return std::nullopt;
  const bool by_rate = entry.key == "afr";
  if (*p == (by_rate ? 0 : 1)) return Law::never();
  if (*p == (by_rate ? 1 : 0)) {
    reader.error(entry.value.place, "out-of-range",
                 fmt::format("`{}: {}` would be a unit that never works", entry.key, entry.value.scalar),
                 "at an end of the range", "say how often the unit really fails");
    return std::nullopt;
  }
  if (entry.key == "afr") return Law::exponential(-kHoursPerYear / std::log1p(-*p));
  if (!recovery) return std::nullopt;
  const double mean = mean_restoration(*recovery);
  if (std::isfinite(mean)) return Law::exponential(mean * *p / (1 - *p));
  reader.error(entry.key_place, "conflicting-keys", "`availability` means nothing for a unit that is never repaired",
               "never repaired", "write `mtbf` in its place");
  return std::nullopt;
}

// What modes without their own take.
struct Shared {
  Slot restoration;
  const Entry* crew = nullptr;
  const Entry* priority = nullptr;
  const Entry* spare = nullptr;
};

std::optional<std::vector<FailureMode>> read_modes(Reader& reader, const Slot& slot_of_modes, const Shared& shared,
                                                   Resources& resources) {
  const Entry& failures = *slot_of_modes.entry;
  const std::string& owner = slot_of_modes.what;
  if (!failures.value.is_mapping() || failures.value.entries.empty()) {
    reader.error(failures.value.place, "wrong-kind", fmt::format("`failures` of {} must name failure modes", owner),
                 "not a mapping", "write `crash: {mtbf: 90 days, mttr: 2 min}` lines below it");
    return std::nullopt;
  }
  if (failures.value.entries.size() > kMostModes) {
    reader.error(failures.value.entries[kMostModes].key_place, "too-large",
                 fmt::format("{} has more than {} failure modes", owner, kMostModes), "one too many");
    return std::nullopt;
  }
  resources.crews.offer(shared.crew);
  resources.crews.offer(shared.priority);
  resources.spares.offer(shared.spare);
  std::vector<FailureMode> modes;
  bool fine = true;
  for (const Entry& entry : failures.value.entries) {
    const std::string what = fmt::format("failure mode `{}` of {}", entry.key, owner);
    if (!check_name(reader, entry.key, entry.key_place) || !reader.expect_mapping(entry.value, what)) {
      fine = false;
      continue;
    }
    reader.check_keys(entry.value, kModeOwner, what);
    const UnitKeys own{{&entry.value}, what, entry.key_place, ""};
    const Slot restoration = find_slot(reader, own, kRestorationKeys);
    const Slot& restores = restoration.entry ? restoration : shared.restoration;
    std::optional<std::vector<RecoveryStep>> recovery;
    if (restores.entry && !restoration.conflict) recovery = read_restoration(reader, *restores.entry, restores.what);
    if (!restores.entry && !restoration.conflict && !reader.misspelt(entry.value, kModeOwner, "mttr"))
      reader.error(entry.key_place, "missing-key", fmt::format("{} does not say how long its restoration takes", what),
                   "no `mttr`", "add `mttr: 4 h`, here or beside `failures`");
    const Slot slot = find_slot(reader, own, kFailureKeys);
    std::optional<Law> life;
    if (slot.entry && slot.entry->key != "failures")
      life = read_life(reader, *slot.entry, recovery ? &*recovery : nullptr);
    if (!slot.entry && !slot.conflict && !reader.misspelt(entry.value, kModeOwner, "mtbf"))
      reader.error(entry.key_place, "missing-key", fmt::format("{} does not say how often it happens", what),
                   "no `mtbf`", "add `mtbf: 90 days`");
    fine = fine && recovery && life;
    if (!recovery || !life) continue;
    FailureMode mode{.name = entry.key, .life = *life, .recovery = std::move(*recovery)};
    const Entry* crew = entry.value.find("crew");
    const Entry* priority = entry.value.find("priority");
    const Entry* spare = entry.value.find("spare");
    fine = resources.crews.assign(reader, mode, crew ? crew : shared.crew, priority ? priority : shared.priority) &&
           resources.spares.assign(reader, mode, spare ? spare : shared.spare) && fine;
    modes.push_back(std::move(mode));
  }
  if (!fine) return std::nullopt;
  std::size_t steps = 0;
  for (const FailureMode& mode : modes) steps += mode.recovery.size();
  if (steps <= kMostStepsOfAll) return modes;
  reader.error(failures.key_place, "too-large",
               fmt::format("the failure modes of {} have more than {} recovery steps in all", owner, kMostStepsOfAll),
               "too many");
  return std::nullopt;
}

}  // namespace

bool is_failure_key(std::string_view key) {
  return std::find(std::begin(kFailureKeys), std::end(kFailureKeys), key) != std::end(kFailureKeys);
}

bool is_restoration_key(std::string_view key) {
  return std::find(std::begin(kRestorationKeys), std::end(kRestorationKeys), key) != std::end(kRestorationKeys);
}

double mean_restoration(const std::vector<RecoveryStep>& recovery) {
  double mean = 0, reached = 1;
  for (const RecoveryStep& step : recovery) {
    mean += reached * step.takes.mean_h;
    reached *= 1 - step.works;
  }
  return mean;
}

std::optional<Unit> read_unit(Reader& reader, const UnitKeys& keys, Resources& resources) {
  Unit unit;
  bool fine = true;
  if (const Entry* cost = find_in_layers(keys, "cost")) {
    const auto rate = reader.rate(cost->value);
    fine = rate.has_value();
    if (rate) unit.cost_per_year = *rate * kHoursPerYear;
  }
  if (const Entry* capacity = find_in_layers(keys, "capacity")) {
    const auto amount = reader.number(capacity->value);
    fine = fine && amount;
    if (amount) unit.capacity = *amount;
  }
  const Entry* crew = find_in_layers(keys, "crew");
  const Entry* priority = find_in_layers(keys, "priority");
  const Entry* spare = find_in_layers(keys, "spare");
  const Slot restoration = find_slot(reader, keys, kRestorationKeys);
  const Slot life = find_slot(reader, keys, kFailureKeys);
  if (life.conflict || restoration.conflict) return std::nullopt;
  const auto misspelt = [&](std::string_view key) {
    return std::any_of(keys.layers.begin(), keys.layers.end(), [&](const Node* layer) {
      // A misspelt `type` would have said it.
      return reader.misspelt(*layer, kComponentOwner, key) || reader.misspelt(*layer, kComponentOwner, "type");
    });
  };
  if (!life.entry && misspelt("mtbf")) return std::nullopt;
  if (!life.entry) {
    reader.error(keys.place, "missing-key", fmt::format("{} does not say how often it fails", keys.what), "no `mtbf`",
                 "add `mtbf: 90 days` (or `afr`, `fit`, `availability`, `failures`)");
    fine = false;
  }
  if (life.entry && life.entry->key == "failures") {
    auto modes = read_modes(reader, life, {restoration, crew, priority, spare}, resources);
    if (!modes || !fine) return std::nullopt;
    unit.modes = std::move(*modes);
    return unit;
  }
  std::optional<std::vector<RecoveryStep>> recovery;
  if (restoration.entry)
    recovery = read_restoration(reader, *restoration.entry, restoration.what);
  else if (!misspelt("mttr"))
    reader.error(keys.place, "missing-key", fmt::format("{} does not say how long its restoration takes", keys.what),
                 "no `mttr`", "add `mttr: 4 h`, or `mttr: never`");
  std::optional<Law> law;
  if (life.entry) law = read_life(reader, *life.entry, recovery ? &*recovery : nullptr);
  if (!fine || !recovery || !law) return std::nullopt;
  FailureMode mode{.name = "", .life = *law, .recovery = std::move(*recovery)};
  if (!resources.crews.assign(reader, mode, crew, priority) || !resources.spares.assign(reader, mode, spare))
    return std::nullopt;
  unit.modes.push_back(std::move(mode));
  return unit;
}

}  // namespace nines
