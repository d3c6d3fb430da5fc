#include "model/markov/part.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "model/markov/refusals.hpp"
#include "model/markov/state_bound.hpp"
#include "model/structure/dependence.hpp"

namespace nines::markov {
namespace {

// A stock whose chain would be larger than this is solved by its single units alone.
constexpr std::uint64_t kStockStates = 5000;
// All chains of stocks together; the states of one of 5000 units alone take more.
constexpr std::uint64_t kStockSlots = 20'000'000;

// The values of a block: states that look alike from outside, in every scenario, are one.
class Onlooker {
 public:
  Onlooker(const Model& model, const process::Process& process, Part& part) : part_(part), process_(process) {
    for (const DemandLevel& level : model.demand) peak_ = std::max(peak_, level.level);
    const auto& wiring = process_.wiring();
    for (const ComponentId id : part.members)
      if (model.components[id].infrastructure) part.infrastructure.push_back(id);
    forced_.assign(1 + part.infrastructure.size(), std::vector<char>(wiring.groups.size(), 0));
    for (std::size_t i = 0; i < part.infrastructure.size(); ++i) {
      const auto group = wiring.group_of[part.infrastructure[i]];
      forced_[0][group] = 1;
      forced_[1 + i][group] = 1;
    }
    for (const ComponentId id : part.members) {
      infrastructure_.push_back(model.components[id].infrastructure);
      serves_.push_back(peak_ > 0 && std::binary_search(model.named.begin(), model.named.end(), id));
    }
  }

  // `seen[i]`: whether anything outside of the block asks for member i. False when the values take more than `bytes`.
  [[nodiscard]] bool run(const std::vector<char>& seen, std::uint64_t bytes) {
    const StateSpace& space = *part_.space;
    std::unordered_map<std::string, std::uint32_t> value_with;
    part_.value_of.reserve(space.chain.size());
    std::string key;
    for (StateIndex s = 0; s < space.chain.size(); ++s) {
      look(space.state(s), seen, key);
      const auto [found, fresh] = value_with.try_emplace(key, static_cast<std::uint32_t>(part_.sights.size()));
      if (fresh) part_.sights.push_back(sight_of(key));
      part_.value_of.push_back(found->second);
      if (part_.sights.size() * (2 * key.size() + kBytesOfSight) > bytes) return false;
    }
    return true;
  }

 private:
  void look(std::span<const process::Slot> slots, const std::vector<char>& seen, std::string& key) {
    const auto& wiring = process_.wiring();
    key.clear();
    process_.look(slots, {}, signals_);
    append(signals_, seen, key);
    const std::size_t width = key.size();
    const bool all_up = std::all_of(part_.infrastructure.begin(), part_.infrastructure.end(),
                                    [&](ComponentId id) { return signals_.up[wiring.group_of[id]]; });
    for (std::size_t i = 0; i < forced_.size(); ++i) {
      const bool same = i == 0 ? all_up : signals_.up[wiring.group_of[part_.infrastructure[i - 1]]] != 0;
      if (same) {
        key.append(key, 0, width);
      } else {
        process_.look(slots, forced_[i], other_);
        append(other_, seen, key);
      }
    }
    for (std::size_t m = 0; m < part_.members.size(); ++m) {
      const auto cause =
          infrastructure_[m] && !seen[m] ? std::nullopt : process_.mode_cause(wiring.group_of[part_.members[m]], slots);
      key.push_back(cause ? static_cast<char>(1 + static_cast<int>(*cause)) : '\0');
    }
    if (peak_ > 0)
      for (std::size_t m = 0; m < part_.members.size(); ++m) append_service(m, slots, key);
  }

  // The number of what a member serves. What serves all that is ever asked for might as well serve more.
  void append_service(std::size_t m, std::span<const process::Slot> slots, std::string& key) {
    const auto group = process_.wiring().group_of[part_.members[m]];
    process::Service service;
    if (serves_[m] && signals_.group_up[group]) service = process_.service_of(group, slots, signals_);
    if (service.capacity >= peak_) service.capacity = kUnlimited;
    const auto [found, fresh] = service_with_.try_emplace({service.capacity, service.share}, services_.size());
    if (fresh) services_.push_back(service);
    for (int byte = 0; byte < kBytesOfService; ++byte)
      key.push_back(static_cast<char>(found->second >> (8 * byte) & 0xffU));
  }

  // Of a component the group by itself: its needs may lie outside and are looked at by who asks.
  void append(const process::Signals& signals, const std::vector<char>& seen, std::string& key) const {
    const auto& wiring = process_.wiring();
    for (std::size_t m = 0; m < part_.members.size(); ++m) {
      const auto group = wiring.group_of[part_.members[m]];
      const char up = infrastructure_[m] ? signals.up[group] : signals.group_up[group];
      key.push_back(seen[m] ? up : '\0');
    }
  }

