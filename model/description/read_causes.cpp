#include "model/description/read_causes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/names.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

void missing(Reader& reader, const Entry& entry, const std::string& what, const char* key, const char* does_not_say,
             const char* example) {
  if (reader.misspelt(entry.value, kCauseOwner, key)) return;
  reader.error(entry.key_place, "missing-key", fmt::format("{} does not say {}", what, does_not_say),
               fmt::format("no `{}`", key), fmt::format("add `{}`", example));
}

CommonCause read_cause(Reader& reader, const Entry& entry, const ResolveHits& resolve) {
  const std::string what = fmt::format("common cause `{}`", entry.key);
  CommonCause cause{.name = entry.key, .hits = {}, .failure = "", .restore = std::nullopt};
  if (!reader.expect_mapping(entry.value, what)) return cause;
  reader.check_keys(entry.value, kCauseOwner, what);
  if (const Entry* e = entry.value.find("mtbf")) {
    if (const auto mean = reader.positive_duration(e->value)) cause.mean_h = *mean;
  } else {
    missing(reader, entry, what, "mtbf", "how often it comes", "mtbf: 5 years");
  }
  if (const Entry* e = entry.value.find("probability"))
    if (const auto p = reader.probability(e->value)) cause.probability = *p;
  const Entry* failure = entry.value.find("failure");
  if (failure)
    if (const auto mode = reader.scalar(failure->value, "the name of a failure mode")) cause.failure = *mode;
  if (const Entry* e = entry.value.find("restore")) {
    if (const auto law = reader.law(e->value)) cause.restore = *law;
    if (failure)
      reader.error(failure->key_place, "conflicting-keys", fmt::format("{} has both `restore` and `failure`", what),
                   "no unit fails: what is hit goes down as a whole", "keep one of them");
  }
  if (const Entry* e = entry.value.find("hits")) {
    if (const auto names = reader.names(e->value, "`hits`"))
      for (const Node* name : *names)
        for (const ComponentId id : resolve(name->scalar, name->place)) cause.hits.push_back(id);
  } else {
    missing(reader, entry, what, "hits", "what it hits", "hits: [app, db]");
  }
  std::sort(cause.hits.begin(), cause.hits.end());
  cause.hits.erase(std::unique(cause.hits.begin(), cause.hits.end()), cause.hits.end());
  return cause;
}

}  // namespace

std::vector<WrittenCause> read_causes(Reader& reader, const Node& tree, const ResolveHits& resolve) {
  std::vector<WrittenCause> causes;
  const Entry* section = tree.find("common_causes");
  if (!section || !reader.expect_mapping(section->value, "`common_causes`")) return causes;
  for (const Entry& entry : section->value.entries)
    if (check_name(reader, entry.key, entry.key_place)) causes.push_back({read_cause(reader, entry, resolve), &entry});
  return causes;
}

}  // namespace nines
