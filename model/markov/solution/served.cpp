#include "model/markov/solution/solution.hpp"

#include "model/markov/modules/served.hpp"

namespace nines::markov {

tl::expected<void, Refusal> fill_served(Solution& s) {
  if (s.model.demand.empty()) return {};
  if (s.answer.method.approximation_error) {
    s.answer.method.notes.push_back(
        "served is left out: it takes the joint chain of groups that are solved one by one");
    return {};
  }
  const auto mean = mean_served(s.model, s.dissection.partition.joined, s.amounts);
  if (!mean) return tl::unexpected(mean.error());
  s.answer.measures.served = mean->served;
  s.answer.unserved = mean->unserved;
  return {};
}

}  // namespace nines::markov
