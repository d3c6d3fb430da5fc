#include "model/description/read_target.hpp"

#include <fmt/format.h>

namespace nines {
namespace {

using text::Entry;
using text::Node;

// The value of a key that has to be there, and that it is not missing for being misspelt.
const Entry* required(Reader& reader, const Entry& downtime, const char* key, const char* without, const char* help) {
  const Entry* entry = downtime.value.find(key);
  if (!entry && !reader.misspelt(downtime.value, kDowntimeOwner, key))
    reader.error(downtime.key_place, "missing-key", fmt::format("the target of downtime does not say {}", without),
                 fmt::format("no `{}`", key), help);
  return entry;
}

std::optional<DowntimeTarget> read_downtime(Reader& reader, const Entry& entry) {
  if (!reader.expect_mapping(entry.value, "the target of downtime")) return std::nullopt;
  reader.check_keys(entry.value, kDowntimeOwner, "the target of downtime");
  std::optional<double> at_most, per, probability;
  const Entry* most = required(reader, entry, "at_most", "how much is allowed", "add `at_most: 22 min`");
  if (most) at_most = reader.duration(most->value);
  if (const Entry* e = required(reader, entry, "per", "of which period it speaks", "add `per: month`"))
    per = reader.period(e->value);
  if (const Entry* e =
          required(reader, entry, "probability", "how surely it has to be kept", "add `probability: 95 %`")) {
    probability = reader.probability(e->value);
    if (probability == 0.0) {
      reader.error(e->value.place, "out-of-range", "a target that holds with a probability of 0 is none", "is 0",
                   "write how surely it has to be kept, such as `95 %`");
      probability.reset();
    }
  }
  if (!at_most || !per || !probability) return std::nullopt;
  if (*at_most >= *per) {
    reader.error(
        most->value.place, "out-of-range",
        fmt::format("no period of {} holds more downtime than {}", duration_text(*per), duration_text(*at_most)),
        "no less than the period", "write less than `per`; nothing could miss this target");
    return std::nullopt;
  }
  return DowntimeTarget{*at_most, *per, *probability};
}

}  // namespace

void read_target(Reader& reader, const Node& tree, Model& model) {
  const Entry* target = tree.find("target");
  if (!target || !reader.expect_mapping(target->value, "`target`")) return;
  reader.check_keys(target->value, kTargetOwner, "the target");
  if (const Entry* e = target->value.find("availability")) model.target_availability = reader.probability(e->value);
  if (const Entry* e = target->value.find("served")) model.target_served = reader.probability(e->value);
  if (const Entry* e = target->value.find("downtime")) model.target_downtime = read_downtime(reader, *e);
}

}  // namespace nines
