#include "model/description/read_component.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/read_unit.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

class ComponentReader {
 public:
  ComponentReader(Reader& reader, const Entry& entry, bool infrastructure, TypeTable& types, UnitTable& units,
                  CrewTable& crews)
      : reader_(reader), entry_(entry), body_(entry.value), types_(types), units_(units), crews_(crews) {
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
    if (kind == kByPrimaryStandby) read_pair();
    if (kind == kByCluster) read_cluster();
    if (reader_.count() == before) warn_of_short_restoration();
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
    const auto name = reader_.scalar(*type_name, "the name of a type");
    if (!name) return {};
    const auto found = types_.types.find(*name);
    if (found == types_.types.end()) {
      std::vector<std::string> names;
      for (const auto& [known, type] : types_.types) names.push_back(known);
      const std::string suggestion = text::did_you_mean(*name, names);
      reader_.error(type_name->place, "unknown-type", fmt::format("there is no type `{}`", *name), "unknown type",
                    suggestion.empty() ? "declare it under `types:`" : suggestion);
      return {};
    }
    found->second.used = true;
    if (!found->second.entry->value.is_mapping()) return {};  // that has been said
    layers.push_back(&found->second.entry->value);
    return layers;
  }

  std::optional<UnitId> unit_of(const Node* type_name) {
    UnitKeys keys{layers(type_name), what_, entry_.key_place,
                  fmt::format("type `{}`", type_name && type_name->is_scalar() ? type_name->scalar : "")};
    if (keys.layers.empty()) return std::nullopt;
    auto unit = read_unit(reader_, keys, crews_);
    if (!unit) return std::nullopt;
    if (type_name && type_name->is_scalar()) unit->type = type_name->scalar;
    return units_.add(std::move(*unit));
  }

