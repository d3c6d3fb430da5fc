// The static side of a process: which nodes and groups there are, what they stand on, who depends on whom.
//
// A *group* is one component or infrastructure entry; a *node* is one of its units. Groups are numbered in order of
// dependence, so whatever a group stands on, and what its nodes are copies of, has a lower number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
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

// Why the restoration of a failed unit is not under way.
enum class Idle : std::uint8_t { waits_for_crew, waits_for_part, unnoticed };
inline constexpr std::uint32_t kIdles = 3;

// What equal units share. Slot value 0 is working, value 1 + i is phase i; after the phases, for each kind of Idle the
// modes one after the other.
struct UnitKind {
  Unit unit;
  std::vector<Phase> phases;
  std::vector<Slot> first_phase;     // by mode: the slot value when its restoration starts
  std::vector<std::uint32_t> crew;   // by mode: into Wiring::crews, or kNone: someone is always free
  std::vector<std::uint32_t> spare;  // by mode: into Wiring::spares, or kNone: it needs no part

  [[nodiscard]] std::uint32_t modes() const { return static_cast<std::uint32_t>(unit.modes.size()); }
  [[nodiscard]] Slot idle(Idle why, std::uint32_t mode) const {
    return 1 + static_cast<Slot>(phases.size()) + static_cast<Slot>(why) * modes() + mode;
  }
  [[nodiscard]] bool is_idle(Slot slot) const { return slot > phases.size(); }
  [[nodiscard]] bool is_idle(Slot slot, Idle why) const {
    return is_idle(slot) && (slot - 1 - static_cast<Slot>(phases.size())) / modes() == static_cast<Slot>(why);
  }
  // The mode a failed unit failed in.
  [[nodiscard]] std::uint32_t mode_of(Slot slot) const {
    return is_idle(slot) ? (slot - 1 - static_cast<std::uint32_t>(phases.size())) % modes() : phases[slot - 1].mode;
  }
};

// Units that wait, linked through Node::next_slot. Two slots: 1 + the first, or 0; 1 + the last.
struct Line {
  std::uint32_t slot = 0;
  bool by_priority = false;  // otherwise first come, first served
};

// A crew that may have more to do than members. The crews that never have are left out: nobody waits for them.
struct CrewQueue {
  CrewId crew = 0;
  std::uint32_t size = 1;
  std::uint32_t slot = 0;  // how many are busy
  Line line;
};

// A stock of parts. Each failure orders one, so that parts on order and in stock, less those waited for, are as many as
// there were at first.
struct SpareQueue {
  SpareId spare = 0;
  std::uint32_t stock = 0;
  std::uint32_t slot = 0;  // parts on order
  Line line;
  std::uint32_t timer = 0;
};

// Who fails in which mode.
struct Hit {
  std::uint32_t node = 0, mode = 0;
};

// A shock of a common cause, or of the beta factor of a kind of units. With a `slot` it takes holds down, which come
// back together; the slot is 1 meanwhile.
struct Shock {
  std::string name;  // of a common cause; empty: of beta
  double probability = 1;
  std::vector<Hit> hits;  // in the order in which they come to crews and parts
  std::uint32_t slot = UINT32_MAX;
  std::uint32_t timer = 0;
};

// A clock that is of no node and no group's mode. What runs is drawn anew whenever it starts.
struct Timer {
  enum class Kind : std::uint8_t { shock, delivery, round, inspection };
  Kind kind = Kind::shock;
  std::uint32_t owner = 0;     // into Wiring::shocks, spares, groups, groups
  std::uint32_t activity = 0;  // its first
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
  bool plain = false;     // one mode, restored in one step, at stress 1 in a group that only counts, or a network: slot
                          // 0 works, 1 is restored, 2 waits
  bool composed = false;  // up only when more is so than its slot and its place tell: a copy, or one that takes turns
  std::uint32_t crew = kNone;  // of a plain node: into Wiring::crews, or kNone: someone is always free
};

