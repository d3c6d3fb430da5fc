#include "model/markov/solution/solution.hpp"

#include <algorithm>

#include "model/markov/modules/module_amounts.hpp"
#include "model/markov/parts/solve_parts.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/trajectory/solve_apart.hpp"

namespace nines::markov {

tl::expected<void, Refusal> solve_module(Solution& s, std::size_t m) {
  const structure::Module& module = s.dissection.partition.modules[m];
  if (is_apart(s.dissection.parts, module)) {
    auto solved = solve_apart(s, m);
    if (!solved) return tl::unexpected(std::move(solved.error()));
    s.measures.push_back(std::move(solved->measures));
    s.errors.push_back(solved->error);
    s.approximations.push_back(solved->approximation);
    return {};
  }
  ModuleView view(s.model, s.dissection.parts, module);
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
  double error = 0;
  for (std::uint32_t level = 0; level < variables.size(); ++level) {
    Part& part = s.dissection.parts.list[view.parts_by_level()[level]];
    if (part.is_block) {
      auto weight = structure::Weights(view.diagrams(), variables).down_given(whole, level);
      if (std::all_of(weight.begin(), weight.end(), [](double w) { return w == 0; })) {
        // Down only together with another block: weigh every state in which something is not as at the start.
        weight.assign(weight.size(), 1.0);
        weight[part.value_of[part.space->chain.start]] = 0;
      }
      if (auto done = solve_block(part, weight, s.options); !done) return done;
      variables[level] = part.variable;
    }
    error += part.error_bound;
  }
  s.measures.push_back(measure(s.model, view, module, variables, s.dissection.entries[m]));
  if (view.diagrams().exhausted()) return tl::unexpected(structure_too_large());
  s.errors.push_back(error);
  s.approximations.push_back(0);
  if (s.model.demand.empty()) return {};
  auto amounts = module_amounts(s.model, s.dissection.parts, view, module, variables);
  if (!amounts) return tl::unexpected(std::move(amounts.error()));
  s.amounts.push_back(std::move(*amounts));
  return {};
}

}  // namespace nines::markov
