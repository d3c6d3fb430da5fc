#include "model/markov/solution/solution.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/parts/product.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

constexpr std::uint64_t kFirstOutageStates = 20'000;

}  // namespace

void fill_first_outage(Solution& s) {
  if (!all_exponential_outside(s.model, s.dissection.parts)) {
    s.answer.method.notes.push_back("mttff_h is left out: it depends on more than the means of the times");
    return;
  }
  if (s.answer.method.approximation_error) {
    s.answer.method.notes.push_back(
        "mttff_h is left out: it takes the joint chain of groups that are solved one by one");
    return;
  }
  std::vector<std::uint32_t> all;
  for (const auto& module : s.dissection.partition.modules)
    all.insert(all.end(), module.parts.begin(), module.parts.end());
  std::sort(all.begin(), all.end());
  const auto& parts = s.dissection.parts;
  if (!product_size(parts, all, std::min(kFirstOutageStates, s.options.max_states))) {
    s.answer.method.notes.push_back(
        fmt::format("mttff_h is left out: the joint chain of everything has more than {} states", kFirstOutageStates));
    return;
  }
  const Product product = make_product(parts, all);
  const UpByValues is_up(s.model, s.dissection);
  std::vector<std::uint32_t> column(parts.list.size(), 0);
  for (std::uint32_t i = 0; i < all.size(); ++i) column[all[i]] = i;
  std::vector<char> down(product.chain.size());
  for (StateIndex i = 0; i < down.size(); ++i)
    down[i] = !is_up([&](std::uint32_t part) { return parts.list[part].value_of[product.states[i][column[part]]]; });
  SteadyStateOptions steady;
  steady.memory_limit = memory_limit(s.options);
  steady.wanted_error = 1e-9;
  const auto passage = mean_time_to_first(product.chain, down, steady);
  if (!passage)
    s.answer.method.notes.push_back("mttff_h is left out: " + passage.error().message);
  else if (!std::isfinite(passage->mean_h))
    s.answer.method.notes.push_back("mttff_h is left out: it is infinite, for there may never be an outage");
  else
    s.answer.measures.mttff_h = passage->mean_h;
}

}  // namespace nines::markov
