#include "model/description/model.hpp"

namespace nines {

double Model::node_cost_per_year() const {
  double cost = 0;
  for (ComponentId id = 0; id < components.size(); ++id)
    if (used[id])
      for (const UnitId unit : components[id].nodes) cost += units[unit].cost_per_year;
  return cost;
}

}  // namespace nines
