#include "model/markov/refusals.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include <fmt/format.h>

namespace nines::markov {
namespace {

bool can_be_solved(const Law& law) {
  return law.is_exponential() || law.is_never();
}

Refusal not_exponential(const Component& component, const std::string& key, const Law& law) {
  return {
      "not-exponential",
      fmt::format("`{}` of `{}` is {}, and solve takes exponential times only", key, component.name, to_string(law)),
      {"an exponential of the same mean would be a different model: it is never put in silently"},
      {fmt::format("write its mean instead (`{}: {}`) if an exponential will do", key,
                   to_string(Law::exponential(law.mean_h))),
       "`nines simulate` will play any law"}};
}

std::optional<Refusal> refuse_modes(const Model& model, const Component& component) {
  for (const UnitId unit : component.nodes)
    for (const FailureMode& mode : model.units[unit].modes) {
      const std::string prefix = mode.name.empty() ? "" : "failures." + mode.name + ".";
      if (!can_be_solved(mode.life)) return not_exponential(component, prefix + "mtbf", mode.life);
      for (std::size_t i = 0; i < mode.recovery.size(); ++i)
        if (!can_be_solved(mode.recovery[i].takes)) {
          const bool plain = mode.recovery[i].name.empty() && mode.recovery.size() == 1;
          const std::string key = plain ? "mttr" : fmt::format("recovery.{}.takes", i);
          return not_exponential(component, prefix + key, mode.recovery[i].takes);
        }
    }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> refuse_laws(const Model& model) {
  for (std::size_t id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    if (auto refusal = refuse_modes(model, component)) return refusal;
    std::optional<Refusal> refusal;
    const auto check = [&](const char* key, const std::optional<Law>& law) {
      if (law && !can_be_solved(*law) && !refusal) refusal = not_exponential(component, key, *law);
    };
    const auto check_common = [&](const auto& rules) {
      check("detection", rules.detection);
      check("failover", rules.failover);
      check("manual_recovery", rules.manual_recovery);
    };
    if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy)) {
      check_common(*pair);
      check("failback", pair->failback);
    } else if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) {
      check_common(*cluster);
    }
    if (refusal) return refusal;
  }
  return std::nullopt;
}

Refusal too_large(const Model& model, const std::vector<ComponentId>& members, const TooLarge& why) {
  std::string names;
  for (std::size_t i = 0; i < members.size() && i < 8; ++i)
    names += fmt::format("{}`{}`", i ? ", " : "", model.components[members[i]].name);
  if (members.size() > 8) names += fmt::format(" and {} more", members.size() - 8);
  Refusal refusal;
  if (why.what == TooLarge::What::states) {
    refusal.code = "too-many-states";
    refusal.message = fmt::format("the joint chain of {} has more than {} states", names, why.limit);
    refusal.helps.push_back(
        fmt::format("raise the budget with `--max-states {}` if there is memory for it", why.limit * 4));
  } else {
    refusal.code = "memory";
    refusal.message = fmt::format("the joint chain of {} does not fit {} MB of memory", names, why.limit >> 20);
  }
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
          {"name shared infrastructure in fewer places, or solve parts of `system` apart"}};
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
