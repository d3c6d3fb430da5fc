// The static side of a process: which nodes and groups there are, what they stand on, who depends on whom.
//
// A *group* is one component or infrastructure entry; a *node* is one of its units. Groups are numbered in order of
// dependence, so whatever a group stands on has a lower number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/description/model.hpp"

namespace nines::process {

using Slot = std::uint32_t;
using NodeId = std::uint32_t;
using GroupId = std::uint32_t;
using ActivityId = std::uint32_t;
inline constexpr std::uint32_t kNone = UINT32_MAX;

// One step of restoring one failure mode: what a failed unit is in.
struct Phase {
  std::uint32_t mode = 0;
  std::uint32_t step = 0;
  double works = 1;  // probability that the unit works afterwards; otherwise the next phase follows
};

// What equal units share. Slot value 0 is working, value 1 + i is phase i, and after the phases 1 + phases + m is
// waiting for a crew, failed in mode m.
struct UnitKind {
  Unit unit;
  std::vector<Phase> phases;
  std::vector<Slot> first_phase;    // by mode: the slot value when its restoration starts
  std::vector<std::uint32_t> crew;  // by mode: into Wiring::crews, or kNone: someone is always free

  [[nodiscard]] Slot waiting(std::uint32_t mode) const { return static_cast<Slot>(1 + phases.size() + mode); }
  [[nodiscard]] bool is_waiting(Slot slot) const { return slot > phases.size(); }
  // The mode a failed unit failed in.
  [[nodiscard]] std::uint32_t mode_of(Slot slot) const {
    return is_waiting(slot) ? slot - 1 - static_cast<std::uint32_t>(phases.size()) : phases[slot - 1].mode;
  }
};

// A crew that may have more to do than members. The crews that never have are left out: nobody waits for them.
struct CrewQueue {
  CrewId crew = 0;
  std::uint32_t size = 1;
  bool by_priority = false;
  std::uint32_t slot = 0;  // how many are busy; 1 + the first node that waits, or 0; 1 + the last
};

struct Node {
  GroupId group = 0;
  std::uint32_t number = 0;         // within its group
  std::uint32_t kind = 0;           // into Wiring::kinds
  std::uint32_t slot = 0;           // where the state keeps it
  std::uint32_t next_slot = kNone;  // 1 + the node that waits behind it for the same crew, or 0; of clients of crews
  GroupId placement = kNone;        // the infrastructure it stands on
  ActivityId first_activity = 0;    // its failure modes, then its phases
  std::uint32_t modes = 1;
  bool plain =
      false;  // one mode, restored in one step, in a group that only counts: slot 0 works, 1 is restored, 2 waits
  std::uint32_t crew = kNone;  // of a plain node: into Wiring::crews, or kNone: someone is always free
};

struct Group {
  ComponentId component = 0;
  Redundancy redundancy;
  NodeId first_node = 0;
  std::uint32_t nodes = 0;
  std::uint32_t slot = 0;  // mode, then the node it is about; Series has none
  bool reacts = false;     // has a mode
  bool counts = false;     // is up while `need` of its nodes are, whatever happened before
  std::uint32_t need = 0;  // then
  bool stirs = false;      // clocks depend on how many nodes are up
  ActivityId first_activity = 0;
  Expression needs;                 // over groups of this process; empty: none, or left to the caller
  std::optional<double> capacity;   // of each node, where all have the same
  std::vector<double> stress_with;  // load sharing: of each up node, by how many are up
  std::vector<GroupId> carries;     // groups with nodes placed on this one
  std::vector<GroupId> needed_by;   // groups whose needs name this one
};

// A clock: an event that may happen, with the law of its time.
struct Activity {
  enum class Kind : std::uint8_t {
    failure,      // of a node, in a mode
    restoration,  // of a node, one phase
    detection,
    failover,
    manual_recovery,
    failback,
    false_failover,  // of a group
  };
  Kind kind = Kind::failure;
  bool plain = false;       // of a plain node, see there
  std::uint32_t owner = 0;  // node or group
  std::uint32_t part = 0;   // mode or phase of a node
};

// Positions of a group's activities after Group::first_activity, by kind.
inline constexpr std::uint32_t kGroupActivities = 5;
[[nodiscard]] inline ActivityId group_activity(const Group& group, Activity::Kind kind) {
  return group.first_activity + static_cast<std::uint32_t>(kind) -
         static_cast<std::uint32_t>(Activity::Kind::detection);
}

// Nodes that may change places without anything being different: equal units in the same place of the same group,
// and, where the group prefers one node to another, neighbours in that preference. Every node is in exactly one.
struct Orbit {
  std::vector<NodeId> nodes;
};

// Whether a component, its crews apart, starts anything when a node goes or returns, or whether its nodes' clocks
// depend on each other. If not, its units live independently of everything, and the component is a function of what is
// up.
[[nodiscard]] bool reacts(const Component& component);

struct Wiring {
  std::vector<UnitKind> kinds;
  std::vector<Node> nodes;
  std::vector<Group> groups;
  std::vector<CrewQueue> crews;
  std::vector<Activity> activities;
  std::vector<Law> laws;  // by activity
  std::vector<Orbit> orbits;
  std::uint32_t slots = 0;
  std::vector<Slot> slot_limit;   // largest value of each slot
  std::vector<GroupId> group_of;  // by ComponentId; kNone: not in this process

  // `members` must hold whatever infrastructure the placement of its groups, and the needs of its infrastructure,
  // reach. Needs of a component that reach outside of `members` are left to the caller.
  static Wiring of(const Model& model, std::span<const ComponentId> members);
};

}  // namespace nines::process
