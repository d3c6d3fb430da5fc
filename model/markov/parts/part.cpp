#include "model/markov/parts/part.hpp"

#include <algorithm>
#include <map>

#include "model/process/network.hpp"
#include "model/structure/dependence.hpp"
#include "model/structure/split.hpp"

namespace nines::markov {
namespace {

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

process::Process process_of_units(const Model& model, const Part& stock, std::uint32_t units) {
  const ComponentId only[] = {0};
  return process::Process(units_alone(model, stock, units), only);
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
