// What a group serves: the rules of the model reference, "Capacity and demand".
#include "model/process/process.hpp"

namespace nines::process {

Service Process::service_of(GroupId id, std::span<const Slot> slots, const Signals& signals) const {
  const Group& group = wiring_.groups[id];
  const auto capacity_of = [&](NodeId node) { return wiring_.kinds[wiring_.nodes[node].kind].unit.capacity; };
  Service service;
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) {
    if (group.capacity) return {*group.capacity, 1};
    // Nobody serves in the other modes; a question that supposes otherwise is not asked here.
    if (slots[group.slot] == mode::kServing) service.capacity = capacity_of(group.first_node + slots[group.slot + 1]);
    return service;
  }
  const std::uint32_t up = signals.nodes_up[id];
  if (group.capacity) {
    if (*group.capacity < kUnlimited) service.capacity = *group.capacity * up;
  } else {
    service.capacity = 0;
    for (NodeId node = group.first_node; node < group.first_node + group.nodes; ++node)
      if (signals.node_up[node]) service.capacity += capacity_of(node);
  }
  // The lost nodes still get their share, until somebody notices.
  const bool unnoticed =
      std::holds_alternative<Cluster>(group.redundancy) && slots[group.slot] == mode::kTakeoverDetecting;
  if (unnoticed) service.share = static_cast<double>(up) / group.nodes;
  return service;
}

}  // namespace nines::process
