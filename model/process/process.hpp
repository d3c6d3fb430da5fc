// The behaviour of a model, written once for every engine: which clocks run in a state, how fast, and what happens
// when one rings. The form is the abstract functional interface of Moebius (Deavours et al., IEEE TSE 28(10), 2002).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/answer/answer.hpp"
#include "model/process/chooser.hpp"
#include "model/process/network.hpp"
#include "model/process/wiring.hpp"

namespace nines::process {

// What is up. A function of the slots (see Process::look), kept beside them because every event compares with it.
struct Signals {
  std::vector<char> node_up;            // not failed, and what it stands on is up
  std::vector<std::uint32_t> nodes_up;  // by group
  std::vector<char> group_up;           // the group by itself
  std::vector<char> up;                 // the group and what it needs
  std::vector<Route> routes;            // of networks, see Group::route
};

// What an event changed, for who keeps clocks of their own: only these may start, stop or change speed.
struct Changes {
  std::vector<NodeId> units;     // failed, restored, in another phase, or taken on by a crew
  std::vector<GroupId> entered;  // groups that entered a mode, the same as before included: its clock is drawn anew,
                                 // and the stress of their nodes may be another
  std::vector<GroupId> stirred;  // groups whose clocks depend on how many nodes are up, and that changed
  std::vector<std::uint32_t> timers;  // whose clock is drawn anew, or one more or less of whose orders is under way
  std::vector<GroupId> flipped;       // groups that went down or came up, with what they need

  void clear() {
    units.clear();
    entered.clear();
    stirred.clear();
    timers.clear();
    flipped.clear();
  }
};

struct State {
  std::vector<Slot> slots;
  Signals signals;
  Changes changes;  // of the last event
  // Room for Process::fire to work in without allocating.
  struct Scratch {
    std::vector<GroupId> groups;
    std::vector<NodeId> went_down, came_up;
  } scratch;
};

// Clocks that run: `count` activities from `first` on, all `speed` times as fast as by nature. A clock of a law that
// never ends may be among them.
struct Running {
  ActivityId first = 0;
  std::uint32_t count = 0;
  double speed = 1;
};

// What events of plain nodes touch of a state: addresses, good as long as the state is not copied over.
struct PlainView {
  Slot* slots;
  char* node_up;
  std::uint32_t* nodes_up;
  char* group_up;
  const char* up;

  explicit PlainView(State& state)
      : slots(state.slots.data()),
        node_up(state.signals.node_up.data()),
        nodes_up(state.signals.nodes_up.data()),
        group_up(state.signals.group_up.data()),
        up(state.signals.up.data()) {}
};

// What the clock of a plain node led to.
struct PlainTurn {
  Slot slot = 0;               // of the node
  NodeId taken_on = kNone;     // by the crew that restored it
  bool group_changed = false;  // by itself; what follows from it is to be settled
};

// What is asked "as if it were so" when looking at a state.
struct Supposing {
  // Empty, or one flag per group that is then as if up.
  std::span<const char> up;
  // As if nothing planned were under way: no maintenance, no failback.
  bool unplanned = false;
  // Empty, or one flag per group that is then as if down.
  std::span<const char> down = {};
};

// Modes of a group, the value of its first slot; the second holds a node where the comment names one. The mode of a
// chain is its state.
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
  Process(const Model& model, std::span<const ComponentId> members, Calendars calendars = Calendars::by_rate);

  [[nodiscard]] const Wiring& wiring() const { return wiring_; }

  // Time 0: everything new and up, each group serves with its first node.
  [[nodiscard]] State start() const;

  // Signals from slots. What is supposed changes signals alone, all modes staying as they are, except that a group in
  // AllDown counts as up when one of its nodes is, and one that serves as down when none is.
  void look(std::span<const Slot> slots, const Supposing& supposing, Signals& signals) const;

  // The clocks that run: of a node that works those of its failure modes, which keep their age while they stand still;
  // of one in restoration that of its phase, which is new; of a group that of its mode, which is new.
  [[nodiscard]] Running running_of_node(NodeId id, const State& state) const {
    const Node& node = wiring_.nodes[id];
    const Slot slot = state.slots[node.slot];
    if (node.plain) return {node.first_activity + slot, slot < 2 ? 1U : 0U, 1};
    return running_of_any_node(node, id, state);
  }
  [[nodiscard]] Running running_of_group(GroupId group, const State& state) const;
  // Of a timer that of its phase, which is new. Of deliveries `speed` says how many orders are under way, each with a
  // clock of its own.
  [[nodiscard]] Running running_of_timer(std::uint32_t timer, const State& state) const;

