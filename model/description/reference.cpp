// docs/model-reference.md, from the key table.
#include <fmt/format.h>

#include "model/description/keys.hpp"

namespace nines {
namespace {

std::string takes(const Key& key) {
  if (key.kind != ValueKind::word) return kind_in_words(key.kind);
  std::string list;
  for (const std::string& word : words_of(key)) list += (list.empty() ? "`" : ", `") + word + "`";
  return list;
}

std::string table(Owner owner, std::uint32_t known_by) {
  std::string text = "| key | takes | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const Key& key : key_table()) {
    if ((key.owners & owner) == 0) continue;
    if (known_by != 0 && key.known_by != known_by) continue;
    text += fmt::format("| `{}` | {} | {} | {}{} |\n", key.name, takes(key), key.otherwise, key.sentence,
                        key.later ? " *Not supported yet.*" : "");
  }
  return text + "\n";
}

}  // namespace

std::string model_reference() {
  std::string text =
      "# Model reference\n\n"
      "Made from the key table of the program; `nines explain KEY` prints the same. Every duration carries a unit; a "
      "bare number is an\n"
      "error. `$name` may stand for any value.\n\n";
  const auto add = [&](const char* title, Owner owner, std::uint32_t known_by) {
    text += fmt::format("## {}\n\n", title) + table(owner, known_by);
  };
  add("The file", kModelOwner, 0);
  add("A parameter", kParameterOwner, 0);
  add("A type", kTypeOwner, 0);
  add("A component or infrastructure entry", kComponentOwner, kAnyRedundancy);
  add("With `redundancy: primary-standby` or `cluster`", kComponentOwner, kByPrimaryStandby | kByCluster);
  add("With `redundancy: primary-standby`", kComponentOwner, kByPrimaryStandby);
  add("With `redundancy: cluster`", kComponentOwner, kByCluster);
  add("A failure mode", kModeOwner, 0);
  add("A recovery step", kStepOwner, 0);
  add("`changes`", kChangesOwner, 0);
  add("`maintenance`", kMaintenanceOwner, 0);
  add("A heartbeat", kHeartbeatOwner, 0);
  add("A crew", kCrewOwner, 0);
  add("A spare", kSpareOwner, 0);
  add("A common cause", kCauseOwner, 0);
  add("A network", kNetworkOwner, 0);
  add("A chain", kChainOwner, 0);
  add("A transition of a chain", kTransitionOwner, 0);
  add("A level of demand", kDemandOwner, 0);
  add("The target", kTargetOwner, 0);
  add("A target of downtime", kDowntimeOwner, 0);
  add("A design", kDesignOwner, 0);
  text.pop_back();
  return text;
}

}  // namespace nines
