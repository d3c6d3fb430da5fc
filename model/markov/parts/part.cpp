#include "model/markov/parts/part.hpp"

#include <algorithm>
#include <map>

#include "model/markov/parts/alike.hpp"
#include "model/markov/parts/onlooker.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/space/state_bound.hpp"
#include "model/structure/dependence.hpp"

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

// Stocks of one passive component: equal units in one place, in order of its nodes.
std::vector<Part> stocks_of(const Model& model, ComponentId id) {
  const Component& component = model.components[id];
  std::vector<Part> stocks;
  std::map<std::pair<UnitId, ComponentId>, std::size_t> stock_with;
  for (std::size_t i = 0; i < component.nodes.size(); ++i) {
    const bool placed = !component.placement.empty();
    const ComponentId place = placed ? component.placement[i] : 0;
    const auto [found, fresh] = stock_with.emplace(std::pair{component.nodes[i], place}, stocks.size());
    if (fresh) {
      Part part;
      part.members = {id};
      part.unit = component.nodes[i];
      part.placed = placed;
      part.place = place;
      stocks.push_back(std::move(part));
    }
    ++stocks[found->second].units;
  }
  return stocks;
}

// A model of nothing but these units, to be explored as any other. Their crew, if they have one, never keeps them
// waiting, or they would be in a block with all others it serves.
Model units_alone(const Model& model, const Part& stock, std::uint32_t units) {
  Model alone;
  alone.units = {model.units[stock.unit]};
  for (FailureMode& mode : alone.units.front().modes) {
    mode.crew = kNoCrew;
    mode.spare = kNoSpare;
  }
  Component component;
  component.name = model.components[stock.members[0]].name;
  component.redundancy = Series{};
  component.nodes.assign(units, 0);
  alone.components = {component};
  alone.used = {1};
  return alone;
}

process::Process process_of_units(const Model& model, const Part& stock, std::uint32_t units) {
  const ComponentId only[] = {0};
  return process::Process(units_alone(model, stock, units), only);
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

}  // namespace

bool Part::sees_up(std::size_t value, std::size_t scenario, ComponentId member) const {
  const auto position = std::lower_bound(members.begin(), members.end(), member) - members.begin();
  return sights[value].up[scenario * members.size() + static_cast<std::size_t>(position)] != 0;
}

std::size_t Part::scenario_with(ComponentId entry) const {
  const auto found = std::find(infrastructure.begin(), infrastructure.end(), entry);
  return found == infrastructure.end() ? 0 : kFirstEntry + static_cast<std::size_t>(found - infrastructure.begin());
}

std::size_t Part::scenario_without(ComponentId entry) const {
  const std::size_t with = scenario_with(entry);
  return with == 0 ? 0 : with + infrastructure.size();
}

process::Process process_of(const Model& model, const Part& part) {
  return part.is_block ? process::Process(model, part.members) : process_of_units(model, part, part.units);
}

Parts find_parts(const Model& model) {
  const auto blocks = structure::find_blocks(model);
  Parts parts;
  parts.block_of = blocks.block_of;
  for (ComponentId id = 0; id < model.components.size(); ++id)
    parts.whole_in_block.push_back(blocks.block_of[id] != structure::kNoBlock &&
                                   (model.components[id].infrastructure || blocks.inside_reacting[id]));
  parts.stocks_of.resize(model.components.size());
  for (const auto& members : blocks.members) {
    Part part;
    part.is_block = true;
    part.members = members;
    parts.list.push_back(std::move(part));
  }
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id] || parts.block_of[id] != kNoPart || !model.components[id].copies.empty()) continue;
    for (Part& stock : stocks_of(model, id)) {
      parts.stocks_of[id].push_back(static_cast<std::uint32_t>(parts.list.size()));
      parts.list.push_back(std::move(stock));
    }
  }
  return parts;
}

tl::expected<void, Refusal> explore_parts(const Model& model, const SolveOptions& options, const Fitting& fitting,
                                          Parts& parts) {
  const auto asked = asked_for(model, parts);
  const ExploreLimits limits{options.max_states, memory_limit(options) / 2, true};
  std::uint64_t room = kStockSlots;
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
        return tl::unexpected(too_large(model, part.members, done.error()));
      continue;
    }
    if (const DrawnChain* drawn = model.drawn(part.members[0]); drawn && part.members.size() == 1) {
      take_chain(*drawn, part);
      continue;
    }
    if (const auto why = surely_too_large(model, part.members, limits))
      return tl::unexpected(too_large(model, part.members, *why));
    const process::Process process = process_of(model, part);
    const Stages stages(model, process, fitting);
    std::vector<char> ran;
    auto space = explore(process, limits, stages, &ran);
    if (!space) return tl::unexpected(too_large(model, part.members, space.error()));
    part.fitted = fitted_laws(model, process, stages, ran);
    part.space = std::make_shared<const StateSpace>(std::move(*space));
    std::vector<char> seen;
    for (const ComponentId id : part.members)
      seen.push_back(asked[id] || (options.importance && model.components[id].infrastructure));
    const SeenFromOutside from{parts.whole_in_block, seen, options.importance};
    if (!see_from_outside(model, process, from, limits.bytes, part))
      return tl::unexpected(too_large(model, part.members, {TooLarge::What::bytes, limits.bytes}));
  }
  return {};
}

structure::Support support_of(const Model& model, const Parts& parts) {
  structure::Support support;
  support.parts.resize(model.components.size());
  support.asks.resize(model.components.size());
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    const bool in_block = parts.block_of[id] != kNoPart;
    if (in_block) support.parts[id].push_back(parts.block_of[id]);
    support.parts[id].insert(support.parts[id].end(), parts.stocks_of[id].begin(), parts.stocks_of[id].end());
    auto& asks = support.asks[id];
    const auto ask_all = [&](const Expression& expression) {
      for (const auto& term : expression.terms)
        if (term.op == Expression::Op::name) asks.push_back(term.name);
    };
    if (!in_block) {
      asks = component.placement;
      for (const Expression& copy : component.copies) ask_all(copy);
    }
    if (!parts.whole_in_block[id]) ask_all(component.needs);
    std::sort(asks.begin(), asks.end());
    asks.erase(std::unique(asks.begin(), asks.end()), asks.end());
  }
  return support;
}

}  // namespace nines::markov
