// The key table: one record for every key of a model file. It drives reading, checking, `nines explain KEY`, the JSON
// Schema and the reference page.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nines {

// Where a key may stand; a key may have several owners.
enum Owner : std::uint32_t {
  kModelOwner = 1,
  kParameterOwner = 2,
  kTypeOwner = 4,
  kComponentOwner = 8,
  kInfrastructureOwner = 16,
  kModeOwner = 32,
  kStepOwner = 64,
  kTargetOwner = 128,
  kDesignOwner = 256,
  kCrewOwner = 512,
  kDowntimeOwner = 1024,
  kSpareOwner = 2048,
  kCauseOwner = 4096,
  kChangesOwner = 8192,
  kMaintenanceOwner = 16384,
  kHeartbeatOwner = 32768,
  kChainOwner = 1U << 17U,
  kTransitionOwner = 1U << 18U,
  kDemandOwner = 1U << 16U,
  kNetworkOwner = 1U << 19U,
};

// Which redundancy knows a key of a component; kAnyRedundancy for all.
enum KnownBy : std::uint32_t { kByNone = 1, kByPrimaryStandby = 2, kByCluster = 4, kAnyRedundancy = 7 };

enum class ValueKind : std::uint8_t {
  version,       // 1
  text,          // any scalar
  name,          // of something declared elsewhere
  names,         // one name or a list of names
  duration,      // plain time: a mean where something random takes it
  period,        // a plain time, or a lone unit, which is one of it
  law,           // a duration or a written-out law
  law_or_never,  // or `never`
  law_or_beats,  // or a mapping of a heartbeat
  stock,         // a whole number, 0 allowed
  probability,
  count,
  count_or_majority,
  number,       // >= 0
  positive,     // > 0
  rate,         // money per time
  word,         // one of `words`
  expression,   // over names
  needs,        // an expression, or a list of names that are all needed
  range,        // two ends
  any,          // whatever the place that uses it takes
  entries,      // a mapping of names to entries
  steps,        // a list of recovery steps
  states,       // a mapping of names of states to `up` or `down`
  transitions,  // a list of transitions of a chain
  flag,         // `true` or `false`
  elements,     // a mapping of names of nodes to types, or to nothing
  links,        // a list of links of a network
  mapping,      // a mapping with keys of its own
  demand,       // a number above 0, or levels by name
  settings,     // a mapping of paths to values
};

struct Key {
  const char* name;
  std::uint32_t owners;
  ValueKind kind;
  std::uint32_t known_by;  // of components and infrastructure
  const char* words;       // ValueKind::word: the choices, separated by spaces
  const char* otherwise;   // the default, in words; empty: none or required
  const char* sentence;    // what it means
  bool later;              // read by a later version: refused, never ignored
};

[[nodiscard]] std::span<const Key> key_table();

// The record of a key for one owner, or null.
[[nodiscard]] const Key* find_key(std::string_view name, Owner owner);
// Names that an owner takes, those of later versions left out.
[[nodiscard]] std::vector<std::string> key_names(std::uint32_t owners);
[[nodiscard]] std::vector<std::string> words_of(const Key& key);
// `a time such as \`4 h\``: for messages and the reference page.
[[nodiscard]] const char* kind_in_words(ValueKind kind);
// `component`, `failure mode`, ... of a single owner.
[[nodiscard]] const char* owner_in_words(Owner owner);

// Of docs/model-reference.md and the editor's schema.
[[nodiscard]] std::string model_reference();
[[nodiscard]] std::string json_schema();

}  // namespace nines