  // The clock rings: the state after the whole event, groups settled in order of dependence.
  void fire(ActivityId id, State& state, Chooser& chooser) const {
    state.changes.clear();
    const Activity& activity = wiring_.activities[id];
    if (!activity.plain) return fire_any(activity, state, chooser);
    state.changes.units.push_back(activity.owner);
    const PlainNode node = wiring_.plain_node(activity.owner);
    const PlainTurn turn = turn_plain(node, activity.owner, PlainView(state), state);
    if (turn.taken_on != kNone) state.changes.units.push_back(turn.taken_on);
    if (turn.group_changed) settle_plain(node.group, state, chooser);
  }

  // What fire() does with the clock of a plain node: it fails or is restored, then a crew may take on another, and its
  // group be another. Inline, by what stays in registers: most events of large systems are no more than this.
  PlainTurn turn_plain(const PlainNode& node, NodeId id, const PlainView& view, State& state) const {
    PlainTurn turn;
    Slot& slot = view.slots[node.slot];
    if (node.crew == kNone)
      turn.slot = slot ^ 1U;
    else if (slot != 0)
      turn.taken_on = free_member(wiring_.crews[node.crew], state);
    else
      turn.slot = ask_crew(wiring_.crews[node.crew], state) ? 1 : wait_for_crew(wiring_.crews[node.crew], id, 2, state);
    slot = turn.slot;
    const bool up = (turn.slot == 0) & (node.placement == kNone || view.up[node.placement] != 0);
    if (up == (view.node_up[id] != 0)) return turn;
    turn.group_changed = node.need == kNone ? turn_element(node.group, id, up, state) : count_plain(node, id, up, view);
    return turn;
  }
  // An element of a network went down or came up: whether the network did, by itself.
  bool turn_element(GroupId network, NodeId id, bool up, State& state) const;
  // The same of one that is alone: whether its group changed.
  static bool turn_alone(const PlainNode& node, NodeId id, const PlainView& view) {
    const Slot slot = view.slots[node.slot] ^= 1U;
    return count_plain(node, id, slot ^ 1U, view);
  }
  // To be called then when it says so: what follows from a group of plain nodes going down or coming up.
  void settle_plain(GroupId group, State& state, Chooser& chooser) const {
    if (note_group(group, state)) settle_above(group, state, chooser);
  }

  // The node a group's mode is about, if any; equal nodes that it is not about can't be told apart.
  [[nodiscard]] NodeId node_in_question(const Group& group, std::span<const Slot> slots) const;
  void set_node_in_question(const Group& group, std::span<Slot> slots, NodeId node) const;

  // Those who wait in a line, first the one who is served next.
  void queue_members(const Line& line, std::span<const Slot> slots, std::vector<NodeId>& out) const;
  // The other way round: for who renames nodes. The members have to be waiting, in this order.
  void set_queue(const Line& line, std::span<const NodeId> members, std::span<Slot> slots) const;

  // What a group serves of a demand: nothing while it is down. `amounts`: by group, of those in its copies.
  [[nodiscard]] double served_by(GroupId group, double demand, std::span<const Slot> slots, const Signals& signals,
                                 std::span<const double> amounts) const;
  // The same of all groups.
  void serve(double demand, std::span<const Slot> slots, const Signals& signals, std::vector<double>& amounts) const;

  // Why a group is held down by its mode, or by a node that is out for maintenance, if it is. `signals`: as it is.
  [[nodiscard]] std::optional<Cause> mode_cause(GroupId group, std::span<const Slot> slots,
                                                const Signals& signals) const;
  // Whether something planned is under way in it.
  [[nodiscard]] bool is_planned(GroupId group, std::span<const Slot> slots) const;

