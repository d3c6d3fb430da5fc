#include "model/markov/over_time/unit_course.hpp"

#include <algorithm>
#include <cmath>

#include "model/markov/refusals.hpp"

namespace nines::markov {

UnitCourse course_of(const Model& model, const Part& stock) {
  const Unit& unit = model.units[stock.unit];
  std::vector<const FailureMode*> active;
  for (const FailureMode& mode : unit.modes)
    if (!mode.life.is_never()) active.push_back(&mode);
  const auto for_good = [](const FailureMode* mode) { return mode->recovery.front().takes.is_never(); };
  if (std::all_of(active.begin(), active.end(), for_good)) return UnitCourse::for_good;
  if (model.components[stock.members[0]].hold == Hold::maintenance || all_exponential(unit)) return UnitCourse::chain;
  // A mode that stands still while another is restored keeps its age, unless it has none.
  if (active.size() == 1) return UnitCourse::renewal;
  const auto forgets = [](const FailureMode* mode) { return mode->life.is_exponential(); };
  return std::all_of(active.begin(), active.end(), forgets) ? UnitCourse::renewal : UnitCourse::unknown;
}

UpDown both(UpDown a, UpDown b) {
  return {a.up * b.up, a.down + a.up * b.down};
}

UpDown unfailed(const Unit& unit, double hours) {
  UpDown all;
  for (const FailureMode& mode : unit.modes) all = both(all, {survival(mode.life, hours), ended_by(mode.life, hours)});
  return all;
}

std::vector<double> bends_of(const Unit& unit) {
  std::vector<double> bends;
  for (const FailureMode& mode : unit.modes)
    for (const double bend : nines::bends_of(mode.life)) bends.push_back(bend);
  return bends;
}

UpDown all_of(UpDown one, std::uint32_t count) {
  if (count == 1) return one;
  // The logarithm from the side that has the digits.
  const double logarithm = count * (one.down < 0.5 ? std::log1p(-one.down) : std::log(one.up));
  return {std::exp(logarithm), -std::expm1(logarithm)};
}

}  // namespace nines::markov
