#include "model/markov/trajectory/shared_states.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {

tl::expected<SharedStates, Refusal> shared_states(const Model& model, const Part& shared, const SolveOptions& options) {
  const Chain& chain = shared.space->chain;
  SteadyStateOptions steady;
  steady.memory_limit = memory_limit(options);
  std::vector<double> reward(chain.size(), 1.0);
  reward[chain.start] = chain.size() == 1 ? 1 : 0;
  auto solved = steady_state(chain, reward, steady);
  if (!solved) return tl::unexpected(unsolved(solved.error()));
  if (std::any_of(solved->probability.begin(), solved->probability.end(), [](double p) { return !(p > 0); })) {
    Refusal refusal{
        "too-many-states",
        "groups over shared infrastructure that is not always restored have to be explored together, and "
        "their joint chain is too large",
        {fmt::format("`{}` is among what they share", model.components[shared.members[0]].name)},
        {"give the infrastructure an `mttr`, or raise `--max-states`", "`nines simulate` has no states to count"}};
    return tl::unexpected(std::move(refusal));
  }
  SharedStates states;
  states.probability = std::move(solved->probability);
  states.error_bound = solved->error_bound;
  states.moves.resize(chain.size());
  states.before.resize(chain.size());
  states.out.assign(chain.size(), 0.0);
  for (StateIndex z = 0; z < chain.size(); ++z)
    for (auto t = chain.row_begin[z]; t < chain.row_begin[z + 1]; ++t) {
      states.moves[z].push_back({chain.target[t], chain.rate[t]});
      states.before[chain.target[t]].push_back(z);
      states.out[z] += chain.rate[t];
    }
  return states;
}

}  // namespace nines::markov
