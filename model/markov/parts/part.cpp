#include "model/markov/parts/part.hpp"

#include <algorithm>
#include <map>

#include "model/markov/parts/alike.hpp"
#include "model/markov/parts/onlooker.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/space/state_bound.hpp"
#include "model/markov/trajectory/alike.hpp"
#include "model/markov/trajectory/projection.hpp"
#include "model/process/network.hpp"
#include "model/structure/dependence.hpp"
#include "model/structure/split.hpp"

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

// The elements of a network: each by itself, for it is not the number of them that matters.
std::vector<Part> stocks_of_network(const Model& model, ComponentId id, const structure::NetworkOrder& order) {
  std::vector<Part> stocks;
  for (const std::uint32_t element : order.elements) {
    Part part;
    part.members = {id};
    part.unit = model.components[id].nodes[element];
    part.units = 1;
    part.element = element;
    stocks.push_back(std::move(part));
  }
  return stocks;
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

// `own`: the members that are of this part before others.
Part& add_block(const std::vector<ComponentId>& own, std::vector<ComponentId> members, Parts& parts) {
  for (const ComponentId id : own) parts.block_of[id] = static_cast<std::uint32_t>(parts.list.size());
  Part part;
  part.is_block = true;
  part.members = std::move(members);
  parts.list.push_back(std::move(part));
  return parts.list.back();
}

void add_apart(const Model& model, const std::vector<ComponentId>& members, Parts& parts) {
  const auto split = structure::split_block(model, members).value();
  const auto shared = static_cast<std::uint32_t>(parts.list.size());
  add_block(split.shared, split.shared, parts);
  for (const auto& cluster : split.clusters) {
    std::vector<ComponentId> with = cluster;
    with.insert(with.end(), split.shared.begin(), split.shared.end());
    std::sort(with.begin(), with.end());
    add_block(cluster, std::move(with), parts).shared = shared;
  }
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

bool never_fails(const Model& model, ComponentId id) {
  const NetworkGraph* network = model.network(id);
  if (!network || !model.components[id].needs.empty()) return false;
  process::Route route;
  return process::is_joined(*network, std::vector<char>(network->elements(), 0), route);
}

process::Process process_of(const Model& model, const Part& part) {
  return part.is_block ? process::Process(model, part.members) : process_of_units(model, part, part.units);
}

Parts find_parts(const Model& model, std::span<const ComponentId> apart) {
  const auto blocks = structure::find_blocks(model);
  Parts parts;
  parts.block_of.assign(model.components.size(), kNoPart);
  for (ComponentId id = 0; id < model.components.size(); ++id)
    parts.whole_in_block.push_back(blocks.block_of[id] != structure::kNoBlock &&
                                   (model.components[id].infrastructure || blocks.inside_reacting[id]));
  parts.stocks_of.resize(model.components.size());
  for (const auto& members : blocks.members)
    if (std::find(apart.begin(), apart.end(), members.front()) != apart.end())
      add_apart(model, members, parts);
    else
      add_block(members, members, parts);
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id] || parts.block_of[id] != kNoPart || !model.components[id].copies.empty()) continue;
    const NetworkGraph* network = model.network(id);
    if (network) parts.networks[id] = structure::order_network(*network);
    for (Part& stock : network ? stocks_of_network(model, id, parts.networks[id]) : stocks_of(model, id)) {
      parts.stocks_of[id].push_back(static_cast<std::uint32_t>(parts.list.size()));
      parts.list.push_back(std::move(stock));
    }
  }
  return parts;
}

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

structure::Support support_of(const Model& model, const Parts& parts) {
  structure::Support support;
  support.parts.resize(model.components.size());
  support.asks.resize(model.components.size());
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    const bool in_block = parts.block_of[id] != kNoPart;
    if (in_block) {
      support.parts[id].push_back(parts.block_of[id]);
      if (const auto shared = parts.list[parts.block_of[id]].shared; shared != kNoPart)
        support.parts[id].push_back(shared);
    }
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
