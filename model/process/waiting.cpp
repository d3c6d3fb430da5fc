// Who waits for a crew or a part: lists linked through the slots of the nodes, first come first served or highest
// priority first.
#include <tuple>

#include "model/process/process.hpp"

namespace nines::process {

// Whether a is to be taken before b, where the order is by priority: equals as the file lists them, nodes by number.
bool Process::comes_before(NodeId a, NodeId b, std::span<const Slot> slots) const {
  const auto key = [&](NodeId id) {
    const Node& node = wiring_.nodes[id];
    const UnitKind& kind = wiring_.kinds[node.kind];
    const double priority = kind.unit.modes[kind.mode_of(slots[node.slot])].priority;
    return std::tuple(-priority, wiring_.groups[node.group].component, node.number);
  };
  return key(a) < key(b);
}

void Process::join_line(const Line& line, NodeId id, std::span<Slot> slots) const {
  Slot& first = slots[line.slot];
  Slot& last = slots[line.slot + 1];
  Slot before = last;  // whom it stands behind
  if (line.by_priority && last != 0 && comes_before(id, last - 1, slots)) {
    before = 0;
    for (Slot other = first; other != 0 && !comes_before(id, other - 1, slots);) {
      before = other;
      other = slots[wiring_.nodes[other - 1].next_slot];
    }
  }
  Slot& link = before == 0 ? first : slots[wiring_.nodes[before - 1].next_slot];
  slots[wiring_.nodes[id].next_slot] = link;
  link = id + 1;
  if (last == before) last = id + 1;
}

NodeId Process::leave_line(const Line& line, std::span<Slot> slots) const {
  Slot& first = slots[line.slot];
  if (first == 0) return kNone;
  const NodeId id = first - 1;
  Slot& next = slots[wiring_.nodes[id].next_slot];
  first = next;
  next = 0;
  if (first == 0) slots[line.slot + 1] = 0;
  return id;
}

Slot Process::wait_for_crew(const CrewQueue& queue, NodeId id, Slot waiting, State& state) const {
  state.slots[wiring_.nodes[id].slot] = waiting;
  join_line(queue.line, id, state.slots);
  return waiting;
}

NodeId Process::free_member(const CrewQueue& queue, State& state) const {
  const NodeId next = leave_line(queue.line, state.slots);
  if (next == kNone) {
    --state.slots[queue.slot];
    return kNone;
  }
  const UnitKind& its = wiring_.kinds[wiring_.nodes[next].kind];
  Slot& slot = state.slots[wiring_.nodes[next].slot];
  slot = its.first_phase[its.mode_of(slot)];
  return next;
}

void Process::join_crew(NodeId id, std::uint32_t mode, State& state) const {
  const Node& node = wiring_.nodes[id];
  const UnitKind& kind = wiring_.kinds[node.kind];
  const std::uint32_t crew = kind.crew[mode];
  if (crew == kNone || ask_crew(wiring_.crews[crew], state))
    state.slots[node.slot] = kind.first_phase[mode];
  else
    wait_for_crew(wiring_.crews[crew], id, kind.idle(Idle::waits_for_crew, mode), state);
}

void Process::start_restoration(NodeId id, std::uint32_t mode, State& state) const {
  const UnitKind& kind = wiring_.kinds[wiring_.nodes[id].kind];
  if (kind.spare[mode] == kNone) return join_crew(id, mode, state);
  const SpareQueue& spare = wiring_.spares[kind.spare[mode]];
  state.changes.timers.push_back(spare.timer);
  if (++state.slots[spare.slot] <= spare.stock) return join_crew(id, mode, state);
  state.slots[wiring_.nodes[id].slot] = kind.idle(Idle::waits_for_part, mode);
  join_line(spare.line, id, state.slots);
}

void Process::deliver(const SpareQueue& spare, State& state) const {
  state.changes.timers.push_back(spare.timer);
  --state.slots[spare.slot];
  const NodeId next = leave_line(spare.line, state.slots);
  if (next == kNone) return;
  state.changes.units.push_back(next);
  join_crew(next, wiring_.kinds[wiring_.nodes[next].kind].mode_of(state.slots[wiring_.nodes[next].slot]), state);
}

void Process::queue_members(const Line& line, std::span<const Slot> slots, std::vector<NodeId>& out) const {
  for (Slot node = slots[line.slot]; node != 0; node = slots[wiring_.nodes[node - 1].next_slot])
    out.push_back(node - 1);
}

void Process::set_queue(const Line& line, std::span<const NodeId> members, std::span<Slot> slots) const {
  Slot* link = &slots[line.slot];
  for (const NodeId id : members) {
    *link = id + 1;
    link = &slots[wiring_.nodes[id].next_slot];
  }
  *link = 0;
  slots[line.slot + 1] = members.empty() ? 0 : members.back() + 1;
}

}  // namespace nines::process
