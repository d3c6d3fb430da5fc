// Chains for export: everything that takes part, or one module, state by state.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "model/markov/parts/dissection.hpp"
#include "model/markov/parts/product.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

std::vector<std::uint32_t> parts_in(const Dissection& dissection, std::optional<std::size_t> module) {
  std::vector<std::uint32_t> which;
  for (std::size_t m = 0; m < dissection.partition.modules.size(); ++m)
    if (!module || *module == m)
      which.insert(which.end(), dissection.partition.modules[m].parts.begin(),
                   dissection.partition.modules[m].parts.end());
  std::sort(which.begin(), which.end());
  return which;
}

std::vector<ComponentId> members_of(const Dissection& dissection, std::size_t module) {
  std::vector<ComponentId> members = dissection.partition.modules[module].named;
  const auto& entries = dissection.entries[module];
  members.insert(members.end(), entries.begin(), entries.end());
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

// One variable per slot that can change: `db.0`, `db.mode`, `db.about`.
void add_variables(const Model& model, const Part& part, LabelledChain& out) {
  const process::Process process = process_of(model, part);
  const auto& wiring = process.wiring();
  std::vector<std::string> names(wiring.slots);
  for (const auto& node : wiring.nodes) {
    const ComponentId id = part.is_block ? wiring.groups[node.group].component : part.members[0];
    std::string name = fmt::format("{}_{}", model.components[id].name, node.number);
    if (const NetworkGraph* network = model.network(id))
      name = fmt::format("{}_{}", model.components[id].name,
                         network->element_names[part.is_block ? node.number : part.element]);
    if (part.placed) name += "_" + model.components[part.place].name;
    if (node.next_slot != process::kNone) names[node.next_slot] = name + "_next";
    names[node.slot] = std::move(name);
  }
  for (const auto& group : wiring.groups) {
    if (std::holds_alternative<Series>(group.redundancy) || group.network) continue;
    const std::string& name = model.components[group.component].name;
    if (group.chain) {
      names[group.slot] = name + "_state";
      continue;
    }
    names[group.slot] = name + "_mode";
    names[group.slot + 1] = name + "_about";
    if (group.round_slot == process::kNone) continue;
    names[group.round_slot] = name + "_round";
    names[group.round_slot + 1] = name + "_out";
  }
  const auto name_line = [&](const process::Line& line, const std::string& name) {
    names[line.slot] = name + "_first";
    names[line.slot + 1] = name + "_last";
  };
  for (const auto& crew : wiring.crews) {
    const std::string& name = model.crews[crew.crew].name;
    names[crew.slot] = name + "_busy";
    name_line(crew.line, name);
  }
  for (const auto& spare : wiring.spares) {
    const std::string& name = model.spares[spare.spare].name;
    names[spare.slot] = name + "_orders";
    name_line(spare.line, name);
  }
  for (const auto& shock : wiring.shocks)
    if (shock.slot != process::kNone) names[shock.slot] = shock.name + "_restored";
  for (std::string& name : names)
    for (char& c : name)
      if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '-') c = '_';
  out.variables.insert(out.variables.end(), names.begin(), names.end());
}

}  // namespace

std::vector<ModuleInfo> modules(const Model& model) {
  std::vector<ModuleInfo> infos;
  const auto dissection = dissect_structure(model);
  for (std::size_t m = 0; m < dissection.partition.modules.size(); ++m) {
    ModuleInfo info;
    for (const ComponentId id : members_of(dissection, m)) info.members.push_back(model.components[id].name);
    info.name = model.components[dissection.partition.modules[m].named.front()].name;
    infos.push_back(std::move(info));
  }
  return infos;
}

tl::expected<LabelledChain, Refusal> joint_chain(const Model& model, const std::string& wanted,
                                                 const SolveOptions& options) {
  auto dissection = dissect(model, options);
  if (!dissection) return tl::unexpected(std::move(dissection.error()));
  std::optional<std::size_t> module;
  if (!wanted.empty()) {
    for (std::size_t m = 0; m < dissection->partition.modules.size() && !module; ++m)
      for (const ComponentId id : members_of(*dissection, m))
        if (model.components[id].name == wanted) module = m;
    if (!module) return tl::unexpected(Refusal{"no-module", fmt::format("no module holds `{}`", wanted), {}, {}});
  }
  for (std::size_t m = 0; m < dissection->partition.modules.size(); ++m)
    if (!module || *module == m)
      if (auto refusal = refuse_chain(model, members_of(*dissection, m))) return tl::unexpected(std::move(*refusal));
  const auto which = parts_in(*dissection, module);
  const auto& parts = dissection->parts;
  for (const std::uint32_t part : which)
    if (!parts.list[part].fitted.empty()) return tl::unexpected(no_law_of_a_chain(parts.list[part].fitted.front()));
  if (!product_size(parts, which, options.max_states))
    return tl::unexpected(Refusal{"too-many-states",
                                  fmt::format("the joint chain has more than {} states", options.max_states),
                                  {},
                                  {"export one module with `--module NAME`, or raise `--max-states`"}});
  Product product = make_product(parts, which);
  LabelledChain out;
  for (const std::uint32_t part : which) add_variables(model, parts.list[part], out);
  const UpByValues is_up(model, *dissection);
  if (is_up.exhausted()) return tl::unexpected(structure_too_large());
  std::vector<std::uint32_t> column(parts.list.size(), 0);
  for (std::uint32_t i = 0; i < which.size(); ++i) column[which[i]] = i;
  for (const auto& state : product.states) {
    const auto value = [&](std::uint32_t part) { return parts.list[part].value_of[state[column[part]]]; };
    out.up.push_back(module ? is_up.module(*module, value) : is_up(value));
    std::vector<int> values;
    for (std::size_t i = 0; i < which.size(); ++i)
      for (const process::Slot slot : parts.list[which[i]].space->state(state[i]))
        values.push_back(static_cast<int>(slot));
    out.values.push_back(std::move(values));
  }
  out.chain = std::move(product.chain);
  return out;
}

}  // namespace nines::markov
