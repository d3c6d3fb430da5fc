#include "model/markov/parts/dissection.hpp"

#include <fmt/format.h>

#include "model/markov/approximations.hpp"
#include "model/markov/refusals.hpp"
#include "model/structure/dependence.hpp"
#include "model/structure/split.hpp"

namespace nines::markov {

namespace {

void find_modules(const Model& model, Dissection& dissection) {
  dissection.partition = structure::take_apart(model.system, support_of(model, dissection.parts));
  std::vector<std::uint32_t> module_with(dissection.parts.list.size(), 0);
  for (std::uint32_t m = 0; m < dissection.partition.modules.size(); ++m)
    for (const std::uint32_t part : dissection.partition.modules[m].parts) module_with[part] = m;
  dissection.entries.resize(dissection.partition.modules.size());
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    const Component& component = model.components[id];
    if (!model.used[id] || !component.infrastructure || component.hold != Hold::none) continue;
    if (model.has_a_section(id) && !model.carries[id]) continue;  // named by `system`: it has a share as a component
    const std::uint32_t block = dissection.parts.block_of[id];
    const auto& stocks = dissection.parts.stocks_of[id];
    // A network of which nothing fails is in no module: its share is nothing in any.
    const std::uint32_t module = block != kNoPart ? module_with[block] : stocks.empty() ? 0 : module_with[stocks[0]];
    dissection.entries[module].push_back(id);
  }
}

}  // namespace

Dissection dissect_structure(const Model& model, std::span<const ComponentId> apart) {
  Dissection dissection;
  dissection.parts = find_parts(model, apart);
  find_modules(model, dissection);
  return dissection;
}

namespace {

// Blocks that `--approximate` takes apart at once.
std::vector<ComponentId> all_that_split(const Model& model) {
  std::vector<ComponentId> apart;
  for (const auto& members : structure::find_blocks(model).members)
    if (structure::split_block(model, members)) apart.push_back(members.front());
  return apart;
}

// Whether the block that begins with this member is taken apart; if not, why not is said beside `refusal`.
bool take_apart(const Model& model, ComponentId first, const SolveOptions& options, Refusal& refusal) {
  for (const auto& members : structure::find_blocks(model).members) {
    if (members.front() != first) continue;
    const auto split = structure::split_block(model, members);
    if (split && !options.exact) return true;
    if (split)
      refusal.notes.push_back(
          fmt::format("without `--exact` its {} groups are solved one by one, given what happens to the infrastructure "
                      "they share, which is approximate",
                      split->clusters.size()));
    else if (members.size() > 1)
      refusal.notes.push_back("nor can it be taken apart: " + split.error());
  }
  return false;
}

}  // namespace

tl::expected<Dissection, Refusal> dissect(const Model& model, const SolveOptions& options, const Fitting& fitting,
                                          TakeApart may) {
  if (auto refusal = refuse_approximations(model, options)) return tl::unexpected(std::move(*refusal));
  if (auto refusal = refuse_laws(model)) return tl::unexpected(std::move(*refusal));
  std::vector<ComponentId> apart;
  if (may == TakeApart::where_needed && options.approximate) apart = all_that_split(model);
  for (;;) {
    Dissection dissection = dissect_structure(model, apart);
    auto explored = explore_parts(model, options, fitting, dissection.parts);
    if (!explored) {
      auto& [refusal, block] = explored.error();
      if (may == TakeApart::never || !block || !take_apart(model, *block, options, refusal))
        return tl::unexpected(std::move(refusal));
      apart.push_back(*block);
      continue;
    }
    for (const Part& part : dissection.parts.list)
      if (auto refusal = refuse_fits(part.fitted, options.exact)) return tl::unexpected(std::move(*refusal));
    return dissection;
  }
}

// A module in pieces is a large one: much of a full budget would be spent in vain.
UpByValues::UpByValues(const Model& model, const Dissection& dissection, std::vector<std::unique_ptr<ModuleView>> views)
    : partition_(dissection.partition), views_(std::move(views)) {
  views_.resize(partition_.modules.size());
  for (std::size_t m = 0; m < partition_.modules.size() && !exhausted_; ++m) {
    structure::Diagrams::Budget budget;
    if (!dissection.in_pieces.empty() && dissection.in_pieces[m]) budget.work = dissection.work_in_pieces;
    if (!views_[m]) views_[m] = std::make_unique<ModuleView>(model, dissection.parts, partition_.modules[m], budget);
    wholes_.push_back(views_[m]->whole());
    views_[m]->keep_only(wholes_.back());
    exhausted_ = views_[m]->diagrams().exhausted();
  }
}

}  // namespace nines::markov
