// Who waits for a crew: a list linked through the slots of the nodes, first come first served or highest priority
// first.
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

void Process::join_queue(const CrewQueue& queue, NodeId id, std::span<Slot> slots) const {
  Slot& first = slots[queue.slot + 1];
  Slot& last = slots[queue.slot + 2];
  Slot before = last;  // whom it stands behind
  if (queue.by_priority && last != 0 && comes_before(id, last - 1, slots)) {
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

NodeId Process::leave_queue(const CrewQueue& queue, std::span<Slot> slots) const {
  Slot& first = slots[queue.slot + 1];
  if (first == 0) return kNone;
  const NodeId id = first - 1;
  Slot& next = slots[wiring_.nodes[id].next_slot];
  first = next;
  next = 0;
  if (first == 0) slots[queue.slot + 2] = 0;
  return id;
}

Slot Process::wait_for_crew(const CrewQueue& queue, NodeId id, Slot waiting, State& state) const {
  state.slots[wiring_.nodes[id].slot] = waiting;
  join_queue(queue, id, state.slots);
  return waiting;
}

NodeId Process::free_member(const CrewQueue& queue, State& state) const {
  const NodeId next = leave_queue(queue, state.slots);
  if (next == kNone) {
    --state.slots[queue.slot];
    return kNone;
  }
  const UnitKind& its = wiring_.kinds[wiring_.nodes[next].kind];
  Slot& slot = state.slots[wiring_.nodes[next].slot];
  slot = its.first_phase[its.mode_of(slot)];
  return next;
}

void Process::queue_members(const CrewQueue& queue, std::span<const Slot> slots, std::vector<NodeId>& out) const {
  for (Slot node = slots[queue.slot + 1]; node != 0; node = slots[wiring_.nodes[node - 1].next_slot])
    out.push_back(node - 1);
}

void Process::set_queue(const CrewQueue& queue, std::span<const NodeId> members, std::span<Slot> slots) const {
  Slot* link = &slots[queue.slot + 1];
  for (const NodeId id : members) {
    *link = id + 1;
    link = &slots[wiring_.nodes[id].next_slot];
  }
  *link = 0;
  slots[queue.slot + 2] = members.empty() ? 0 : members.back() + 1;
}

}  // namespace nines::process
