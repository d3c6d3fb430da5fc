#include "model/markov/refusals.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace nines::markov {
namespace {

// A law that runs at some time, under the key that it is written by.
struct Running {
  std::string key;
  const Law* law;
};

std::optional<Running> unless_exponential(std::string key, const Law& law) {
  if (law.is_exponential() || law.is_never() || law.kind == Law::Kind::calendar) return std::nullopt;
  return Running{std::move(key), &law};
}

bool has_density(const Law& law) {
  return law.kind != Law::Kind::fixed && law.kind != Law::Kind::empirical && !law.is_never();
}

// The steps that are taken at some time: what comes after one that always works is not.
std::span<const RecoveryStep> steps_taken(const FailureMode& mode) {
  std::size_t count = 1;
  while (count < mode.recovery.size() && mode.recovery[count - 1].works < 1) ++count;
  return std::span(mode.recovery).first(count);
}

std::optional<Running> not_exponential(const Unit& unit) {
  for (const FailureMode& mode : unit.modes) {
    if (mode.life.is_never()) continue;
    if (auto found = unless_exponential(key_of_mode(mode, "mtbf"), mode.life)) return found;
    const auto steps = steps_taken(mode);
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (auto found = unless_exponential(key_of_step(mode, i), steps[i].takes)) return found;
  }
  return std::nullopt;
}

// Of the timers of a group, those that it ever starts.
std::optional<Running> not_exponential(const Redundancy& redundancy) {
  std::optional<Running> found;
  const auto look = [&](const char* key, const std::optional<Law>& law) {
    if (law && !found) found = unless_exponential(key, *law);
  };
  if (const auto* pair = std::get_if<PrimaryStandby>(&redundancy)) {
    if (!pair->heartbeat) look("detection", pair->detection);
    look("failover", pair->failover);
    if (pair->coverage < 1) look("manual_recovery", pair->manual_recovery);
    look("failback", pair->failback);
  } else if (const auto* cluster = std::get_if<Cluster>(&redundancy)) {
    const bool takes_over = cluster->pause != Pause::none || cluster->rolling;
    if (takes_over || cluster->detection_matters) look("detection", cluster->detection);
    if (takes_over) look("failover", cluster->failover);
    if (cluster->coverage < 1) look("manual_recovery", cluster->manual_recovery);
  }
  return found;
}

std::optional<Running> not_exponential(const Model& model, const Component& component) {
  if (component.hold == Hold::maintenance) return std::nullopt;  // taken by its means, and said to be approximate
  for (const UnitId unit : component.nodes)
    if (auto found = not_exponential(model.units[unit])) return found;
  return not_exponential(component.redundancy);
}

// The life of a unit that does not forget when it began, if it has one: neither this life nor any restoration of the
// unit has a density. A second mode with a density alone does not help (docs/theory.md).
std::optional<Running> marches_in_step(const Component& component, const Unit& unit) {
  if (component.hold == Hold::maintenance) return std::nullopt;  // see above
  std::optional<Running> found;
  for (const FailureMode& mode : unit.modes) {
    if (mode.life.is_never()) continue;
    for (const RecoveryStep& step : steps_taken(mode))
      if (has_density(step.takes) || step.takes.is_never()) return std::nullopt;  // never: it ends failed for good
    if (!found && !has_density(mode.life)) found = Running{key_of_mode(mode, "mtbf"), &mode.life};
  }
  return found;
}

std::string list_of(const Model& model, std::span<const ComponentId> members) {
  std::string names;
  for (std::size_t i = 0; i < members.size() && i < 8; ++i)
    names += fmt::format("{}`{}`", i ? ", " : "", model.components[members[i]].name);
  if (members.size() > 8) names += fmt::format(" and {} more", members.size() - 8);
  return names;
}

Refusal refuse(const std::string& key, const std::string& owner, const Law& law, const std::string& why,
               std::vector<std::string> notes) {
  return {"not-exponential",
          fmt::format("`{}` of `{}` is {}, and {}", key, owner, to_string(law), why),
          std::move(notes),
          {fmt::format("write its mean instead (`{}: {}`) if an exponential will do", key,
                       to_string(Law::exponential(law.mean_h))),
           "`nines simulate` plays any law"}};
}

Refusal refuse(const Component& component, const Running& running, const std::string& why,
               std::vector<std::string> notes) {
  return refuse(running.key, component.name, *running.law, why, std::move(notes));
}

Refusal refuse(const FittedLaw& law, const std::string& why, std::vector<std::string> notes) {
  return refuse(law.key, law.owner, law.law, why, std::move(notes));
}

constexpr std::uint64_t kMostWorthRaising = 50;  // times the states that were asked for

constexpr const char* kNeverSilently =
    "an exponential of the same mean would be a different model: it is never put in silently";

}  // namespace

std::optional<Refusal> refuse_laws(const Model& model) {
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    for (const UnitId unit : component.nodes)
      if (const auto found = marches_in_step(component, model.units[unit]))
        return refuse(component, *found, "none of its restorations has a density either",
                      {"what fails and is restored after fixed or listed times marches in step with others of its "
                       "kind: the product of their shares would be wrong"});
  }
  return std::nullopt;
}

