#include "model/markov/solution/solution.hpp"

#include <algorithm>
#include <cmath>

namespace nines::markov {
namespace {

bool has_chain(const Model& model) {
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id] && model.drawn(id)) return true;
  return false;
}

}  // namespace

void fill_measures(Solution& s) {
  std::vector<structure::Side> sides;
  for (const ModuleMeasures& m : s.measures) sides.push_back({m.up, m.down_mendable, m.down_several});
  s.joined = structure::join(s.dissection.partition.joined, sides);
  double frequency = 0, error = 0, approximation = 0;
  for (std::size_t m = 0; m < s.measures.size(); ++m) {
    frequency += s.joined.birnbaum[m] * s.measures[m].down_passages_per_h;
    if (s.joined.whole.down() > 0) {
      const double share = s.joined.birnbaum[m] * s.measures[m].down / s.joined.whole.down();
      error += share * s.errors[m];
      approximation += share * s.approximations[m];
    }
  }
  Measures& out = s.answer.measures;
  // Sums of many terms may round beyond 1.
  const double up = std::min(1.0, s.joined.whole.up), down = std::min(1.0, s.joined.whole.down());
  out.availability = up;
  out.unavailability = down;
  if (down > 0) out.nines = 0.0 - std::log10(down);
  if (down == 0)
    s.answer.method.notes.push_back(
        has_chain(s.model)
            ? "the unavailability is given as 0: in the long run the system is never down, or so rarely that "
              "it is out of the range of numbers"
            : "the unavailability is below 1e-300, out of the range of numbers: it is given as 0");
  out.downtime_min_per_year = down * kMinutesPerYear;
  if (has_planned_outages(s.model)) {
    // Two sums of nearly equal terms: what the difference loses is little beside the unavailability.
    for (std::size_t m = 0; m < sides.size(); ++m)
      sides[m] = {s.measures[m].up + s.measures[m].down_planned, 0, s.measures[m].down - s.measures[m].down_planned};
    const double without = structure::join(s.dissection.partition.joined, sides).whole.down();
    out.planned_unavailability = std::max(0.0, down - without);
  }
  out.failures_per_year = frequency * kHoursPerYear;
  if (frequency > 0) {
    out.mean_up_time_h = up / frequency;
    out.mean_down_time_h = down / frequency;
  }
  // What the joining itself rounds: a few units in the last place per module and value, with a margin.
  s.answer.method.error_bound = error + 1e-15 * (8.0 + std::sqrt(static_cast<double>(s.measures.size())));
  const auto& list = s.dissection.parts.list;
  if (std::any_of(list.begin(), list.end(), [](const Part& part) { return part.shared != kNoPart; }))
    s.answer.method.approximation_error = approximation;
}

}  // namespace nines::markov
