// The chain of every part.
#include <algorithm>

#include "model/markov/parts/alike.hpp"
#include "model/markov/parts/onlooker.hpp"
#include "model/markov/parts/part.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/space/state_bound.hpp"
#include "model/markov/trajectory/alike.hpp"
#include "model/markov/trajectory/projection.hpp"

namespace nines::markov {
namespace {

// A stock whose chain would be larger than this is solved by its single units alone.
constexpr std::uint64_t kStockStates = 5000;
// All chains of stocks together; the states of one of 5000 units alone take more.
constexpr std::uint64_t kStockSlots = 20'000'000;

// What something outside of its block asks for: `system`, a component's needs, a passive part, holds of what is named.
std::vector<char> asked_for(const Model& model, const Parts& parts) {
  std::vector<char> asked(model.components.size(), 0);
  for (const ComponentId id : model.named) asked[id] = 1;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    const bool passive = parts.block_of[id] == kNoPart;
    const auto ask_all = [&](const Expression& expression) {
      for (const auto& term : expression.terms)
        if (term.op == Expression::Op::name) asked[term.name] = 1;
    };
    if (passive) {
      for (const ComponentId on : component.placement) asked[on] = 1;
      for (const Expression& copy : component.copies) ask_all(copy);
    }
    if (!parts.whole_in_block[id]) ask_all(component.needs);
    if (std::binary_search(model.named.begin(), model.named.end(), id))
      for (const ComponentId hold : component.holds) asked[hold] = 1;
  }
  return asked;
}

// `room`: slots that chains of stocks may still take, of all of them.
tl::expected<void, TooLarge> explore_stock(const Model& model, const ExploreLimits& limits, std::uint64_t& room,
                                           Part& stock) {
  auto alone = explore(process_of_units(model, stock, 1), limits);
  if (!alone) return tl::unexpected(alone.error());
  stock.unit_space = std::make_shared<const StateSpace>(std::move(*alone));
  const std::uint64_t least = std::uint64_t{stock.units} * (stock.units + std::uint64_t{1});
  if (stock.units == 1) {
    if (stock.unit_space->chain.size() <= kStockStates) stock.space = stock.unit_space;
  } else if (stock.units < kStockStates && least <= room) {
    ExploreLimits few = limits;
    few.states = kStockStates;
    if (auto together = explore(process_of_units(model, stock, stock.units), few)) {
      stock.space = std::make_shared<const StateSpace>(std::move(*together));
      room -= std::min<std::uint64_t>(room, stock.space->slots.size());
    }
  }
  const StateSpace& space = stock.space ? *stock.space : *stock.unit_space;
  for (StateIndex s = 0; s < space.chain.size(); ++s) {
    const auto slots = space.state(s);
    stock.value_of.push_back(static_cast<std::uint32_t>(std::count(slots.begin(), slots.end(), process::Slot{0})));
  }
  return {};
}

// A chain that nothing reacts to is its own chain: what is not reached from its start is left out.
void take_chain(const DrawnChain& drawn, Part& part) {
  const auto reachable = drawn.reachable();
  std::vector<StateIndex> number(drawn.size(), 0);
  StateSpace space;
  space.slots_per_state = 1;
  for (StateIndex s = 0; s < drawn.size(); ++s) {
    number[s] = static_cast<StateIndex>(space.slots.size());
    if (reachable[s]) space.slots.push_back(s);
  }
  space.chain.start = number[drawn.start];
  if (space.slots.size() == drawn.size()) {
    space.chain.row_begin = drawn.row_begin;
    space.chain.target = drawn.target;
    space.chain.rate = drawn.rate;
  } else {
    space.chain.row_begin.push_back(0);
    for (const process::Slot s : space.slots) {
      for (const StateIndex to : drawn.targets(s)) space.chain.target.push_back(number[to]);
      const auto rates = drawn.rates(s);
      space.chain.rate.insert(space.chain.rate.end(), rates.begin(), rates.end());
      space.chain.row_begin.push_back(space.chain.target.size());
    }
  }
  part.infrastructure = part.members;
  part.value_of.reserve(space.slots.size());
  for (const process::Slot s : space.slots) part.value_of.push_back(drawn.up[s] != 0 ? 1 : 0);
  for (const char up : {char{0}, char{1}})
    part.sights.push_back({{up, 1, up, 1, 0}, {std::nullopt}, {}});  // by scenario
  part.space = std::make_shared<const StateSpace>(std::move(space));
}

// A cluster that is equal to an earlier one needs no chain of its own: it is seen as that one is.
bool take_alike(Parts& parts, std::uint32_t number, AlikeClusters& alike) {
  Part& part = parts.list[number];
  const auto own_of = [&](std::uint32_t of) {
    std::vector<ComponentId> own;
    for (const ComponentId id : parts.list[of].members)
      if (parts.block_of[id] == of) own.push_back(id);
    return own;
  };
  const auto own = own_of(number);
  const auto known = alike.meet(number, own, part.members);
  if (!known) return false;
  const Part& other = parts.list[*known];
  const auto its = own_of(*known);
  const auto renamed = [&](std::vector<ComponentId> list) {
    for (ComponentId& id : list)
      if (const auto at = std::find(its.begin(), its.end(), id); at != its.end())
        id = own[static_cast<std::size_t>(at - its.begin())];
    std::sort(list.begin(), list.end());
    return list;
  };
  part.alike = *known;
  part.value_of = other.value_of;
  part.sights = other.sights;
  part.serving = renamed(other.serving);
  part.infrastructure = renamed(other.infrastructure);
  part.fitted = other.fitted;
  return true;
}

// What of a block the rest of the model asks for.
std::vector<char> seen_of(const Parts& parts, std::uint32_t number, const std::vector<char>& asked) {
  std::vector<char> seen;
  for (const ComponentId id : parts.list[number].members) seen.push_back(parts.block_of[id] == number ? asked[id] : 0);
  return seen;
}

tl::expected<void, Refusal> explore_block(const Model& model, const ExploreLimits& limits, const Fitting& fitting,
                                          const std::vector<char>& asked, bool importance, Parts& parts,
                                          std::uint32_t number) {
  Part& part = parts.list[number];
  if (const auto why = surely_too_large(model, part.members, limits))
    return tl::unexpected(too_large(model, part.members, *why));
  const process::Process process = process_of(model, part);
  const Stages stages(model, process, fitting);
  std::vector<char> ran;
  auto space = explore(process, limits, stages, &ran);
  if (!space) return tl::unexpected(too_large(model, part.members, space.error()));
  part.fitted = fitted_laws(model, process, stages, ran);
  part.space = std::make_shared<const StateSpace>(std::move(*space));
  auto seen = seen_of(parts, number, asked);
  for (std::size_t i = 0; i < seen.size() && importance; ++i)
    if (parts.block_of[part.members[i]] == number && model.components[part.members[i]].infrastructure) seen[i] = 1;
  if (!see_from_outside(model, process, {parts.whole_in_block, seen, importance}, limits.bytes, part))
    return tl::unexpected(too_large(model, part.members, {TooLarge::What::bytes, limits.bytes}));
  if (part.shared == kNoPart) return {};
  const Part& other = parts.list[part.shared];
  const process::Process shared = process_of(model, other);
  part.shared_state = project(process, stages, *part.space, shared, Stages(model, shared, fitting), *other.space);
  return {};
}

}  // namespace

