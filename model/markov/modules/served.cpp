#include "model/markov/modules/served.hpp"

#include "model/markov/modules/module_amounts.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {

tl::expected<structure::MeanShare, Refusal> mean_served(const Model& model, const Expression& joined,
                                                        std::span<const std::vector<structure::Amounts>> by_module) {
  structure::MeanShare mean;
  structure::AmountBudget budget;
  for (std::size_t level = 0; level < model.demand.size(); ++level) {
    const structure::Scale scale(model.demand[level].level);
    std::vector<structure::Amounts> modules;
    for (const auto& of : by_module) modules.push_back(of[level]);
    structure::AmountJoiner joiner(scale, budget);
    const structure::Amounts amounts = joiner.join(joined, modules);
    if (joiner.exhausted()) return tl::unexpected(too_many_amounts());
    const structure::MeanShare one = mean_share(scale, amounts);
    mean.served += model.demand[level].share * one.served;
    mean.unserved += model.demand[level].share * one.unserved;
  }
  return mean;
}

}  // namespace nines::markov
