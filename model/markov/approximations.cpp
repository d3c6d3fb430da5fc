#include "model/markov/approximations.hpp"

#include <fmt/format.h>

#include "model/description/quantity.hpp"

namespace nines::markov {
namespace {

// Mean time from the end of a round to the beginning of the next; nothing where a component has no rounds.
struct Pause {
  std::string whose, rounds;
  double mean_h = 0;
};

std::optional<Pause> pause_between_rounds(const Component& component, const Model& model) {
  if (component.hold == Hold::maintenance) {
    const Law& law = model.units[component.nodes[0]].modes[0].life;
    return Pause{component.name.substr(0, component.name.rfind(':')), "maintenance", law.mean_h};
  }
  const auto* cluster = std::get_if<Cluster>(&component.redundancy);
  if (!cluster || !cluster->rolling) return std::nullopt;
  const auto nodes = static_cast<double>(component.nodes.size());
  return Pause{component.name, "rolling maintenance", cluster->rolling->every_h - nodes * cluster->rolling->takes_h};
}

}  // namespace

std::vector<std::string> approximations(const Model& model) {
  std::vector<std::string> notes;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    if (const auto pause = pause_between_rounds(component, model))
      notes.push_back(fmt::format("approximate: the {} of `{}` comes and goes after exponential times, not by the calendar",
                                  pause->rounds, pause->whose));
    const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
    if (pair && pair->inspection_h)
      notes.push_back(fmt::format("approximate: each node of `{}` that failed unnoticed is found after an exponential "
                                  "time of half the interval between inspections",
                                  component.name));
    if (pair && pair->heartbeat)
      notes.push_back(fmt::format("approximate: the missed beats of `{}` are noticed after an exponential time of the "
                                  "same mean, {}",
                                  component.name, duration_text(pair->detection->mean_h)));
  }
  return notes;
}

std::optional<Refusal> refuse_approximations(const Model& model, const SolveOptions& options) {
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const auto pause = pause_between_rounds(model.components[id], model);
    if (pause && pause->mean_h <= 0)
      return Refusal{"rounds-overlap",
                     fmt::format("the rounds of {} of `{}` take as long as the time from one to the next", pause->rounds,
                                 pause->whose),
                     {"no exponential time can stand for the pause between them"},
                     {"let them come less often or take less time", "`nines simulate` keeps the calendar"}};
  }
  const auto notes = approximations(model);
  if (!options.exact || notes.empty()) return std::nullopt;
  return Refusal{"not-exact",
                 "part of this answer would be approximate, and `--exact` allows that nowhere",
                 notes,
                 {"leave `--exact` out", "`nines simulate` plays these exactly"}};
}

}  // namespace nines::markov
