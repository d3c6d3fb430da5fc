// What has to be served and what serves it, in words.
#include <algorithm>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {

std::string explain_demand(const Model& model) {
  if (model.demand.empty()) return "";
  std::string text = "It has to serve";
  if (model.demand.size() == 1) text += fmt::format(" {}.\n", number_text(model.demand.front().level));
  if (model.demand.size() > 1) text += ", in turn:\n";
  if (model.demand.size() > 1)
    for (const DemandLevel& level : model.demand)
      text += fmt::format("  - {}: {} for {} of the time.\n", level.name, number_text(level.level), share(level.share));
  text +=
      "What is down serves nothing; what needs each other serves what the least of them does, what stands side by "
      "side\n"
      "(`or`, `k of`) the sum. `served` is the mean of min(1, capacity / demand).\n";
  if (model.target_served)
    text += fmt::format("Its target is that {} of the demand is served.\n", share(*model.target_served));
  return text;
}

std::vector<std::string> explain_capacity(const Model& model, ComponentId id) {
  const Component& component = model.components[id];
  if (!std::binary_search(model.named.begin(), model.named.end(), id)) return {};
  const bool pair = std::holds_alternative<PrimaryStandby>(component.redundancy);
  if (model.has_a_section(id)) return {"While it is up it serves any demand."};
  std::vector<double> different;
  double sum = 0;
  for (const UnitId unit : component.nodes) {
    const double capacity = model.units[unit].capacity;
    sum += capacity;
    if (std::find(different.begin(), different.end(), capacity) == different.end()) different.push_back(capacity);
  }
  if (different.size() == 1 && different[0] == kUnlimited) return {"While it is up it serves any demand."};
  std::string amounts;
  for (const double capacity : different)
    amounts += (amounts.empty() ? "" : " or ") + (capacity == kUnlimited ? "any demand" : number_text(capacity));
  if (pair) return {fmt::format("It serves what its serving node does: {}.", amounts)};
  if (component.nodes.size() == 1) return {fmt::format("While it is up it serves {}.", amounts)};
  return {fmt::format("Each node that is up serves {}{}.", amounts,
                      sum == kUnlimited ? "" : fmt::format(", all together {}", number_text(sum)))};
}

}  // namespace nines::cli
