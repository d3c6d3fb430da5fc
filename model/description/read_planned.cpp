#include "model/description/read_planned.hpp"

#include <fmt/format.h>

namespace nines {
namespace {

using text::Entry;
using text::Node;

// A key that has to be there.
const Entry* required(Reader& reader, const Entry& plan, Owner owner, const char* key, const std::string& what,
                      const char* example) {
  const Entry* entry = plan.value.find(key);
  if (!entry && !reader.misspelt(plan.value, owner, key))
    reader.error(plan.key_place, "missing-key", fmt::format("`{}` of {} does not say `{}`", plan.key, what, key),
                 fmt::format("no `{}`", key), fmt::format("add `{}`", example));
  return entry;
}

std::optional<double> some_time(Reader& reader, const Entry* entry) {
  return entry ? reader.positive_duration(entry->value) : std::nullopt;
}

}  // namespace

std::optional<ChangePlan> read_changes(Reader& reader, const Node& component, const std::string& what) {
  const Entry* plan = component.find("changes");
  if (!plan || (plan->value.is_scalar() && plan->value.scalar == "none")) return std::nullopt;
  const std::string whose = fmt::format("`changes` of {}", what);
  if (!reader.expect_mapping(plan->value, whose)) return std::nullopt;
  reader.check_keys(plan->value, kChangesOwner, whose);
  const auto every = some_time(reader, required(reader, *plan, kChangesOwner, "every", what, "every: 1 week"));
  const Entry* fail = required(reader, *plan, kChangesOwner, "fail", what, "fail: 5 %");
  const Entry* rollback = required(reader, *plan, kChangesOwner, "rollback", what, "rollback: 20 min");
  const double share = fail ? reader.probability(fail->value).value_or(0) : 0;
  const auto law = rollback ? reader.law(rollback->value) : std::nullopt;
  if (!every || !law || share == 0) return std::nullopt;
  return ChangePlan{*every / share, *law};
}

std::optional<MaintenancePlan> read_maintenance(Reader& reader, const Node& component, const std::string& what) {
  const Entry* plan = component.find("maintenance");
  if (!plan || (plan->value.is_scalar() && plan->value.scalar == "none")) return std::nullopt;
  const std::string whose = fmt::format("`maintenance` of {}", what);
  if (!plan->value.is_mapping()) {
    reader.expect_mapping(plan->value, whose);
    return std::nullopt;
  }
  const auto every = some_time(reader, required(reader, *plan, kMaintenanceOwner, "every", what, "every: 30 days"));
  const Entry* takes = required(reader, *plan, kMaintenanceOwner, "takes", what, "takes: 20 min");
  const double out = takes ? reader.duration(takes->value).value_or(0) : 0;
  MaintenancePlan read;
  if (const Entry* mode = plan->value.find("mode")) {
    const auto word = reader.word(mode->value, *find_key("mode", kMaintenanceOwner));
    if (!word) return std::nullopt;
    read.rolling = *word == "rolling";
  }
  if (!every || out == 0) return std::nullopt;
  read.rounds = {*every, out};
  return read;
}

std::optional<Heartbeat> read_heartbeat(Reader& reader, const Node& detection, const std::string& what) {
  const std::string whose = fmt::format("the heartbeat of {}", what);
  reader.check_keys(detection, kHeartbeatOwner, whose);
  Heartbeat beats{.beat_h = 0, .misses = 3, .loss = 0};
  const auto beat = reader.positive_duration(detection.find("heartbeat")->value);
  if (beat) beats.beat_h = *beat;
  bool fine = beat.has_value();
  if (const Entry* e = detection.find("misses")) {
    const auto misses = reader.count(e->value);
    fine = fine && misses;
    if (misses) beats.misses = *misses;
  }
  if (const Entry* e = detection.find("loss")) {
    const auto loss = reader.probability(e->value);
    fine = fine && loss;
    if (loss) beats.loss = *loss;
    if (loss && *loss == 1) {
      reader.error(e->value.place, "out-of-range", fmt::format("{} would never be heard", whose), "every beat is lost",
                   "write the share of beats that get lost, such as `0.1 %`");
      fine = false;
    }
  }
  return fine ? std::optional(beats) : std::nullopt;
}

double read_beta(Reader& reader, const Node& component, const std::string& what, std::uint32_t nodes) {
  const Entry* entry = component.find("beta");
  if (!entry) return 0;
  const auto beta = reader.probability(entry->value);
  if (!beta || *beta == 0) return 0;
  if (nodes >= 2) return *beta;
  reader.error(entry->key_place, "wrong-redundancy", fmt::format("`beta` means nothing for {}", what),
               "it has a single node", "it is the share of failures that take several nodes at once");
  return 0;
}

}  // namespace nines
