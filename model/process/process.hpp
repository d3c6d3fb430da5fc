// The behaviour of a model, written once for every engine: which clocks run in a state, how fast, and what happens
// when one rings. The form is the abstract functional interface of Moebius (Deavours et al., IEEE TSE 28(10), 2002).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/answer/answer.hpp"
#include "model/process/chooser.hpp"
#include "model/process/wiring.hpp"

namespace nines::process {

// What is up. A function of the slots (see Process::look), kept beside them because every event compares with it.
struct Signals {
  std::vector<char> node_up;            // not failed, and what it stands on is up
  std::vector<std::uint32_t> nodes_up;  // by group
  std::vector<char> group_up;           // the group by itself
  std::vector<char> up;                 // the group and what it needs
};

struct State {
  std::vector<Slot> slots;
  Signals signals;
  // Room for Process::fire to work in without allocating; empty between events.
  struct Scratch {
    std::vector<GroupId> groups;
    std::vector<NodeId> nodes, went_down, came_up;
  } scratch;
};

// A clock that runs, and how many times its natural speed.
struct Enabled {
  ActivityId activity = 0;
  double speed = 1;
};

// Modes of a group, the value of its first slot; the second holds a node where the comment names one.
namespace mode {
// primary-standby
inline constexpr Slot kServing = 0;    // (node)
inline constexpr Slot kDetecting = 1;  // (node)
inline constexpr Slot kSwitching = 2;  // (1 + the node a false failover left, or 0)
inline constexpr Slot kManual = 3;     // (as Switching)
inline constexpr Slot kAllDown = 4;
inline constexpr Slot kFailback = 5;
// cluster
inline constexpr Slot kNoTakeover = 0;
inline constexpr Slot kTakeoverDetecting = 1;  // (1: holds the cluster down)
inline constexpr Slot kTakeoverSwitching = 2;  // (1: holds the cluster down)
inline constexpr Slot kRecovering = 3;
}  // namespace mode

class Process {
 public:
  Process(const Model& model, std::span<const ComponentId> members);

  [[nodiscard]] const Wiring& wiring() const { return wiring_; }

  // Time 0: everything new and up, each group serves with its first node.
  [[nodiscard]] State start() const;

  // Signals from slots. `forced` (empty, or one flag per group) sets the signal of groups as if they were up, all modes
  // staying as they are, except that a group in AllDown counts as up when one of its nodes is.
  void look(std::span<const Slot> slots, std::span<const char> forced, Signals& signals) const;

  // Appends the clocks that run. Those of a node never depend on another node's clocks but through the state.
  void enabled_of_node(NodeId node, const State& state, std::vector<Enabled>& out) const;
  void enabled_of_group(GroupId group, const State& state, std::vector<Enabled>& out) const;

  // The clock rings: the state after the whole event, groups settled in order of dependence.
  void fire(ActivityId activity, State& state, Chooser& chooser) const;

  // The node a group's mode is about, if any; equal nodes that it is not about can't be told apart.
  [[nodiscard]] NodeId node_in_question(const Group& group, std::span<const Slot> slots) const;
  void set_node_in_question(const Group& group, std::span<Slot> slots, NodeId node) const;

  // Why a group is held down by its mode, if it is.
  [[nodiscard]] std::optional<Cause> mode_cause(GroupId group, std::span<const Slot> slots) const;

 private:
  [[nodiscard]] bool node_is_up(const Node& node, std::span<const Slot> slots, std::span<const char> up) const;
  [[nodiscard]] bool group_is_up(GroupId group, std::span<const Slot> slots, const Signals& signals) const;
  // Lets groups react to what changed, from `first` on; `changed` are nodes of that group whose unit changed.
  void settle(GroupId first, std::span<const NodeId> changed, State& state, Chooser& chooser) const;
  void react(GroupId group, State& state, Chooser& chooser) const;

  Wiring wiring_;
};

}  // namespace nines::process