  void read_nodes(KnownBy kind) {
    const Entry* units = find("units");
    if (units && kind == kByPrimaryStandby) return read_units(*units);
    std::uint32_t count = kind == kByCluster ? 3 : kind == kByPrimaryStandby ? 2 : 1;
    if (const Entry* nodes = find("nodes"))
      if (const auto given = reader_.count(nodes->value)) count = *given;
    const Entry* type = find("type");
    if (const auto unit = unit_of(type ? &type->value : nullptr)) component_.nodes.assign(count, *unit);
    node_count_ = count;
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

  // Detection, failover, coverage and manual recovery are read alike for both kinds.
  template <class Rules>
  void read_common(Rules& rules) {
    if (const Entry* e = find("detection")) reader_.optional_law(e->value, rules.detection);
    if (const Entry* e = find("failover")) reader_.optional_law(e->value, rules.failover);
    if (const Entry* e = find("manual_recovery")) reader_.optional_law(e->value, rules.manual_recovery);
    const Entry* coverage = find("coverage");
    if (!coverage) return;
    const auto p = reader_.probability(coverage->value);
    if (!p) return;
    rules.coverage = *p;
    if (*p == 1 || rules.manual_recovery) return;
    const Entry* manual = find("manual_recovery");
    if (reader_.misspelt(body_, kComponentOwner, "manual_recovery")) return;
    if (manual && manual->value.is_scalar())
      reader_.error(manual->value.place, "not-positive", "a recovery by hand takes some time", "takes no time",
                    "write how long the outage lasts, such as `30 min`");
    else if (!manual)
      reader_.error(coverage->key_place, "missing-key",
                    fmt::format("{} does not say what follows when a failover does not work", what_), "less than 100 %",
                    "add `manual_recovery: 30 min`");
  }

  void read_pair() {
    PrimaryStandby pair;
    read_common(pair);
    if (const Entry* e = find("failback")) reader_.optional_law(e->value, pair.failback);
    if (const Entry* e = find("false_failover");
        e && !(e->value.is_scalar() && (e->value.scalar == "never" || e->value.scalar == "none"))) {
      const auto mean = reader_.duration(e->value);
      if (mean && *mean > 0) pair.false_failover_mean_h = *mean;
    }
    read_standby(pair);
    component_.redundancy = pair;
  }

  void read_standby(PrimaryStandby& pair) {
    const Entry* standby = find("standby");
    const Entry* factor = find("standby_failure_factor");
    const auto word = standby ? reader_.word(standby->value, *find_key("standby", kComponentOwner))
                              : std::optional<std::string>("hot");
    if (!word) return;
    if (*word == "cold") pair.standby_stress = 0;
    if (*word == "warm") {
      if (!factor && reader_.misspelt(body_, kComponentOwner, "standby_failure_factor")) return;
      if (!factor) {
        reader_.error(standby->value.place, "missing-key",
                      fmt::format("{} has a warm standby but does not say how often it fails", what_),
                      "no `standby_failure_factor`",
                      "add `standby_failure_factor: 0.5`: half as often as a node that serves");
        return;
      }
      if (const auto times = reader_.number(factor->value)) pair.standby_stress = *times;
    } else if (factor) {
      reader_.error(factor->key_place, "conflicting-keys",
                    fmt::format("`standby_failure_factor` means nothing with a {} standby", *word),
                    "only a warm standby has it", "write `standby: warm`, or take it out");
    }
  }

  void read_cluster() {
    Cluster cluster;
    read_common(cluster);
    cluster.need = node_count_ / 2 + 1;
    if (const Entry* e = find("need"); e && !(e->value.is_scalar() && e->value.scalar == "majority")) {
      const auto need = reader_.count(e->value);
      if (need) cluster.need = *need;
      if (need && *need > node_count_) report_need(*e, *need);
    }
    if (!find("need") && cluster.need == node_count_ && node_count_ > 1)
      reader_.warning(entry_.key_place, "no-redundancy",
                      fmt::format("cluster `{}` needs both of its {} nodes", component_.name, node_count_),
                      "the majority of 2 is 2", "write `need: 1` if one node can do the work, or give it a third");
    if (const Entry* e = find("pause"))
      if (const auto word = reader_.word(e->value, *find_key("pause", kComponentOwner)))
        cluster.pause = *word == "all" ? Pause::all : *word == "leader" ? Pause::leader : Pause::none;
    if (const Entry* e = find("load_sharing")) {
      const auto alpha = reader_.number(e->value);
      if (alpha && *alpha > 20)
        reader_.error(e->value.place, "out-of-range", "`load_sharing` is an exponent; more than 20 makes no sense",
                      "too large");
      else if (alpha)
        cluster.load_sharing = *alpha;
    }
    component_.redundancy = cluster;
  }

  void report_need(const Entry& need, std::uint32_t wanted) {
    const Entry* nodes = find("nodes");
    const auto& sources = reader_.sources();
    std::string label = fmt::format("more than {} nodes", node_count_);
    if (nodes && nodes->value.place.source == need.value.place.source)
      label =
          fmt::format("more than `nodes: {}` on line {}", node_count_, sources.line_column(nodes->value.place).line);
    else if (!nodes)
      label += ", the default";
    auto& problem =
        reader_.error(need.value.place, "k-of-n",
                      fmt::format("cluster `{}` needs {} nodes but has only {}", component_.name, wanted, node_count_),
                      label, fmt::format("`need` must be between 1 and {}", node_count_));
    problem.notes.emplace_back("this component could never be up");
  }

  // With exponential times a restoration and the detection race: the failover starts in d/(d + r) ... of all cases,
  // which a fixed timeout would not do.
  void warn_of_short_restoration() {
    const auto* pair = std::get_if<PrimaryStandby>(&component_.redundancy);
    const auto* cluster = std::get_if<Cluster>(&component_.redundancy);
    const auto& detection = pair ? pair->detection : cluster ? cluster->detection : std::optional<Law>();
    const Entry* key = find("detection");
    if (!detection || !key || component_.nodes.empty() || (cluster && cluster->pause == Pause::none)) return;
    constexpr double kNear = 5;
    std::vector<UnitId> seen;
    for (const UnitId id : component_.nodes) {
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      for (const FailureMode& mode : units_[id].modes) {
        const RecoveryStep& first = mode.recovery.front();
        const double usual = first.works >= 0.5 ? std::min(first.takes.mean_h, mean_restoration(mode.recovery))
                                                : mean_restoration(mode.recovery);
        if (usual > kNear * detection->mean_h) continue;
        auto& problem = reader_.warning(key->value.place, "short-restoration",
                                        fmt::format("{} is often restored before its failure is detected{}", what_,
                                                    mode.name.empty() ? "" : fmt::format(" (mode `{}`)", mode.name)),
                                        fmt::format("restored in {}", duration_text(usual)),
                                        "model failures that end by themselves apart, or leave them out");
        problem.notes.emplace_back(
            "exponential times race: part of these failures start a failover that a fixed timeout would not");
      }
    }
  }

  Reader& reader_;
  const Entry& entry_;
  const Node& body_;
  TypeTable& types_;
  UnitTable& units_;
  CrewTable& crews_;
  Component component_;
  std::string what_;
  bool unknown_kind_ = false;
  std::uint32_t node_count_ = 1;
};

}  // namespace

Component read_component(Reader& reader, const Entry& entry, bool infrastructure, TypeTable& types, UnitTable& units,
                         CrewTable& crews) {
  return ComponentReader(reader, entry, infrastructure, types, units, crews).run();
}

UnitId UnitTable::add(Unit unit) {
  const auto [found, fresh] = number_.emplace(unit.type + "\n" + canonical(unit), static_cast<UnitId>(units_.size()));
  if (fresh) units_.push_back(std::move(unit));
  return found->second;
}

}  // namespace nines
