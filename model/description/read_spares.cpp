#include "model/description/read_spares.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

constexpr std::string_view kNoPart = "none";  // in `spare: none`, whatever the type or the unit says

void read_spare(Reader& reader, const Entry& entry, Spare& spare) {
  const std::string what = fmt::format("spare `{}`", entry.key);
  if (!reader.expect_mapping(entry.value, what)) return;
  reader.check_keys(entry.value, kSpareOwner, what);
  if (const Entry* e = entry.value.find("stock"))
    if (const auto stock = reader.stock(e->value)) spare.stock = *stock;
  if (const Entry* e = entry.value.find("lead_time")) {
    if (const auto law = reader.law(e->value)) spare.lead_time = *law;
  } else if (!reader.misspelt(entry.value, kSpareOwner, "lead_time")) {
    reader.error(entry.key_place, "missing-key",
                 fmt::format("{} does not say how long another part takes to come", what), "no `lead_time`",
                 "add `lead_time: 5 days`");
  }
}

}  // namespace

void SpareTable::read(Reader& reader, const Node& tree) {
  complete_ = !reader.misspelt(tree, kModelOwner, "spares");
  const Entry* section = tree.find("spares");
  if (!section) return;
  if (!reader.expect_mapping(section->value, "`spares`")) {
    complete_ = false;
    return;
  }
  for (const Entry& entry : section->value.entries) {
    if (!check_name(reader, entry.key, entry.key_place)) continue;
    if (entry.key == kNoPart) {
      reader.error(entry.key_place, "bad-name", "`none` can't be a part's name", "means something",
                   "`spare: none` says that no part is needed; give this one another name");
      continue;
    }
    Spare spare{.name = entry.key, .stock = 0, .lead_time = Law::exponential(1)};
    read_spare(reader, entry, spare);
    spares_.push_back(std::move(spare));
    places_.push_back(entry.key_place);
  }
  named_.assign(spares_.size(), 0);
}

SpareId SpareTable::resolve(Reader& reader, const Node& node) {
  const auto name = reader.scalar(node, "the name of a spare");
  if (!name) return kNoSpare;
  const auto found = std::find_if(spares_.begin(), spares_.end(), [&](const Spare& s) { return s.name == *name; });
  if (found != spares_.end()) {
    const auto id = static_cast<SpareId>(found - spares_.begin());
    named_[id] = 1;
    return id;
  }
  if (!complete_) return kNoSpare;
  std::vector<std::string> names;
  for (const Spare& spare : spares_) names.push_back(spare.name);
  const std::string suggestion = text::did_you_mean(*name, names);
  reader.error(
      node.place, "unknown-spare", fmt::format("there is no spare `{}`", *name), "unknown spare",
      suggestion.empty() ? "declare it under `spares:`, as `disk: {stock: 2, lead_time: 5 days}`" : suggestion);
  return kNoSpare;
}

bool SpareTable::assign(Reader& reader, FailureMode& mode, const Entry* spare) {
  const bool nothing = !spare || (spare->value.is_scalar() && spare->value.scalar == kNoPart);
  SpareId id = kNoSpare;
  if (!nothing) {
    id = resolve(reader, spare->value);
    if (id == kNoSpare) return false;
  }
  const bool restored = !mode.recovery.front().takes.is_never();
  idle_.note(spare, restored ? nullptr : "never repaired");
  if (!mode.life.is_never() && restored) mode.spare = id;
  return true;
}

void SpareTable::warn_of_unused(Reader& reader) const {
  for (SpareId id = 0; id < spares_.size(); ++id)
    if (named_[id])
      reader.note_use(places_[id]);
    else
      reader.warning(places_[id], "unused", fmt::format("spare `{}` is not used", spares_[id].name),
                     "nothing names it");
  idle_.warn(reader);
}

}  // namespace nines
