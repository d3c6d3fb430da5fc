#include "model/markov/modules/module_measures.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "model/structure/one_variable.hpp"

namespace nines::markov {
namespace {

using structure::Ref;

// Causes that a mode gives, in order of precedence; the two last follow from the structure.
constexpr Cause kHeldBy[] = {Cause::maintenance, Cause::failback, Cause::by_hand, Cause::automatic_failover};

Cause cause_of(Hold hold) {
  return hold == Hold::bad_release    ? Cause::bad_release
         : hold == Hold::shared_cause ? Cause::shared_cause
                                      : Cause::maintenance;
}

constexpr std::size_t kFew = 3;  // components, for which it is not worth their while to be weighed together

// The components of a module that are one variable each, on which nothing else stands.
struct Single {
  std::vector<ComponentId> ids;
  std::vector<structure::OneVariable> variables;
};

Single find_single(const Model& model, ModuleView& view, const structure::Module& module) {
  Single single;
  if (module.named.size() <= kFew) return single;  // there may be thousands of such modules
  std::unordered_set<ComponentId> in_copies;
  for (const Component& component : model.components)
    for (const Expression& copy : component.copies) for_each_name(copy, [&](ComponentId id) { in_copies.insert(id); });
  std::vector<char> taken(view.diagrams().levels(), 0);
  for (const ComponentId id : module.named) {
    const Component& component = model.components[id];
    if (component.infrastructure || in_copies.contains(id) || !component.holds.empty() || view.in_block(id)) continue;
    const Ref up = view.up(id);
    const auto children = view.diagrams().children(up);
    if (children.empty() || std::ranges::any_of(children, [](Ref child) { return child > structure::kTrue; })) continue;
    const std::uint32_t level = view.diagrams().level(up);
    if (std::exchange(taken[level], 1) != 0) continue;
    single.ids.push_back(id);
    single.variables.push_back({level, std::vector<char>(children.begin(), children.end())});
  }
  return single.ids.size() > kFew ? single : Single{};
}

}  // namespace

std::vector<std::pair<Cause, Ref>> split_by_cause(const Model& model, ModuleView& view, ComponentId id, Ref critical) {
  std::vector<std::pair<Cause, Ref>> result;
  auto& diagrams = view.diagrams();
  Ref rest = critical;
  for (const ComponentId hold : model.components[id].holds) {
    const Ref free = view.up(hold);
    result.emplace_back(cause_of(model.components[hold].hold), diagrams.and_not(rest, free));
    rest = diagrams.both(rest, free);
  }
  for (const Cause cause : kHeldBy) {
    const Ref held = view.held_by(id, cause);
    result.emplace_back(cause, diagrams.both(rest, held));
    rest = diagrams.and_not(rest, held);
  }
  if (model.network(id)) {  // by what fails of itself
    result.emplace_back(Cause::too_few_nodes, rest);
    return result;
  }
  const Ref without_outages = view.up(id, {Supposing::Kind::all_infrastructure, 0});
  result.emplace_back(Cause::infrastructure, diagrams.both(rest, without_outages));
  result.emplace_back(Cause::too_few_nodes, diagrams.and_not(rest, without_outages));
  return result;
}

ModuleMeasures measure(const Model& model, ModuleView& view, const structure::Module& module,
                       std::span<const structure::Variable> variables, std::span<const ComponentId> entries,
                       bool importance) {
  auto& diagrams = view.diagrams();
  structure::Weights weights(diagrams, variables);
  ModuleMeasures result;
  Ref whole = view.whole();
  result.up = weights.up(whole);
  result.down = weights.down(whole);
  result.down_passages_per_h = weights.down_passages(whole);
  result.down_planned = weights.up_and_not(view.whole({Supposing::Kind::unplanned, 0}), whole);
  const Single single = find_single(model, view, module);
  const auto weighed = structure::weigh_each(weights, whole, single.variables);
  Ref mended = structure::up_but_for_one(diagrams, whole, single.variables);
  Ref* const kept[] = {&whole, &mended};
  std::size_t next_single = 0;
  for (const ComponentId id : module.named) {
    if (diagrams.exhausted()) return result;
    if (id != module.named.front()) view.tidy(weights, kept);  // nothing is left over yet
    // Infrastructure has its share among its like; a chain or network named here has one as a component, too.
    if (model.components[id].infrastructure && !model.has_a_section(id)) continue;
    NamedMeasures named;
    named.id = id;
    const Ref up = view.up(id);
    if (next_single < single.ids.size() && single.ids[next_single] == id) {
      const structure::OfOneVariable& of = weighed[next_single++];
      named.unavailability = weights.down(up);
      named.down_passages_per_h = weights.down_passages(up);
      named.birnbaum = of.birnbaum;
      named.critical = named.unavailability * of.birnbaum;
      named.down_if_up = of.down_if_up;
      named.down_if_down = of.down_if_down;
      named.by_cause[static_cast<std::size_t>(Cause::too_few_nodes)] = named.critical;
      result.named.push_back(named);
      continue;
    }
    const bool alone = module.named.size() == 1 && module.expression.terms.size() == 1;
    named.unavailability = alone ? result.down : weights.down(up);
    named.down_passages_per_h = alone ? result.down_passages_per_h : weights.down_passages(up);
    if (alone && model.network(id) && model.components[id].holds.empty()) {  // else as large a diagram once more
      named.birnbaum = 1;
      named.critical = result.down;
      named.down_if_down = 1;
      named.by_cause[static_cast<std::size_t>(Cause::too_few_nodes)] = result.down;
      result.named.push_back(named);
      mended = structure::kTrue;
      continue;
    }
    const Ref if_up = view.whole({}, std::pair{id, true});
    const Ref if_down = view.whole({}, std::pair{id, false});
    named.birnbaum = weights.up_and_not(if_up, if_down);
    named.down_if_up = weights.down(if_up);
    named.down_if_down = weights.down(if_down);
    const Ref critical = diagrams.and_not(if_up, whole);
    named.critical = weights.up(critical);
    for (const auto& [cause, why] : split_by_cause(model, view, id, critical))
      named.by_cause[static_cast<std::size_t>(cause)] += weights.up(why);
    mended = diagrams.either(mended, if_up);
    result.named.push_back(named);
  }
  result.down_mendable = weights.up_and_not(mended, whole);
  result.down_several = weights.down(mended);
  for (const ComponentId id : entries) {
    if (diagrams.exhausted()) return result;
    view.tidy(weights, kept);
    const Ref if_up = view.whole({Supposing::Kind::entry, id});
    EntryMeasures entry{id, weights.up_and_not(if_up, whole)};
    if (importance) {
      const Ref if_down = view.whole({Supposing::Kind::without_entry, id});
      entry.unavailability = weights.down(view.up(id));
      entry.birnbaum = weights.up_and_not(if_up, if_down);
      entry.down_if_up = weights.down(if_up);
      entry.down_if_down = weights.down(if_down);
    }
    result.infrastructure.push_back(entry);
  }
  return result;
}

}  // namespace nines::markov
