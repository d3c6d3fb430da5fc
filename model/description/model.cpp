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

Expression Component::written_needs() const {
  // Holds come last, then the `and` that joins them to the rest, unless nothing else is needed than one hold.
  const auto held = static_cast<std::ptrdiff_t>(holds.size());
  if (held == 0) return needs;
  const bool joined = needs.terms.size() > 1;
  return {{needs.terms.begin(), needs.terms.end() - held - (joined ? 1 : 0)}};
}

bool has_planned_outages(const Model& model) {
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    const Component& component = model.components[id];
    if (!model.used[id]) continue;
    const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
    const auto* cluster = std::get_if<Cluster>(&component.redundancy);
    if (component.hold == Hold::maintenance || (pair && pair->failback) || (cluster && cluster->rolling)) return true;
  }
  return false;
}

std::vector<char> Model::asked_to_serve() const {
  std::vector<char> asked(components.size(), 0);
  if (demand.empty()) return asked;
  std::vector<ComponentId> waiting;
  const auto ask = [&](ComponentId id) {
    if (!asked[id]) waiting.push_back(id);
    asked[id] = 1;
  };
  for (const ComponentId id : named) ask(id);
  while (!waiting.empty()) {
    const ComponentId id = waiting.back();
    waiting.pop_back();
    for (const Expression& copy : components[id].copies)
      for (const auto& term : copy.terms)
        if (term.op == Expression::Op::name) ask(term.name);
  }
  return asked;
}

double Model::node_cost_per_year() const {
  double cost = 0;
  for (ComponentId id = 0; id < components.size(); ++id)
    if (used[id])
      for (const UnitId unit : components[id].nodes) cost += units[unit].cost_per_year;
  return cost;
}

}  // namespace nines
