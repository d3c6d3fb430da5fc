#include "model/markov/solution/solution.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/markov/approximations.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {

void fill_method(Solution& s) {
  Method& method = s.answer.method;
  for (const Part& part : s.dissection.parts.list) {
    if (part.alike != kNoPart) continue;
    const StateSpace& space = part.space ? *part.space : *part.unit_space;
    method.states += space.chain.size();
    method.transitions += space.chain.transitions();
  }
  const auto approximate = approximations(s.model);
  method.exact = approximate.empty() && !method.approximation_error;
  method.notes.insert(method.notes.begin(), approximate.begin(), approximate.end());
  if (method.approximation_error)
    method.notes.insert(
        method.notes.begin(),
        fmt::format(
            "approximate: groups over shared infrastructure are solved one by one, and taken as independent given "
            "its last two changes and when they were; given the last one alone the unavailability would be {} off",
            *method.approximation_error < 1e-5 ? "less than 0.001 %"
                                               : fmt::format("{:.2g} %", 100 * *method.approximation_error)));
  method.modules = static_cast<std::uint32_t>(s.dissection.partition.modules.size());
  if (!all_exponential_outside(s.model, s.dissection.parts))
    method.notes.push_back(
        "not all times are exponential: only their means matter in the long run, for the units that have them are "
        "restored independently");
  for (ComponentId id = 0; id < s.model.components.size(); ++id) {
    if (!s.model.used[id]) continue;
    const Component& component = s.model.components[id];
    const bool for_good = std::any_of(component.nodes.begin(), component.nodes.end(), [&](UnitId unit) {
      const auto& modes = s.model.units[unit].modes;
      return std::any_of(modes.begin(), modes.end(), [](const FailureMode& mode) {
        return mode.recovery.back().takes.is_never() && !mode.life.is_never();
      });
    });
    if (for_good)
      method.notes.push_back(
          fmt::format("`{}` has units that are never repaired: long-run measures are those of what is "
                      "left when all such units have failed",
                      component.name));
  }
}

}  // namespace nines::markov
