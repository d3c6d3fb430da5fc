#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

#include "tests/differential/naive_states.hpp"

namespace nines::test {
namespace {

bool can_be_up(const Model& model, ComponentId id, const std::vector<char>& down);

// Whether something can be up at all while these are down.
bool can_be_up(const Model& model, const Expression& expression, const std::vector<char>& down) {
  return expression.evaluate([&](ComponentId id) { return can_be_up(model, id, down); });
}
bool can_be_up(const Model& model, ComponentId id, const std::vector<char>& down) {
  const Component& component = model.components[id];
  if (component.hold != Hold::none) return true;
  if (down[id] || !can_be_up(model, component.needs, down)) return false;
  if (model.has_a_section(id)) return true;
  std::size_t able = 0;
  for (std::size_t i = 0; i < component.nodes.size(); ++i)
    able += (component.placement.empty() || can_be_up(model, component.placement[i], down)) &&
            (component.copies.empty() || can_be_up(model, component.copies[i], down));
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) return able >= cluster->need;
  return std::holds_alternative<PrimaryStandby>(component.redundancy) ? able > 0 : able == component.nodes.size();
}

// Every set of signals, by its bits, that is a minimal cut set.
std::vector<std::uint32_t> minimal_cut_sets(const Model& model, const std::vector<ComponentId>& signals) {
  std::vector<std::uint32_t> found, sets(std::size_t{1} << signals.size());
  std::iota(sets.begin(), sets.end(), 0u);
  std::stable_sort(sets.begin(), sets.end(),
                   [](std::uint32_t a, std::uint32_t b) { return std::popcount(a) < std::popcount(b); });
  for (const std::uint32_t set : sets) {
    if (std::any_of(found.begin(), found.end(), [&](std::uint32_t smaller) { return (smaller & set) == smaller; }))
      continue;
    std::vector<char> down(model.components.size(), 0);
    for (std::size_t i = 0; i < signals.size(); ++i) down[signals[i]] = set >> i & 1U;
    if (!can_be_up(model, model.system, down)) found.push_back(set);
  }
  return found;
}

}  // namespace

void add_importance(const NaiveStates& of, Answer& answer) {
  std::vector<ComponentId> named, entries, signals = of.model.named;
  for (const ComponentId id : of.model.named)
    if (!of.model.components[id].infrastructure || of.model.has_a_section(id)) named.push_back(id);
  for (ComponentId id = 0; id < of.model.components.size(); ++id) {
    const bool listed =
        of.model.used[id] && of.model.components[id].infrastructure && of.model.components[id].hold == Hold::none;
    if (listed && (!of.model.has_a_section(id) || of.model.carries[id])) entries.push_back(id);
  }
  signals.insert(signals.end(), entries.begin(), entries.end());
  std::sort(signals.begin(), signals.end());
  signals.erase(std::unique(signals.begin(), signals.end()), signals.end());
  const auto never_fails = [&](ComponentId id) {
    if (!of.model.network(id)) return false;
    process::Signals seen;
    for (markov::StateIndex s = 0; s < of.space.chain.size(); ++s) {
      of.process.look(of.space.state(s), {}, seen);
      if (!seen.up[of.process.wiring().group_of[id]]) return false;
    }
    return true;
  };
  std::erase_if(signals, never_fails);
  if (signals.size() > 12) return;
  const auto cuts = minimal_cut_sets(of.model, signals);
  answer.cut_sets.emplace();
  for (const std::uint32_t set : cuts) {
    auto& names = answer.cut_sets->sets.emplace_back();
    for (std::size_t i = 0; i < signals.size(); ++i)
      if (set >> i & 1U) names.push_back(of.model.components[signals[i]].name);
  }
  const auto fussell_vesely = [&](ComponentId id) {
    if (std::find(signals.begin(), signals.end(), id) == signals.end()) return 0.0;
    const auto bit = std::find(signals.begin(), signals.end(), id) - signals.begin();
    long double sum = 0;
    for (markov::StateIndex s = 0; s < of.up.size(); ++s) {
      std::uint32_t down = 0;
      for (std::size_t i = 0; i < signals.size(); ++i) down |= (of.up[s][signals[i]] ? 0U : 1U) << i;
      if (std::any_of(cuts.begin(), cuts.end(),
                      [&](std::uint32_t set) { return (set >> bit & 1U) != 0 && (set & down) == set; }))
        sum += of.probability[s];
    }
    return static_cast<double>(sum / of.down);
  };
  // `up_if(state, up)`: whether the system is up if the signal is.
  const auto measure = [&](ComponentId id, const auto& system_if, std::optional<double>& birnbaum) {
    long double unavailability = 0, decides = 0, with = 0, without = 0;
    for (markov::StateIndex s = 0; s < of.up.size(); ++s) {
      const bool if_up = system_if(s, true), if_down = system_if(s, false);
      if (!of.up[s][id]) unavailability += of.probability[s];
      if (if_up && !if_down) decides += of.probability[s];
      if (!if_up) with += of.probability[s];
      if (!if_down) without += of.probability[s];
    }
    birnbaum = static_cast<double>(decides);
    Importance importance;
    importance.criticality = static_cast<double>(decides * unavailability / of.down);
    importance.fussell_vesely = fussell_vesely(id);
    importance.raw = static_cast<double>(without / of.down);
    if (with > 0) importance.rrw = static_cast<double>(of.down / with);
    return importance;
  };
  for (std::size_t i = 0; i < named.size(); ++i)
    answer.components[i].importance = measure(
        named[i],
        [&](markov::StateIndex s, bool value) {
          auto up = of.up[s];
          up[named[i]] = value;
          return of.system(up);
        },
        answer.components[i].birnbaum);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (never_fails(entries[i])) continue;  // nothing is said of it
    answer.infrastructure[i].importance = measure(
        entries[i],
        [&](markov::StateIndex s, bool value) {
          std::vector<char> forced(of.process.wiring().groups.size(), 0);
          forced[of.process.wiring().group_of[entries[i]]] = 1;
          process::Signals seen;
          of.process.look(of.space.state(s),
                          value ? process::Supposing{forced, false} : process::Supposing{{}, false, forced}, seen);
          return of.model.system.evaluate(
              [&](ComponentId id) { return seen.up[of.process.wiring().group_of[id]] != 0; });
        },
        answer.infrastructure[i].birnbaum);
  }
}

}  // namespace nines::test
