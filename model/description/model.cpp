#include "model/description/model.hpp"

#include <fmt/format.h>

#include "model/description/quantity.hpp"

namespace nines {

std::string to_string(const DowntimeTarget& target) {
  const std::string amount =
      target.at_most_h > 0 ? fmt::format("at most {} of", duration_text(target.at_most_h)) : "no";
  return fmt::format("{} downtime per {} with a probability of {}", amount, period_text(target.per_h),
                     share_text(target.probability));
}

double Model::node_cost_per_year() const {
  double cost = 0;
  for (ComponentId id = 0; id < components.size(); ++id)
    if (used[id])
      for (const UnitId unit : components[id].nodes) cost += units[unit].cost_per_year;
  return cost;
}

}  // namespace nines