// What an event of a plain node touches, in as few bytes as there may be.
struct PlainNode {
  std::uint32_t slot = 0;
  GroupId group = 0;
  std::uint32_t need = 0;   // of its group; kNone: that is a network, see Process::turn_element
  std::uint32_t alone = 0;  // 1: it stands on nothing and waits for nobody
  GroupId placement = kNone;
  std::uint32_t crew = kNone;
};

struct Group {
  ComponentId component = 0;
  Redundancy redundancy;
  NodeId first_node = 0;
  std::uint32_t nodes = 0;
  std::uint32_t slot = 0;  // mode, then the node it is about; Series and networks have none, a chain its state alone
  bool reacts = false;     // has a mode
  bool counts = false;     // is up while `need` of its nodes are, whatever happened before
  std::uint32_t need = 0;  // then
  bool alike = false;      // all nodes serve as much as each other, by themselves
  bool stirs = false;      // clocks depend on how many nodes are up
  std::uint32_t round_slot = kNone;  // maintenance node by node: 0, 1 + 2i while node i waits for its turn, 2 + 2i
                                     // while it is out; then the number of that node
  std::uint32_t timers[2] = {kNone, kNone};  // of rounds, of inspections
  GroupId outer = kNone;                     // the group in whose node it is a copy,
  std::uint32_t outer_node = 0;              // and the number of that
  bool stressed = false;                     // the stress of its nodes may be another than 1, here or further out
  std::vector<Expression> copies;            // by node, over groups
  ActivityId first_activity = 0;
  const DrawnChain* chain = nullptr;  // a chain: it has no nodes, its slot is its state, its one activity a transition
  const NetworkGraph* network = nullptr;  // a network: its nodes are the elements of that
  std::uint32_t route = kNone;            // of a network: into Signals::routes
  Expression needs;                       // over groups of this process; empty: none, or left to the caller
  std::vector<double> stress_with;        // load sharing: of each up node, by how many are up
  std::vector<GroupId> carries;           // groups with nodes placed on this one, or that are copies of it
  std::vector<GroupId> needed_by;         // groups whose needs name this one
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
    false_failover,     // of a group
    transition,         // of a chain
    notice,             // of a node that failed unnoticed, where inspections come at a rate
    shock,              // of a timer, from here on
    joint_restoration,  // of what a shock took down
    delivery,
    round,       // one is due
    round_step,  // a node is done
    inspection,
  };
  Kind kind = Kind::failure;
  bool plain = false;       // of a plain node, see there
  std::uint32_t owner = 0;  // node, group or timer
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

// How an engine takes what comes by the calendar. `by_rate`: nodes that failed unnoticed are found one by one after
// exponential times.
enum class Calendars : std::uint8_t { kept, by_rate };

// Whether a component, its crews apart, starts anything when a node goes or returns, or whether its nodes' clocks
// depend on each other. If not, its units live independently of everything, and the component is a function of what is
// up.
[[nodiscard]] bool reacts(const Component& component);

struct Wiring {
  std::vector<UnitKind> kinds;
  std::vector<Node> nodes;
  std::vector<Group> groups;
  std::vector<CrewQueue> crews;
  std::vector<SpareQueue> spares;
  std::vector<Line> lines;  // of crews, then of spares
  std::vector<Shock> shocks;
  std::vector<Timer> timers;
  std::vector<Activity> activities;
  std::vector<Law> laws;  // by activity
  std::vector<Orbit> orbits;
  std::uint32_t networks = 0;
  std::uint32_t slots = 0;
  std::vector<Slot> slot_limit;   // largest value of each slot
  std::vector<GroupId> group_of;  // by ComponentId; kNone: not in this process

  [[nodiscard]] PlainNode plain_node(NodeId id) const {
    const Node& node = nodes[id];
    const bool network = groups[node.group].network != nullptr;
    const bool alone = node.placement == kNone && node.crew == kNone && !network;
    return {node.slot, node.group, network ? kNone : groups[node.group].need, alone, node.placement, node.crew};
  }

  // `members` must hold whatever infrastructure the placement of its groups, and the needs of its infrastructure,
  // reach, and what is in its copies. Needs of a component that reach outside of `members` are left to the caller.
  static Wiring of(const Model& model, std::span<const ComponentId> members, Calendars calendars);
};

}  // namespace nines::process
