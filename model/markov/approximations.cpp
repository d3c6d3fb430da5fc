#include "model/markov/approximations.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

// Mean time from the end of a round to the beginning of the next; nothing where a component has no rounds.
struct Pause {
  std::string whose, rounds;
  double every_h = 0, mean_h = 0;
};

std::optional<Pause> pause_between_rounds(const Component& component, const Model& model) {
  if (component.hold == Hold::maintenance) {
    const Law& law = model.units[component.nodes[0]].modes[0].life;
    return Pause{component.name.substr(0, component.name.rfind(':')), "maintenance", law.parameters.front(),
                 law.mean_h};
  }
  const auto* cluster = std::get_if<Cluster>(&component.redundancy);
  if (!cluster || !cluster->rolling) return std::nullopt;
  const auto nodes = static_cast<double>(component.nodes.size());
  const Rounds& rounds = *cluster->rolling;
  return Pause{component.name, "rolling maintenance", rounds.every_h, rounds.every_h - nodes * rounds.takes_h};
}

// As the file calls it: copies of one entry are said once.
std::string whose(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? fmt::format("`{}`", name) : fmt::format("`{}` in every copy", name.substr(dot + 1));
}

// All are counted from time 0, so that of two the one whose period is a multiple of the other's always falls together
// with it; exponential times know nothing of that.
bool fall_together(const std::vector<Pause>& pauses) {
  for (std::size_t i = 0; i < pauses.size(); ++i)
    for (std::size_t j = i + 1; j < pauses.size() && j < i + 100; ++j) {
      const double ratio =
          std::max(pauses[i].every_h, pauses[j].every_h) / std::min(pauses[i].every_h, pauses[j].every_h);
      if (std::abs(ratio - std::round(ratio)) < 1e-9 * ratio) return true;
    }
  return false;
}

}  // namespace

std::vector<std::string> approximations(const Model& model) {
  std::vector<std::string> notes;
  const auto add = [&](std::string note) {
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
  };
  std::vector<Pause> pauses;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    if (const auto pause = pause_between_rounds(component, model)) {
      pauses.push_back(*pause);
      add(fmt::format("approximate: the {} of {} comes and goes after exponential times, not by the calendar",
                      pause->rounds, whose(pause->whose)));
    }
    const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy);
    if (pair && pair->inspection_h)
      add(
          fmt::format("approximate: each node of {} that failed unnoticed is found after an exponential time of half "
                      "the interval between inspections",
                      whose(component.name)));
    if (pair && pair->heartbeat)
      add(fmt::format("approximate: the missed beats of {} are noticed after an exponential time of the same mean",
                      whose(component.name)));
  }
  if (fall_together(pauses))
    add("approximate: by the calendar rounds of maintenance fall together here; taken as independent, what stands in "
        "for "
        "each other looks far better than it is");
  return notes;
}

std::optional<Refusal> refuse_approximations(const Model& model, const SolveOptions& options) {
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const auto pause = pause_between_rounds(model.components[id], model);
    if (pause && pause->mean_h <= 0)
      return Refusal{"rounds-overlap",
                     fmt::format("the rounds of {} of `{}` take as long as the time from one to the next",
                                 pause->rounds, pause->whose),
                     {"no exponential time can stand for the pause between them"},
                     {"let them come less often or take less time", "`nines simulate` keeps the calendar"}};
  }
  const auto notes = approximations(model);
  if (!options.exact || notes.empty()) return std::nullopt;
  return not_exact(notes);
}

}  // namespace nines::markov
