#include "model/markov/solution/solution.hpp"

namespace nines::markov {

void fill_money_and_target(Solution& s) {
  const Measures& m = s.answer.measures;
  if (s.model.has_cost)
    s.answer.measures.cost_per_year =
        s.model.node_cost_per_year() + *m.unavailability * kHoursPerYear * s.model.downtime_cost_per_h;
  // Near 1 a target is compared on the side that has digits.
  const auto compare = [&](const char* measure, double wanted, double got, double rest) {
    s.answer.targets.push_back({measure, wanted, got, rest <= 1 - wanted || got >= wanted});
  };
  if (s.model.target_availability)
    compare("availability", *s.model.target_availability, *m.availability, *m.unavailability);
  if (s.model.target_served && m.served) compare("served", *s.model.target_served, *m.served, *s.answer.unserved);
  if (s.model.target_downtime && m.breach_probability) {
    const double allowed = 1 - s.model.target_downtime->probability;
    s.answer.targets.push_back(
        {"breach_probability", allowed, *m.breach_probability, *m.breach_probability <= allowed * (1 + 1e-12)});
  }
}

}  // namespace nines::markov
