#include "model/description/read_component.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/read_planned.hpp"
#include "model/description/read_redundancy.hpp"
#include "model/description/read_unit.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

class ComponentReader {
 public:
  ComponentReader(Reader& reader, const Entry& entry, bool infrastructure, TypeTable& types, UnitTable& units,
                  Resources& resources)
      : reader_(reader), entry_(entry), body_(entry.value), types_(types), units_(units), resources_(resources) {
    component_.name = entry.key;
    component_.infrastructure = infrastructure;
    what_ = fmt::format("{} `{}`", infrastructure ? "infrastructure entry" : "component", entry.key);
  }

  Component run() {
    if (!reader_.expect_mapping(body_, what_)) return std::move(component_);
    const std::size_t before = reader_.count();
    reader_.check_keys(body_, component_.infrastructure ? kInfrastructureOwner : kComponentOwner, what_);
    const KnownBy kind = read_kind();
    refuse_foreign_keys(kind);
    read_nodes(kind);
    component_.beta = read_beta(reader_, body_, what_, node_count_);
    if (kind != kByNone) component_.redundancy = read_redundancy(reader_, entry_, what_, component_, kind, node_count_);
    if (reader_.count() == before) warn_of_short_restoration(reader_, entry_, what_, component_, units_);
    return std::move(component_);
  }

 private:
  const Entry* find(const char* key) const { return body_.find(key); }

  KnownBy read_kind() {
    const Entry* entry = find("redundancy");
    if (!entry) return kByNone;
    const auto word = reader_.word(entry->value, *find_key("redundancy", kComponentOwner));
    unknown_kind_ = !word;
    if (!word || *word == "none") return kByNone;
    return *word == "cluster" ? kByCluster : kByPrimaryStandby;
  }

  void refuse_foreign_keys(KnownBy kind) {
    if (unknown_kind_) return;
    for (const Entry& entry : body_.entries) {
      const Key* key = find_key(entry.key, kComponentOwner);
      if (!key || key->later || (key->known_by & kind) != 0) continue;
      const bool both = (key->known_by & (kByPrimaryStandby | kByCluster)) == (kByPrimaryStandby | kByCluster);
      const char* who = both                                ? "primary-standby and cluster"
                        : (key->known_by & kByCluster) != 0 ? "cluster"
                                                            : "primary-standby";
      const char* mine = kind == kByNone ? "none" : kind == kByCluster ? "cluster" : "primary-standby";
      reader_.error(entry.key_place, "wrong-redundancy",
                    fmt::format("`{}` means nothing with `redundancy: {}`", entry.key, mine),
                    fmt::format("only {} know{} it", who, both ? "" : "s"),
                    fmt::format("take it out, or write `redundancy: {}`", both ? "primary-standby" : who));
    }
  }

  std::vector<const Node*> layers(const Node* type_name) {
    std::vector<const Node*> layers{&body_};
    if (!type_name) return layers;
    const Entry* type = find_type(reader_, *type_name, types_);
    if (!type || !type->value.is_mapping()) return {};  // that has been said
    layers.push_back(&type->value);
    return layers;
  }

  std::optional<UnitId> unit_of(const Node* type_name) {
    UnitKeys keys{layers(type_name), what_, entry_.key_place,
                  fmt::format("type `{}`", type_name && type_name->is_scalar() ? type_name->scalar : "")};
    if (keys.layers.empty()) return std::nullopt;
    auto unit = read_unit(reader_, keys, resources_);
    if (!unit) return std::nullopt;
    if (type_name && type_name->is_scalar()) unit->type = type_name->scalar;
    return units_.add(std::move(*unit));
  }

  void read_nodes(KnownBy kind) {
    const Entry* units = find("units");
    if (const Entry* of = find("of")) refuse_unit_keys(*of);
    if (units && kind == kByPrimaryStandby && !find("of")) return read_units(*units);
    std::uint32_t count = kind == kByCluster ? 3 : kind == kByPrimaryStandby ? 2 : 1;
    if (const Entry* nodes = find("nodes"))
      if (const auto given = reader_.count(nodes->value)) count = *given;
    node_count_ = count;
    if (find("of")) return read_copies(count);
    const Entry* type = find("type");
    if (const auto unit = unit_of(type ? &type->value : nullptr)) component_.nodes.assign(count, *unit);
  }

  // A node that is a copy has no failures of its own.
  void read_copies(std::uint32_t count) {
    Unit copy;
    if (const Entry* cost = find("cost"))
      if (const auto rate = reader_.rate(cost->value)) copy.cost_per_year = *rate * kHoursPerYear;
    component_.nodes.assign(count, units_.add(std::move(copy)));
  }

  void refuse_unit_keys(const Entry& of) {
    for (const Entry& entry : body_.entries) {
      const Key* key = find_key(entry.key, kTypeOwner);
      if ((key && entry.key != "cost") || entry.key == "type" || entry.key == "units")
        reader_.error(entry.key_place, "conflicting-keys", fmt::format("{} has both `of` and `{}`", what_, entry.key),
                      "each node is a copy of an assembly, and what is in it fails and is restored",
                      fmt::format("take `{}` out, or say it of the components in `{}`", entry.key,
                                  of.value.is_scalar() ? of.value.scalar : "the assembly"));
    }
  }

  void read_units(const Entry& units) {
    for (const Entry& entry : body_.entries)
      if (entry.key == "nodes" || entry.key == "type" || is_failure_key(entry.key) || is_restoration_key(entry.key))
        reader_.error(entry.key_place, "conflicting-keys",
                      fmt::format("{} has both `units` and `{}`", what_, entry.key), "the types in `units` say this",
                      "keep one of them");
    const auto names = reader_.names(units.value, "`units`");
    if (!names) return;
    node_count_ = static_cast<std::uint32_t>(names->size());
    for (const Node* name : *names)
      if (const auto unit = unit_of(name)) component_.nodes.push_back(*unit);
  }

  Reader& reader_;
  const Entry& entry_;
  const Node& body_;
  TypeTable& types_;
  UnitTable& units_;
  Resources& resources_;
  Component component_;
  std::string what_;
  bool unknown_kind_ = false;
  std::uint32_t node_count_ = 1;
};

}  // namespace

Component read_component(Reader& reader, const Entry& entry, bool infrastructure, TypeTable& types, UnitTable& units,
                         Resources& resources) {
  return ComponentReader(reader, entry, infrastructure, types, units, resources).run();
}

const Entry* find_type(Reader& reader, const Node& type_name, TypeTable& types) {
  const auto name = reader.scalar(type_name, "the name of a type");
  if (!name) return nullptr;
  const auto found = types.types.find(*name);
  if (found != types.types.end()) {
    found->second.used = true;
    return found->second.entry;
  }
  std::vector<std::string> names;
  for (const auto& [known, type] : types.types) names.push_back(known);
  const std::string suggestion = text::did_you_mean(*name, names);
  reader.error(type_name.place, "unknown-type", fmt::format("there is no type `{}`", *name), "unknown type",
               suggestion.empty() ? "declare it under `types:`" : suggestion);
  return nullptr;
}

UnitId UnitTable::add(Unit unit) {
  const auto [found, fresh] = number_.emplace(unit.type + "\n" + canonical(unit), static_cast<UnitId>(units_.size()));
  if (fresh) units_.push_back(std::move(unit));
  return found->second;
}

}  // namespace nines
