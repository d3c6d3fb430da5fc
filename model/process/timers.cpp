// What happens when a clock rings that is of no node and no group's mode: shocks, deliveries, maintenance node by node,
// inspections.
#include <algorithm>
#include <functional>

#include "model/process/process.hpp"

namespace nines::process {

void Process::ring_timer(std::uint32_t id, Activity::Kind clock, State& state, Chooser& chooser) const {
  const Timer& timer = wiring_.timers[id];
  if (timer.kind != Timer::Kind::delivery) state.changes.timers.push_back(id);
  switch (timer.kind) {
    case Timer::Kind::delivery: return deliver(wiring_.spares[timer.owner], state);
    case Timer::Kind::inspection: return notice_all(wiring_.groups[timer.owner], state);
    case Timer::Kind::round: return step_round(timer.owner, state, chooser);
    case Timer::Kind::shock:
      if (clock == Activity::Kind::shock)
        strike(wiring_.shocks[timer.owner], state, chooser);
      else
        restore_together(wiring_.shocks[timer.owner], state, chooser);
  }
}

void Process::strike(const Shock& shock, State& state, Chooser& chooser) const {
  state.scratch.groups.clear();
  for (const Hit& hit : shock.hits) {
    const Node& node = wiring_.nodes[hit.node];
    if (state.slots[node.slot] != 0) continue;
    if (shock.probability < 1 && !chooser.happens(shock.probability)) continue;
    if (shock.slot == kNone) {
      fail(hit.node, hit.mode, state);
    } else {
      state.slots[node.slot] = 1;
      state.slots[shock.slot] = 1;
      state.changes.units.push_back(hit.node);
    }
    wake(node.group, state);
  }
  settle(state, chooser);
}

void Process::restore_together(const Shock& shock, State& state, Chooser& chooser) const {
  state.scratch.groups.clear();
  state.slots[shock.slot] = 0;
  for (const Hit& hit : shock.hits) {
    const Node& node = wiring_.nodes[hit.node];
    if (state.slots[node.slot] == 0) continue;
    state.slots[node.slot] = 0;
    state.changes.units.push_back(hit.node);
    wake(node.group, state);
  }
  settle(state, chooser);
}

// The round of maintenance goes on: it begins, or the node that is out comes back.
void Process::step_round(GroupId id, State& state, Chooser& chooser) const {
  const Group& group = wiring_.groups[id];
  Slot& round = state.slots[group.round_slot];
  if (round == 0) {
    round = 1;
  } else {
    const std::uint32_t done = round / 2;  // nodes
    round = done < group.nodes ? 2 * done + 1 : 0;
    state.slots[group.round_slot + 1] = 0;
  }
  state.scratch.groups.clear();
  wake(id, state);
  settle(state, chooser);
}

// The next node goes when every node is up and no outage or takeover is under way. Nothing follows from its going.
bool Process::send_out(GroupId id, State& state) const {
  const Group& group = wiring_.groups[id];
  Slot& round = state.slots[group.round_slot];
  if (round % 2 == 0 || state.signals.nodes_up[id] < group.nodes || state.slots[group.slot] != mode::kNoTakeover)
    return false;
  const std::uint32_t number = round / 2;
  state.slots[group.round_slot + 1] = number;
  ++round;
  state.signals.node_up[group.first_node + number] = 0;
  --state.signals.nodes_up[id];
  state.changes.timers.push_back(group.timers[0]);
  return true;
}

}  // namespace nines::process
