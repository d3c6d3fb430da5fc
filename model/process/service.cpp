// What groups serve: the rules of the model reference, "Capacity and demand".
#include "model/process/process.hpp"

namespace nines::process {

// A copy serves what its expression does, at most what is written beside `of:`.
double Process::served_by_node(const Group& group, std::uint32_t number, double demand,
                               std::span<const double> amounts) const {
  const double own = wiring_.kinds[wiring_.nodes[group.first_node + number].kind].unit.capacity;
  if (group.copies.empty()) return own;
  return std::min(own, group.copies[number].served([&](GroupId on) { return amounts[on]; }, demand));
}

double Process::served_by(GroupId id, double demand, std::span<const Slot> slots, const Signals& signals,
                          std::span<const double> amounts) const {
  if (!signals.up[id]) return 0;
  const Group& group = wiring_.groups[id];
  if (group.chain || group.network) return demand;
  if (std::holds_alternative<PrimaryStandby>(group.redundancy)) {
    // Of those that have no memory here any node would serve as much.
    const bool serving = slots[group.slot] == mode::kServing;
    return std::min(demand, served_by_node(group, serving ? slots[group.slot + 1] : 0, demand, amounts));
  }
  const std::uint32_t up = signals.nodes_up[id];
  double most = demand;
  // The lost nodes still get their share, until somebody notices.
  const bool cluster = std::holds_alternative<Cluster>(group.redundancy);
  if (cluster && slots[group.slot] == mode::kTakeoverDetecting) most = demand * up / group.nodes;
  if (group.alike) return std::min(most, up * std::min(demand, served_by_node(group, 0, demand, amounts)));
  double sum = 0;
  for (std::uint32_t i = 0; i < group.nodes; ++i)
    if (signals.node_up[group.first_node + i]) sum += served_by_node(group, i, demand, amounts);
  return std::min(most, sum);
}

void Process::serve(double demand, std::span<const Slot> slots, const Signals& signals,
                    std::vector<double>& amounts) const {
  amounts.assign(wiring_.groups.size(), 0);
  for (GroupId g = 0; g < wiring_.groups.size(); ++g) amounts[g] = served_by(g, demand, slots, signals, amounts);
}

}  // namespace nines::process