  [[nodiscard]] Sight sight_of(const std::string& key) const {
    const std::size_t members = part_.members.size(), bits = (1 + forced_.size()) * members;
    Sight sight{{key.begin(), key.begin() + static_cast<std::ptrdiff_t>(bits)}, {}, {}};
    for (std::size_t i = bits; i < bits + members; ++i)
      sight.causes.push_back(key[i] ? std::optional(static_cast<Cause>(key[i] - 1)) : std::nullopt);
    for (std::size_t i = bits + members; i < key.size(); i += kBytesOfService) {
      std::size_t number = 0;
      for (int byte = kBytesOfService; byte-- > 0;)
        number = number << 8 | static_cast<unsigned char>(key[i + static_cast<std::size_t>(byte)]);
      sight.services.push_back(services_[number]);
    }
    return sight;
  }

  static constexpr int kBytesOfService = 3;
  static constexpr std::size_t kBytesOfSight = 160;  // beside what is seen, kept once in the sight and once to look up

  Part& part_;
  const process::Process& process_;
  std::vector<std::vector<char>> forced_;  // by scenario, from 1
  std::vector<char> infrastructure_;       // by member
  double peak_ = 0;                        // of the demand, if there is any
  std::vector<char> serves_;               // by member: what it serves is asked for
  std::vector<process::Service> services_;
  std::map<std::pair<double, double>, std::size_t> service_with_;
  process::Signals signals_, other_;
};

// Infrastructure that something outside of its block asks for: `system`, a component's needs, or a passive part.
std::vector<char> asked_for(const Model& model, const Parts& parts) {
  std::vector<char> asked(model.components.size(), 0);
  for (const ComponentId id : model.named) asked[id] = 1;
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& component = model.components[id];
    const bool passive = parts.block_of[id] == kNoPart;
    if (passive)
      for (const ComponentId on : component.placement) asked[on] = 1;
    if (passive || !component.infrastructure)
      for (const auto& term : component.needs.terms)
        if (term.op == Expression::Op::name) asked[term.name] = 1;
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
  for (FailureMode& mode : alone.units.front().modes) mode.crew = kNoCrew;
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
  stock.unit_space = std::move(*alone);
  const std::uint64_t least = std::uint64_t{stock.units} * (stock.units + std::uint64_t{1});
  if (stock.units == 1) {
    if (stock.unit_space->chain.size() <= kStockStates) stock.space = stock.unit_space;
  } else if (stock.units < kStockStates && least <= room) {
    ExploreLimits few = limits;
    few.states = kStockStates;
    if (auto together = explore(process_of_units(model, stock, stock.units), few)) {
      stock.space = std::move(*together);
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

}  // namespace

bool Part::sees_up(std::size_t value, std::size_t scenario, ComponentId member) const {
  const auto position = std::lower_bound(members.begin(), members.end(), member) - members.begin();
  return sights[value].up[scenario * members.size() + static_cast<std::size_t>(position)] != 0;
}

std::size_t Part::scenario_of(ComponentId entry) const {
  const auto found = std::find(infrastructure.begin(), infrastructure.end(), entry);
  return found == infrastructure.end() ? 0 : 2 + static_cast<std::size_t>(found - infrastructure.begin());
}

process::Process process_of(const Model& model, const Part& part) {
  return part.is_block ? process::Process(model, part.members) : process_of_units(model, part, part.units);
}

Parts find_parts(const Model& model) {
  const auto blocks = structure::find_blocks(model);
  Parts parts;
  parts.block_of = blocks.block_of;
  parts.stocks_of.resize(model.components.size());
  for (const auto& members : blocks.members) {
    Part part;
    part.is_block = true;
    part.members = members;
    parts.list.push_back(std::move(part));
  }
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id] || parts.block_of[id] != kNoPart) continue;
    for (Part& stock : stocks_of(model, id)) {
      parts.stocks_of[id].push_back(static_cast<std::uint32_t>(parts.list.size()));
      parts.list.push_back(std::move(stock));
    }
  }
  return parts;
}

tl::expected<void, Refusal> explore_parts(const Model& model, const SolveOptions& options, Parts& parts) {
  const auto asked = asked_for(model, parts);
  const ExploreLimits limits{options.max_states, memory_limit(options) / 2, true};
  std::uint64_t room = kStockSlots;
  for (Part& part : parts.list) {
    if (!part.is_block) {
      if (auto done = explore_stock(model, limits, room, part); !done)
        return tl::unexpected(too_large(model, part.members, done.error()));
      continue;
    }
    if (const auto why = surely_too_large(model, part.members, limits))
      return tl::unexpected(too_large(model, part.members, *why));
    const process::Process process = process_of(model, part);
    auto space = explore(process, limits);
    if (!space) return tl::unexpected(too_large(model, part.members, space.error()));
    part.space = std::move(*space);
    std::vector<char> seen;
    for (const ComponentId id : part.members) seen.push_back(asked[id] || !model.components[id].infrastructure);
    if (!Onlooker(model, process, part).run(seen, limits.bytes))
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
    if (!in_block) asks = component.placement;
    if (!in_block || !component.infrastructure)
      for (const auto& term : component.needs.terms)
        if (term.op == Expression::Op::name) asks.push_back(term.name);
    std::sort(asks.begin(), asks.end());
    asks.erase(std::unique(asks.begin(), asks.end()), asks.end());
  }
  return support;
}

}  // namespace nines::markov
