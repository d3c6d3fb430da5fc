// A checked, immutable model of one design. All names are resolved; what it holds is sane by construction:
// k <= n, probabilities within 0..1, no cyclic needs, every mean positive. Times are in hours.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/description/drawn_chain.hpp"
#include "model/description/expression.hpp"
#include "model/description/law.hpp"
#include "model/description/network.hpp"
#include "model/text/source.hpp"

namespace nines {

// One step of an escalating restoration; `mttr` alone is a single step that works.
struct RecoveryStep {
  std::string name;  // empty for a plain mttr
  Law takes;
  double works = 1;  // the probability that it restores the unit; 1 for the last step

  friend bool operator==(const RecoveryStep&, const RecoveryStep&) = default;
};

// The number of an entry in Model::crews.
using CrewId = std::uint32_t;
inline constexpr CrewId kNoCrew = UINT32_MAX;

// The number of an entry in Model::spares.
using SpareId = std::uint32_t;
inline constexpr SpareId kNoSpare = UINT32_MAX;

struct FailureMode {
  std::string name;                    // empty when the unit has a plain mtbf
  Law life;                            // of the time the unit is not failed, at stress 1
  std::vector<RecoveryStep> recovery;  // one or more; a single step of Law::never() is not repaired
  CrewId crew = kNoCrew;               // whose members restore it; kNoCrew: everyone has their own, or nobody is needed
  double priority = 0;                 // the highest first; 0 where the crew's order is not by priority
  SpareId spare = kNoSpare;  // the part that its restoration takes from stock before it joins the crew's queue

  friend bool operator==(const FailureMode&, const FailureMode&) = default;
};

// Capacity of what serves any demand.
inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

// What one node is. Equal nodes share one entry of Model::units.
struct Unit {
  std::string type;                // the name of the type, or empty
  std::vector<FailureMode> modes;  // one or more, in order of the file; none for a node that is a copy of an assembly
  double cost_per_year = 0;
  double capacity = kUnlimited;  // what it serves while it is up, in the units of `demand`

  friend bool operator==(const Unit&, const Unit&) = default;
};

using UnitId = std::uint32_t;

struct Series {  // redundancy: none
  friend bool operator==(const Series&, const Series&) = default;
};

// A serving node that is noticed to be gone at the last of `misses` missed beats. `loss`: of the beats of a healthy
// one.
struct Heartbeat {
  double beat_h = 0;
  std::uint32_t misses = 1;
  double loss = 0;

  friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

struct PrimaryStandby {
  double standby_stress = 1;  // 1 hot, 0 cold, standby_failure_factor warm
  std::optional<Law> detection, failover, failback;
  double coverage = 1;
  std::optional<Law> manual_recovery;           // there when coverage < 1
  std::optional<double> false_failover_mean_h;  // memoryless; those of lost beats included
  std::optional<Heartbeat> heartbeat;           // then `detection` is uniform between its last two beats
  std::optional<double> inspection_h;           // how often nodes are looked at that failed while another serves
  bool who_serves_matters = false;              // there is a demand, and nodes serve more or less of it

  friend bool operator==(const PrimaryStandby&, const PrimaryStandby&) = default;
};

enum class Pause { none, leader, all };

// Planned work at fixed times, every so often from time 0.
struct Rounds {
  double every_h = 0, takes_h = 0;

  friend bool operator==(const Rounds&, const Rounds&) = default;
};

struct Cluster {
  std::uint32_t need = 1;
  std::optional<Law> detection, failover;
  Pause pause = Pause::none;
  double coverage = 1;
  std::optional<Law> manual_recovery;  // there when coverage < 1
  double load_sharing = 0;             // alpha: with u of n up each up node has stress (n/u)^alpha
  std::optional<Rounds> rolling;       // one node after the other, each out for `takes_h`
  bool detection_matters = false;      // there is a demand, and less of it is served before a loss is noticed

  friend bool operator==(const Cluster&, const Cluster&) = default;
};

// A chain: it has no nodes, and what it does is in it. It counts as infrastructure, which others may stand on.
struct HandDrawn {
  std::shared_ptr<const DrawnChain> chain;  // never null in a model that was read without errors

  friend bool operator==(const HandDrawn& a, const HandDrawn& b) {
    return a.chain == b.chain || (a.chain && b.chain && *a.chain == *b.chain);
  }
};

// A network: its nodes are what fails of it, see NetworkGraph. It counts as infrastructure, unless it is a copy.
struct Network {
  std::shared_ptr<const NetworkGraph> graph;  // never null in a model that was read without errors

  friend bool operator==(const Network& a, const Network& b) {
    return a.graph == b.graph || (a.graph && b.graph && *a.graph == *b.graph);
  }
};

using Redundancy = std::variant<Series, PrimaryStandby, Cluster, HandDrawn, Network>;

// What an entry stands for that takes others down as a whole, their nodes untouched, while it is down.
enum class Hold : std::uint8_t { none, bad_release, shared_cause, maintenance };

// Where a copy of a component is: in that node of a component with `of:`.
struct Inside {
  ComponentId component = 0;
  std::uint32_t node = 0;

