#include <algorithm>
#include <cmath>

#include "model/markov/solution/solution.hpp"
#include "model/markov/trajectory/solve_apart.hpp"

namespace nines::markov {
namespace {

// What importance is made of, for one signal of one module.
struct Signal {
  double unavailability = 0, birnbaum = 0, down_if_up = 0, down_if_down = 0;
  std::optional<double> in_cut;  // that some minimal cut set with it is down, within the module
};

std::optional<double> ratio(double of, double to) {
  if (!(to > 0) || !std::isfinite(of / to)) return std::nullopt;
  return of / to;
}

Importance importance_of(const Solution& s, std::size_t m, const Signal& signal) {
  const double down = s.joined.whole.down(), decides = s.joined.birnbaum[m], without = s.joined.down_if_up[m];
  Importance result;
  result.criticality = ratio(decides * signal.birnbaum * signal.unavailability, down);
  if (signal.in_cut) result.fussell_vesely = ratio(s.joined.cut_by_others[m] * *signal.in_cut, down);
  result.raw = ratio(without + decides * signal.down_if_down, down);
  result.rrw = ratio(down, without + decides * signal.down_if_up);
  return result;
}

}  // namespace

void fill_importance(Solution& s) {
  if (!s.options.importance) return;
  std::unordered_map<ComponentId, Importance> components;
  std::unordered_map<ComponentId, std::pair<std::optional<double>, Importance>> entries;
  bool left_out = false, apart = false;
  for (std::size_t m = 0; m < s.measures.size(); ++m) {
    const auto in_cut = [&](ComponentId id) {
      const auto found = s.cuts[m].down.at(id);
      left_out = left_out || !found;
      return found;
    };
    if (is_apart(s.dissection.parts, s.dissection.partition.modules[m])) {
      apart = true;
      for (const NamedMeasures& n : s.measures[m].named)
        components[n.id].criticality =
            ratio(s.joined.birnbaum[m] * n.birnbaum * n.unavailability, s.joined.whole.down());
      for (const EntryMeasures& e : s.measures[m].infrastructure) entries[e.id] = {};
      continue;
    }
    for (const NamedMeasures& n : s.measures[m].named)
      components[n.id] =
          importance_of(s, m, {n.unavailability, n.birnbaum, n.down_if_up, n.down_if_down, in_cut(n.id)});
    for (const EntryMeasures& e : s.measures[m].infrastructure) {
      if (never_fails(s.model, e.id)) {  // modules that ask for it may be many
        entries[e.id] = {};
        if (s.joined.whole.down() > 0) entries[e.id].second = {0.0, 0.0, std::nullopt, 1.0};
        continue;
      }
      entries[e.id] = {s.joined.birnbaum[m] * e.birnbaum,
                       importance_of(s, m, {e.unavailability, e.birnbaum, e.down_if_up, e.down_if_down, in_cut(e.id)})};
    }
  }
  // As fill_shares() lists them: by number.
  const auto in_order = [](const auto& of) {
    std::vector<ComponentId> order;
    for (const auto& [id, value] : of) order.push_back(id);
    std::sort(order.begin(), order.end());
    return order;
  };
  const auto named = in_order(components), listed = in_order(entries);
  for (std::size_t i = 0; i < named.size(); ++i) s.answer.components[i].importance = components.at(named[i]);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    s.answer.infrastructure[i].birnbaum = entries.at(listed[i]).first;
    s.answer.infrastructure[i].importance = entries.at(listed[i]).second;
  }
  if (left_out)
    s.answer.method.notes.push_back("fussell_vesely is left out where the diagrams of the cut sets would be too large");
  if (apart)
    s.answer.method.notes.push_back(
        "fussell_vesely, raw and rrw are left out for groups that are taken apart, and birnbaum of their "
        "infrastructure");
  std::vector<structure::CutSets> of_modules;
  for (ModuleCuts& cuts : s.cuts) of_modules.push_back(std::move(cuts.sets));
  const auto joined = structure::join_cut_sets(s.dissection.partition.joined, of_modules, cut_limits(s.options));
  auto& out = s.answer.cut_sets.emplace();
  out.truncated = joined.truncated;
  for (const auto& set : joined.sets) {
    auto& names = out.sets.emplace_back();
    for (const ComponentId id : set) names.push_back(s.model.components[id].name);
  }
}

structure::CutLimits cut_limits(const SolveOptions& options) {
  structure::CutLimits limits;
  limits.sets = options.cut_sets;
  limits.steps = options.cut_work;
  return limits;
}

}  // namespace nines::markov
