// How the nodes of one component stand in for each other.
#include "model/description/read_redundancy.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/description/read_planned.hpp"
#include "model/description/read_unit.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

class RedundancyReader {
 public:
  RedundancyReader(Reader& reader, const Entry& entry, const std::string& what, const Component& component,
                   std::uint32_t node_count)
      : reader_(reader),
        entry_(entry),
        body_(entry.value),
        what_(what),
        component_(component),
        node_count_(node_count) {}

  PrimaryStandby pair() { return read_pair(); }
  Cluster cluster() {
    Cluster cluster = read_cluster();
    if (heartbeat_)
      reader_.error(find("detection")->value.place, "wrong-redundancy",
                    "a heartbeat means nothing with `redundancy: cluster`", "only primary-standby knows it",
                    "write the mean time until a failure is noticed, such as `detection: 10 s`");
    return cluster;
  }

 private:
  const Entry* find(const char* key) const { return body_.find(key); }

  void read_detection(const Node& node, std::optional<Law>& detection) {
    if (!node.is_mapping() || !node.find("heartbeat")) {
      reader_.optional_law(node, detection);
      return;
    }
    heartbeat_ = read_heartbeat(reader_, node, what_);
  }

  // Detection, failover, coverage and manual recovery are read alike for both kinds.
  template <class Rules>
  void read_common(Rules& rules) {
    if (const Entry* e = find("detection")) read_detection(e->value, rules.detection);
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

  PrimaryStandby read_pair() {
    PrimaryStandby pair;
    read_common(pair);
    if (const Entry* e = find("failback")) reader_.optional_law(e->value, pair.failback);
    if (const Entry* e = find("false_failover");
        e && !(e->value.is_scalar() && (e->value.scalar == "never" || e->value.scalar == "none"))) {
      const auto mean = reader_.duration(e->value);
      if (mean && *mean > 0) pair.false_failover_mean_h = *mean;
    }
    if (heartbeat_) add_heartbeat(pair);
    if (const Entry* e = find("inspection")) read_inspection(*e, pair);
    read_standby(pair);
    return pair;
  }

  // False failovers of lost beats: `misses` in a row (docs/theory.md).
  void add_heartbeat(PrimaryStandby& pair) const {
    const Heartbeat& beats = *heartbeat_;
    pair.heartbeat = beats;
    pair.detection = Law::uniform((beats.misses - 1.0) * beats.beat_h, beats.misses * beats.beat_h);
    if (beats.loss == 0) return;
    const double row = std::pow(beats.loss, beats.misses);
    const double mean = beats.beat_h * (1 - row) / ((1 - beats.loss) * row);
    if (!std::isfinite(mean)) return;  // p^m is below 1e-300: never
    pair.false_failover_mean_h = pair.false_failover_mean_h ? 1 / (1 / *pair.false_failover_mean_h + 1 / mean) : mean;
  }

  void read_inspection(const Entry& entry, PrimaryStandby& pair) {
    const auto every = reader_.duration(entry.value);
    if (find("of"))
      reader_.error(entry.key_place, "conflicting-keys", fmt::format("{} has both `of` and `inspection`", what_),
                    "only plain units can be inspected", "inspect the components of the assembly instead");
    else if (every && *every > 0)
      pair.inspection_h = *every;
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

  Cluster read_cluster() {
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
    return cluster;
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

  Reader& reader_;
  const Entry& entry_;
  const Node& body_;
  const std::string& what_;
  const Component& component_;
  std::uint32_t node_count_;
  std::optional<Heartbeat> heartbeat_;
};

}  // namespace

Redundancy read_redundancy(Reader& reader, const Entry& entry, const std::string& what, const Component& component,
                           KnownBy kind, std::uint32_t node_count) {
  RedundancyReader redundancy(reader, entry, what, component, node_count);
  if (kind == kByPrimaryStandby) return redundancy.pair();
  return redundancy.cluster();
}

// With exponential times a restoration and the detection race: the failover starts in d/(d + r) ... of all cases,
// which a fixed timeout would not do.
void warn_of_short_restoration(Reader& reader, const Entry& entry, const std::string& what, const Component& component,
                               const UnitTable& units) {
  const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
  const auto* cluster = std::get_if<Cluster>(&component.redundancy);
  const auto& detection = pair ? pair->detection : cluster ? cluster->detection : std::optional<Law>();
  const Entry* key = entry.value.find("detection");
  if (!detection || !key || component.nodes.empty() || (cluster && cluster->pause == Pause::none)) return;
  constexpr double kNear = 5;
  std::vector<UnitId> seen;
  for (const UnitId id : component.nodes) {
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
    seen.push_back(id);
    for (const FailureMode& mode : units[id].modes) {
      const RecoveryStep& first = mode.recovery.front();
      const double usual = first.works >= 0.5 ? std::min(first.takes.mean_h, mean_restoration(mode.recovery))
                                              : mean_restoration(mode.recovery);
      if (usual > kNear * detection->mean_h) continue;
      auto& problem = reader.warning(key->value.place, "short-restoration",
                                     fmt::format("{} is often restored before its failure is detected{}", what,
                                                 mode.name.empty() ? "" : fmt::format(" (mode `{}`)", mode.name)),
                                     fmt::format("restored in {}", duration_text(usual)),
                                     "model failures that end by themselves apart, or leave them out");
      problem.notes.emplace_back(
          "exponential times race: part of these failures start a failover that a fixed timeout would not");
    }
  }
}

}  // namespace nines