  friend bool operator==(const Inside&, const Inside&) = default;
};

// A component, a copy of one, an infrastructure entry, or a hold.
struct Component {
  std::string name;  // of a copy `service[0].db`
  bool infrastructure = false;
  Redundancy redundancy;
  std::vector<UnitId> nodes;           // the unit of each node, one or more; none in a chain; of a network any number
  std::vector<ComponentId> placement;  // empty, or the infrastructure entry of each node
  Expression needs;                    // over infrastructure; empty: none. Last in it, all needed: `holds`

  Hold hold = Hold::none;          // a hold is infrastructure that the file does not list
  std::vector<ComponentId> holds;  // by which it may be taken down as a whole, in order of precedence
  double beta = 0;                 // share of failures that take all units of a kind

  std::vector<Expression> copies;  // of a component with `of:`, by node: what has to be up in it
  std::optional<Inside> inside;    // of a copy
  std::uint32_t written = 0;       // number of the entry in the file: copies of one component share it

  // What the file says that it needs.
  [[nodiscard]] Expression written_needs() const;

  friend bool operator==(const Component&, const Component&) = default;
};

// Who restores: `size` units at a time, each from its first step to its last. Who waits is served in order of arrival,
// or the highest priority first and among equals in order of the file.
struct Crew {
  std::string name;
  std::uint32_t size = 1;
  bool by_priority = false;

  friend bool operator==(const Crew&, const Crew&) = default;
};

// Parts on the shelf: each failure orders another one, which comes after the lead time.
struct Spare {
  std::string name;
  std::uint32_t stock = 0;
  Law lead_time;

  friend bool operator==(const Spare&, const Spare&) = default;
};

// A shock that fails, each with `probability` by itself, the unfailed units of `hits` in the mode `failure`, or in
// their first. With `restore` it takes `hits`, which are holds then, down until they are restored together.
struct CommonCause {
  std::string name;
  double mean_h = 0;
  double probability = 1;
  std::vector<ComponentId> hits;  // in order of Model::components, each once
  std::string failure;            // empty: the first
  std::optional<Law> restore;

  friend bool operator==(const CommonCause&, const CommonCause&) = default;
};

// The downtime of a period of length `per`, begun at a moment of the long run, is at most `at_most` with a probability
// of at least `probability`.
struct DowntimeTarget {
  double at_most_h = 0;
  double per_h = 0;
  double probability = 1;

  friend bool operator==(const DowntimeTarget&, const DowntimeTarget&) = default;
};

// `at most 22 min of downtime per month with a probability of 95 %`
[[nodiscard]] std::string to_string(const DowntimeTarget& target);

// What has to be served for a share of the time, in the units of `capacity`.
struct DemandLevel {
  std::string name;  // empty: there is one, all the time
  double level = 0;  // above 0
  double share = 1;

  friend bool operator==(const DemandLevel&, const DemandLevel&) = default;
};

struct Parameter {
  std::string name;
  std::string value;               // as written
  std::vector<std::string> range;  // as written: none or two ends
  std::string note;
  text::Place place;  // of its name
  bool used = false;
};

struct Model {
  std::string name;
  std::string design;
  std::vector<Unit> units;
  std::vector<Component> components;  // infrastructure first, then chains, networks, components, each in order of file,
                                      // copies by number, then holds; also those that nothing uses
  std::vector<Crew> crews;            // in order of the file, also those that nothing uses
  std::vector<Spare> spares;          // the same
  std::vector<CommonCause> causes;    // in order of the file, those that hit something that is used
  Expression system;                  // never empty
  std::vector<ComponentId> named;     // what `system` names, each once, in order of `components`
  std::vector<char> used;             // by component: reached from `system` through placement and needs
  std::vector<char> carries;          // by component: something that takes part stands on it
  std::vector<DemandLevel> demand;    // empty: none is given; shares add to 1
  std::optional<double> target_availability, target_served;
  std::optional<DowntimeTarget> target_downtime;
  double downtime_cost_per_h = 0;
  bool has_cost = false;  // some `cost` or `downtime_cost` is written
  std::vector<Parameter> parameters;
  std::string sha256;  // 12 digits, of the canonical form

  // The chain that a component is, or null.
  [[nodiscard]] const DrawnChain* drawn(ComponentId id) const {
    const auto* drawn = std::get_if<HandDrawn>(&components[id].redundancy);
    return drawn ? drawn->chain.get() : nullptr;
  }
  // The network that a component is, or null.
  [[nodiscard]] const NetworkGraph* network(ComponentId id) const {
    const auto* network = std::get_if<Network>(&components[id].redundancy);
    return network ? network->graph.get() : nullptr;
  }
  // Infrastructure that `system` may name like a component, with a share of its own: a chain, a network.
  [[nodiscard]] bool has_a_section(ComponentId id) const { return drawn(id) || network(id); }
  // By component: what it serves is asked for, be it by `system` or by a copy that stands for what is.
  [[nodiscard]] std::vector<char> asked_to_serve() const;
  // The yearly cost of all nodes that take part, downtime not included.
  [[nodiscard]] double node_cost_per_year() const;
};

// Whether something planned takes a component down, be it all of it or a node: maintenance, failback.
[[nodiscard]] bool has_planned_outages(const Model& model);

}  // namespace nines