tl::expected<void, Unexplored> explore_parts(const Model& model, const SolveOptions& options, const Fitting& fitting,
                                             Parts& parts) {
  const auto asked = asked_for(model, parts);
  const ExploreLimits limits{options.max_states, memory_limit(options) / 2, true};
  std::uint64_t room = kStockSlots;
  std::vector<char> shares(parts.list.size(), 0);
  for (const Part& part : parts.list)
    if (part.shared != kNoPart) shares[part.shared] = 1;
  AlikeClusters alike(model, {asked, model.asked_to_serve(), parts.whole_in_block});
  parts.like = find_alike(model, parts, asked);
  for (std::uint32_t number = 0; number < parts.list.size(); ++number) {
    Part& part = parts.list[number];
    if (const Part& first = parts.list[parts.like[number]]; &first != &part && first.fitted.empty()) {
      explore_like(first, part);
      continue;
    }
    parts.like[number] = number;
    if (!part.is_block) {
      if (auto done = explore_stock(model, limits, room, part); !done)
        return tl::unexpected(Unexplored{too_large(model, part.members, done.error()), std::nullopt});
      continue;
    }
    if (const DrawnChain* drawn = model.drawn(part.members[0]); drawn && part.members.size() == 1) {
      take_chain(*drawn, part);
      continue;
    }
    if (part.shared != kNoPart && take_alike(parts, number, alike)) continue;
    const bool whole = part.shared == kNoPart && !shares[number];
    if (auto done = explore_block(model, limits, fitting, asked, options.importance, parts, number); !done)
      return tl::unexpected(Unexplored{std::move(done.error()), whole ? std::optional(part.members[0]) : std::nullopt});
  }
  return {};
}

}  // namespace nines::markov
