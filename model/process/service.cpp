// What a group serves: the rules of the model reference, "Capacity and demand".
#include <algorithm>

#include "model/process/process.hpp"

namespace nines::process {

// As deep as copies are nested.
double Process::capacity_of(const Group& group, std::uint32_t number, std::span<const Slot> slots,
                            const Signals& signals) const {
  if (group.copies.empty()) return wiring_.kinds[wiring_.nodes[group.first_node + number].kind].unit.capacity;
  std::vector<double> stack;
  for (const auto& term : group.copies[number].terms) {
    if (term.op == Expression::Op::name) {
      const GroupId inner = term.name;
      stack.push_back(signals.up[inner] ? service_of(inner, slots, signals).capacity : 0);
      continue;
    }
    double joined = stack.back();
    for (std::uint32_t i = 1; i < term.operands; ++i) {
      const double other = stack[stack.size() - 1 - i];
      joined = term.op == Expression::Op::all_of ? std::min(other, joined) : other + joined;
    }
    stack.resize(stack.size() - term.operands);
    stack.push_back(joined);
  }
  return stack.back();
}

Service Process::service_of(GroupId id, std::span<const Slot> slots, const Signals& signals) const {
  const Group& group = wiring_.groups[id];
  Service service;
  if (group.chain) return service;
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) {
    if (group.capacity) return {*group.capacity, 1};
    // Nobody serves in the other modes; a question that supposes otherwise is not asked here.
    if (slots[group.slot] == mode::kServing) service.capacity = capacity_of(group, slots[group.slot + 1], slots, signals);
    return service;
  }
  const std::uint32_t up = signals.nodes_up[id];
  if (group.capacity) {
    if (*group.capacity < kUnlimited) service.capacity = *group.capacity * up;
  } else {
    service.capacity = 0;
    for (NodeId node = group.first_node; node < group.first_node + group.nodes; ++node)
      if (signals.node_up[node]) service.capacity += capacity_of(group, node - group.first_node, slots, signals);
  }
  // The lost nodes still get their share, until somebody notices.
  const bool unnoticed =
      std::holds_alternative<Cluster>(group.redundancy) && slots[group.slot] == mode::kTakeoverDetecting;
  if (unnoticed) service.share = static_cast<double>(up) / group.nodes;
  return service;
}

}  // namespace nines::process