 private:
  // What a node that is up serves, be it more than the demand.
  [[nodiscard]] double served_by_node(const Group& group, std::uint32_t number, double demand,
                                      std::span<const double> amounts) const;
  // A plain node went down (0) or came up (1). Whether the last one that its group wants did. By arithmetic: which of
  // both is as good as a coin.
  [[nodiscard]] static bool count_plain(const PlainNode& node, NodeId id, std::uint32_t up, const PlainView& view) {
    view.node_up[id] = static_cast<char>(up);
    const std::uint32_t nodes_up = view.nodes_up[node.group] += 2 * up - 1;
    const bool changed = nodes_up + 1 - up == node.need;
    if (changed) [[unlikely]]
      view.group_up[node.group] = static_cast<char>(up);
    return changed;
  }
  [[nodiscard]] bool node_is_up(const Node& node, std::span<const Slot> slots, std::span<const char> up) const {
    const bool place_up = node.placement == kNone || up[node.placement];
    return static_cast<unsigned>(slots[node.slot] == 0) & static_cast<unsigned>(place_up);
  }
  // Of a composed node: what its slot and its place do not tell. `unplanned`: as if none were out for maintenance.
  [[nodiscard]] bool is_composed_up(const Node& node, std::span<const Slot> slots, std::span<const char> up,
                                    bool unplanned = false) const;
  [[nodiscard]] bool any_node_is_up(const Node& node, std::span<const Slot> slots, std::span<const char> up) const {
    return node_is_up(node, slots, up) && (!node.composed || is_composed_up(node, slots, up));
  }
  [[nodiscard]] double stress_of(GroupId group, std::uint32_t number, const State& state) const;
  // The node of its group that is out for maintenance, or kNone.
  [[nodiscard]] static NodeId node_out(const Group& group, std::span<const Slot> slots) {
    if (group.round_slot == kNone) return kNone;
    const Slot round = slots[group.round_slot];
    return round != 0 && round % 2 == 0 ? group.first_node + slots[group.round_slot + 1] : kNone;
  }
  [[nodiscard]] Running running_of_any_node(const Node& node, NodeId id, const State& state) const;
  void fire_any(const Activity& activity, State& state, Chooser& chooser) const;
  // Brings what a group signals up to date, what it needs included. Whether that is something else.
  bool note_group(GroupId group, State& state) const;
  // Of a group that is no network.
  [[nodiscard]] bool group_is_up(GroupId group, std::span<const Slot> slots, const Signals& signals,
                                 bool unplanned = false) const;
  // Whether a member of the crew is free, who then is busy.
  [[nodiscard]] static bool ask_crew(const CrewQueue& queue, State& state) {
    Slot& busy = state.slots[queue.slot];
    const bool free = busy < queue.size;
    busy += free ? 1 : 0;
    return free;
  }
  // Puts a node, failed as `waiting` says, in the queue. Gives `waiting`.
  Slot wait_for_crew(const CrewQueue& queue, NodeId node, Slot waiting, State& state) const;
  // A member of the crew is done: takes on who is next, if any, and says whom.
  NodeId free_member(const CrewQueue& queue, State& state) const;
  void fail(NodeId node, std::uint32_t mode, State& state) const;
  [[nodiscard]] bool fails_unnoticed(const Node& node, const State& state) const;
  // First the part, then the crew, then the first phase.
  void start_restoration(NodeId node, std::uint32_t mode, State& state) const;
  void join_crew(NodeId node, std::uint32_t mode, State& state) const;
  // Whether it was failed unnoticed; its restoration starts.
  bool notice(NodeId node, State& state) const;
  void notice_all(const Group& group, State& state) const;
  void ring_timer(std::uint32_t timer, Activity::Kind clock, State& state, Chooser& chooser) const;
  void deliver(const SpareQueue& spare, State& state) const;
  void strike(const Shock& shock, State& state, Chooser& chooser) const;
  void restore_together(const Shock& shock, State& state, Chooser& chooser) const;
  // Maintenance node by node: a node goes out if it may; and it comes back, or the round begins.
  bool send_out(GroupId group, State& state) const;
  void step_round(GroupId group, State& state, Chooser& chooser) const;
  // Whether the unit works then.
  bool end_phase(NodeId node, std::uint32_t phase, State& state, Chooser& chooser) const;
  void ring_group(GroupId group, Activity::Kind clock, State& state, Chooser& chooser) const;
  void move_chain(GroupId group, State& state, Chooser& chooser) const;
  // Lets a group react to its nodes that went down and came up. Whether it went down or came up itself, with its needs.
  bool react(GroupId group, std::span<const NodeId> down, std::span<const NodeId> up, State& state,
             Chooser& chooser) const;
  // Lets what stands on a group react to its going down or coming up.
  void settle_above(GroupId changed, State& state, Chooser& chooser) const;
  void wake_above(GroupId changed, State& state) const;
  static void wake(GroupId group, State& state);
  // Lets the groups that wait, and whatever those move, look at their nodes and react.
  void settle(State& state, Chooser& chooser) const;

  [[nodiscard]] bool comes_before(NodeId a, NodeId b, std::span<const Slot> slots) const;
  void join_line(const Line& line, NodeId node, std::span<Slot> slots) const;
  // The one who is served next, taken out; kNone: nobody waits.
  NodeId leave_line(const Line& line, std::span<Slot> slots) const;

  Wiring wiring_;
};

}  // namespace nines::process
