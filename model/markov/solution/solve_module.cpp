#include "model/markov/solution/solution.hpp"

#include <algorithm>
#include <unordered_map>

#include "model/markov/modules/conditioned.hpp"
#include "model/markov/modules/module_amounts.hpp"
#include "model/markov/parts/solve_parts.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/trajectory/solve_apart.hpp"

namespace nines::markov {

namespace {

// All in one diagram.
tl::expected<ModuleMeasures, Refusal> solve_whole(Solution& s, std::size_t m) {
  const structure::Module& module = s.dissection.partition.modules[m];
  if (is_apart(s.dissection.parts, module)) {
    auto solved = solve_apart(s, m);
    if (!solved) return tl::unexpected(std::move(solved.error()));
    s.measures.push_back(std::move(solved->measures));
    s.errors.push_back(solved->error);
    s.approximations.push_back(solved->approximation);
    return {};
  }
  s.views[m] = std::make_unique<ModuleView>(s.model, s.dissection.parts, module);
  ModuleView& view = *s.views[m];
  std::vector<structure::Variable> variables;
  for (const std::uint32_t part : view.parts_by_level()) {
    const Part& p = s.dissection.parts.list[part];
    variables.push_back(p.variable);
    if (p.is_block) {  // as long as it is not solved: where it starts
      variables.back().probability.assign(p.values(), 0.0);
      variables.back().probability[p.value_of[p.space->chain.start]] = 1;
    }
  }
  const structure::Ref whole = view.whole();
  if (view.diagrams().exhausted()) return tl::unexpected(structure_too_large());
  for (std::uint32_t level = 0; level < variables.size(); ++level) {
    Part& part = s.dissection.parts.list[view.parts_by_level()[level]];
    if (!part.is_block) continue;
    auto weight = structure::Weights(view.diagrams(), variables).down_given(whole, level);
    if (std::all_of(weight.begin(), weight.end(), [](double w) { return w == 0; })) {
      // Down only together with another block: weigh every state in which something is not as at the start.
      weight.assign(weight.size(), 1.0);
      weight[part.value_of[part.space->chain.start]] = 0;
    }
    if (auto done = solve_block(s.dissection.parts, view.parts_by_level()[level], weight, s.options); !done)
      return tl::unexpected(std::move(done.error()));
    variables[level] = part.variable;
  }
  ModuleMeasures measures = measure(s.model, view, module, variables, s.dissection.entries[m], s.options.importance);
  if (view.diagrams().exhausted()) return tl::unexpected(structure_too_large());
  return measures;
}

tl::expected<ModuleMeasures, Refusal> solve_measures(Solution& s, std::size_t m,
                                                     const std::optional<Condition>& condition) {
  if (!condition) return solve_whole(s, m);
  Conditioned conditioned(s.model, s.dissection.parts, *condition, s.options);
  if (!conditioned.fits()) return solve_whole(s, m);
  if (auto done = conditioned.solve_blocks(); !done) return tl::unexpected(std::move(done.error()));
  auto measures = conditioned.measure();
  if (!measures) return tl::unexpected(structure_too_large());
  s.dissection.in_pieces.resize(s.dissection.partition.modules.size(), 0);
  s.dissection.in_pieces[m] = 1;
  s.dissection.work_in_pieces = s.options.cut_work;
  return std::move(*measures);
}

}  // namespace

tl::expected<void, Refusal> solve_module(Solution& s, std::size_t m) {
  const structure::Module& module = s.dissection.partition.modules[m];
  const Parts& parts = s.dissection.parts;
  if (is_apart(parts, module)) {
    auto solved = solve_apart(s, m);
    if (!solved) return tl::unexpected(std::move(solved.error()));
    s.measures.push_back(std::move(solved->measures));
    s.errors.push_back(solved->error);
    s.approximations.push_back(solved->approximation);
    if (s.options.importance)
      s.cuts.push_back({module_cut_sets(s.model, module, s.dissection.entries[m], cut_limits(s.options)), {}});
    return {};
  }
  const auto condition = find_condition(s.model, parts, module, s.dissection.entries[m], s.options.many_names);
  auto measures = solve_measures(s, m, condition);
  if (!measures) return tl::unexpected(std::move(measures.error()));
  s.measures.push_back(std::move(*measures));
  double error = 0;
  for (const std::uint32_t part : module.parts) error += parts.list[part].error_bound;
  s.errors.push_back(error);
  s.approximations.push_back(0);
  if (s.options.importance)
    s.cuts.push_back(
        module_cuts(s.model, parts, module, s.dissection.entries[m],
                    condition ? condition->interchangeable() : std::unordered_map<ComponentId, ComponentId>{},
                    cut_limits(s.options)));
  if (s.model.demand.empty()) return {};
  auto& view = s.views[m];
  if (!view) view = std::make_unique<ModuleView>(s.model, parts, module);
  std::vector<structure::Variable> variables;
  for (const std::uint32_t part : view->parts_by_level()) variables.push_back(parts.list[part].variable);
  auto amounts = module_amounts(s.model, parts, *view, module, variables);
  if (!amounts) return tl::unexpected(std::move(amounts.error()));
  s.amounts.push_back(std::move(*amounts));
  return {};
}

}  // namespace nines::markov
