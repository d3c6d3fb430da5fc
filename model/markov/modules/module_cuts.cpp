#include "model/markov/modules/module_cuts.hpp"

#include <algorithm>
#include <vector>

#include "model/structure/signals.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {
namespace {

using structure::Diagrams;
using structure::kFalse;
using structure::kTrue;
using structure::Ref;

constexpr std::size_t kMostBytes = std::size_t{128} << 20;  // of diagrams

// Works out a function of each node of `f` out of those of its children, 0 (down) before 1 (up), children first. To
// walk through all of them counts as well as what is made.
template <class Of>
Ref from_below(Diagrams& diagrams, Ref f, Ref of_false, Ref of_true, Of&& of) {
  diagrams.charge(f);
  if (diagrams.exhausted()) return kFalse;
  std::vector<char> needed(f + std::size_t{1}, 0);
  std::vector<Ref> result(f + std::size_t{1}, kFalse);
  needed[f] = 1;
  for (Ref at = f; at > kTrue; --at)
    if (needed[at])
      for (const Ref child : diagrams.children(at)) needed[child] = 1;
  result[kFalse] = of_false;
  if (f >= kTrue) result[kTrue] = of_true;
  for (Ref at = kTrue + 1; at <= f; ++at) {
    if (!needed[at]) continue;
    const auto children = diagrams.children(at);
    const Ref down = result[children[0]], up = result[children[1]];
    result[at] = of(diagrams.level(at), down, up);
  }
  return result[f];
}

// The signals' function with one signal set.
Ref with(Diagrams& diagrams, Ref f, std::uint32_t set, bool value) {
  return from_below(diagrams, f, kFalse, kTrue, [&](std::uint32_t level, Ref down, Ref up) {
    if (level == set) return value ? up : down;
    const Ref cases[] = {down, up};
    return diagrams.select(level, cases);
  });
}

// Where some of what is down could be up so that `f` held.
Ref if_some_were_up(Diagrams& diagrams, Ref f) {
  return from_below(diagrams, f, kFalse, kTrue, [&](std::uint32_t level, Ref down, Ref up) {
    const Ref cases[] = {diagrams.either(down, up), up};
    return diagrams.select(level, cases);
  });
}

std::vector<structure::Variable> variables_of(const Parts& parts, const ModuleView& view) {
  std::vector<structure::Variable> variables;
  for (const std::uint32_t part : view.parts_by_level()) variables.push_back(parts.list[part].variable);
  return variables;
}

class Cuts {
 public:
  Cuts(const Model& model, const Parts& parts, const structure::Module& module, std::span<const ComponentId> chosen,
       const Diagrams::Budget& budget)
      : signals_(model, module.expression, chosen, budget),
        view_(model, parts, module, budget),
        variables_(variables_of(parts, view_)),
        weights_(view_.diagrams(), variables_) {
    whole_ = signals_.whole();
  }

  // Some minimal cut set with `signal` is down if it is, and of the other signals that are down some could be up so
  // that it decides: those still down then, with it, are a cut set, and it is in every minimal one within.
  std::optional<double> down(std::uint32_t signal) {
    Diagrams& diagrams = signals_.diagrams();
    if (diagrams.exhausted()) return std::nullopt;
    if (diagrams.crowded()) whole_ = diagrams.collect(std::span(&whole_, 1))[whole_];
    view_.tidy(weights_, {});
    const Ref decides = diagrams.and_not(with(diagrams, whole_, signal, true), with(diagrams, whole_, signal, false));
    const Ref could = if_some_were_up(diagrams, decides);
    // That it could not, over what decides the signals; the more are up, the less it could.
    Diagrams& real = view_.diagrams();
    const auto is_up = [&](std::uint32_t level) { return view_.up(signals_.by_level()[level]); };
    const Ref could_not = from_below(diagrams, could, kTrue, kFalse, [&](std::uint32_t level, Ref if_down, Ref if_up) {
      return real.either(if_down, real.both(is_up(level), if_up));
    });
    const Ref none = real.either(is_up(signal), could_not);
    if (diagrams.exhausted() || real.exhausted()) return std::nullopt;
    return weights_.down(none);
  }

  const std::vector<ComponentId>& by_level() const { return signals_.by_level(); }

 private:
  structure::Signals signals_;
  ModuleView view_;
  std::vector<structure::Variable> variables_;
  structure::Weights weights_;
  Ref whole_ = kTrue;
};

std::vector<ComponentId> signals_of(const Model& model, const structure::Module& module,
                                    std::span<const ComponentId> entries) {
  std::vector<ComponentId> chosen = module.named;
  chosen.insert(chosen.end(), entries.begin(), entries.end());
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  std::erase_if(chosen, [&](ComponentId id) { return never_fails(model, id); });
  return chosen;
}

}  // namespace

structure::CutSets module_cut_sets(const Model& model, const structure::Module& module,
                                   std::span<const ComponentId> entries, const structure::CutLimits& limits) {
  structure::Signals signals(model, module.expression, signals_of(model, module, entries), {kMostBytes, limits.steps});
  const Ref whole = signals.whole();
  if (signals.diagrams().exhausted()) return {{}, true};
  return structure::minimal_cut_sets(signals.diagrams(), whole, signals.by_level(), limits);
}

ModuleCuts module_cuts(const Model& model, const Parts& parts, const structure::Module& module,
                       std::span<const ComponentId> entries, const std::unordered_map<ComponentId, ComponentId>& alike,
                       const structure::CutLimits& limits) {
  ModuleCuts result;
  result.sets = module_cut_sets(model, module, entries, limits);
  const auto chosen = signals_of(model, module, entries);
  for (const auto& ids : {std::span<const ComponentId>(module.named), entries})
    for (const ComponentId id : ids) result.down[id] = 0.0;  // until it is found in one
  Cuts cuts(model, parts, module, chosen, {kMostBytes, limits.steps});
  for (std::uint32_t level = 0; level < cuts.by_level().size(); ++level)
    if (const ComponentId id = cuts.by_level()[level]; !alike.contains(id)) result.down[id] = cuts.down(level);
  for (const auto& [id, other] : alike) result.down[id] = result.down.at(other);
  return result;
}

}  // namespace nines::markov