std::optional<Refusal> refuse_chain(const Model& model, std::span<const ComponentId> members) {
  for (const ComponentId id : members)
    if (const auto found = not_exponential(model, model.components[id]))
      return refuse(model.components[id], *found, "the times of a chain are exponential", {kNeverSilently});
  return std::nullopt;
}

std::optional<Refusal> refuse_fits(const std::vector<FittedLaw>& laws, bool exact) {
  std::vector<std::string> inexact;
  for (const FittedLaw& law : laws) {
    if (law.moments == 0)
      return refuse(law, "its spread is out of the range of numbers",
                    {"a phase-type law that takes its place is fitted by moments"});
    if (!law.exact)
      inexact.push_back(fmt::format("approximate: a phase-type law stands for `{}` of `{}`, {}", law.key, law.owner,
                                    to_string(law.law)));
  }
  if (!exact || inexact.empty()) return std::nullopt;
  return not_exact(std::move(inexact));
}

Refusal not_exact(std::vector<std::string> approximations) {
  return {"not-exact",
          "part of this answer would be approximate, and `--exact` allows that nowhere",
          std::move(approximations),
          {"leave `--exact` out", "`nines simulate` plays these exactly"}};
}

Refusal no_law_of_a_chain(const FittedLaw& law) {
  return refuse(law, "the times of a chain are exponential", {kNeverSilently});
}

Refusal fits_differ(const FittedLaw& law, const std::string& how) {
  return refuse(law, "phase-type laws of the same moments don't settle the answer",
                {how, "it depends on more of this law, or of another one, than its first moments"});
}

namespace {

template <class Asked>
bool none_but_exponential(const Model& model, Asked&& asked) {
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id] && asked(id) && not_exponential(model, model.components[id])) return false;
  return true;
}

}  // namespace

bool all_exponential(const Model& model) {
  const auto ends_by_rate = [](const Law& law) { return law.is_exponential() || law.is_never(); };
  for (const Spare& spare : model.spares)
    if (!ends_by_rate(spare.lead_time)) return false;
  for (const CommonCause& cause : model.causes)
    if (cause.restore && !ends_by_rate(*cause.restore)) return false;
  return none_but_exponential(model, [](ComponentId) { return true; });
}

bool all_exponential(const Unit& unit) {
  return !not_exponential(unit);
}

bool all_exponential_outside(const Model& model, const Parts& parts) {
  return none_but_exponential(model, [&](ComponentId id) { return parts.block_of[id] == kNoPart; });
}

Refusal too_large(const Model& model, const std::vector<ComponentId>& members, const TooLarge& why) {
  const std::string names = list_of(model, members);
  Refusal refusal;
  if (why.what == TooLarge::What::states) {
    refusal.code = "too-many-states";
    refusal.message = fmt::format("the joint chain of {} has more than {} states", names, why.limit);
    if (why.at_least > static_cast<double>(kMostWorthRaising * why.limit))
      refusal.notes.push_back(fmt::format("it has {:.1e} at least", std::min(why.at_least, 1e300)));
    else
      refusal.helps.push_back(
          fmt::format("raise the budget with `--max-states {}` if there is memory for it", why.limit * 4));
  } else if (why.what == TooLarge::What::work) {
    refusal.code = "too-many-states";
    refusal.message =
        fmt::format("the joint chain of {} takes too long to explore: each of its states holds those of {} units",
                    names, why.limit);
    refusal.helps.push_back("fewer nodes will do where some hundred can take over from each other");
    refusal.helps.push_back("`--max-states` raises this budget too, if there is time for it");
  } else {
    refusal.code = "memory";
    refusal.message = fmt::format("the joint chain of {} does not fit {} MB of memory", names, why.limit >> 20);
  }
  if (members.size() > 1)
    refusal.notes.push_back("groups that react to failures over shared infrastructure have to be explored together");
  refusal.helps.push_back("leave out a zone or a timing key that hardly matters, or solve the components apart");
  refusal.helps.push_back("`nines simulate` has no states to count");
  return refusal;
}

Refusal unsolved(const SolveFailure& failure) {
  const bool memory = failure.kind == SolveFailure::Kind::memory;
  return {
      memory ? "memory" : "no-convergence",
      failure.message,
      {},
      {memory
           ? "leave out a zone or a timing key that hardly matters, or use a machine with more memory"
           : "rates that lie very far apart are the usual reason: check the units of the shortest and the longest time",
       "`nines simulate` does not depend on this"}};
}

Refusal structure_too_large() {
  return {"too-many-states",
          "the decision diagram of `system` and what it stands on is too large",
          {},
          {"name shared infrastructure in fewer places, or solve parts of `system` apart",
           "`nines simulate` has no diagrams to draw"}};
}

Refusal too_many_amounts() {
  return {"too-many-amounts",
          "the capacities add up to too many different sums",
          {},
          {"round capacities to a common step: equal sums are counted once", "`nines simulate` adds up what it sees"}};
}

std::size_t memory_limit(const SolveOptions& options) {
  if (options.memory_limit > 0) return options.memory_limit;
  std::ifstream meminfo("/proc/meminfo");
  std::string word;
  while (meminfo >> word)
    if (word == "MemAvailable:") {
      std::size_t kilobytes = 0;
      if (meminfo >> kilobytes) return kilobytes / 10 * 8 * 1024;
    }
  return std::size_t{2} << 30;
}

}  // namespace nines::markov
