#include "model/markov/transient/feeding.hpp"

namespace nines::markov {

Feeding feeding(const CourseProblem& problem, std::uint32_t wanted) {
  const Chain& chain = problem.chain;
  std::vector<std::uint64_t> begin(chain.size() + 1, 0);
  for (const StateIndex to : chain.target) ++begin[to + 1];
  for (std::size_t s = 0; s < chain.size(); ++s) begin[s + 1] += begin[s];
  std::vector<StateIndex> from(chain.transitions()), order;
  auto next = begin;
  for (StateIndex s = 0; s < chain.size(); ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) from[next[chain.target[t]]++] = s;
  std::vector<char> feeds(chain.size(), 0);
  for (StateIndex s = 0; s < chain.size(); ++s)
    if (problem.class_of[s] == wanted) {
      feeds[s] = 1;
      order.push_back(s);
    }
  for (std::size_t i = 0; i < order.size(); ++i)
    for (auto t = begin[order[i]]; t < begin[order[i] + 1]; ++t)
      if (!feeds[from[t]]) {
        feeds[from[t]] = 1;
        order.push_back(from[t]);
      }
  std::vector<StateIndex> number(chain.size());
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<StateIndex>(i);
  Feeding result;
  result.chain.row_begin.push_back(0);
  for (const StateIndex s : order) {
    result.kill.push_back(problem.kill.empty() ? 0 : problem.kill[s]);
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      if (!feeds[chain.target[t]]) {
        result.kill.back() += chain.rate[t];
        continue;
      }
      result.chain.target.push_back(number[chain.target[t]]);
      result.chain.rate.push_back(chain.rate[t]);
    }
    result.killed = result.killed || result.kill.back() > 0;
    result.chain.row_begin.push_back(result.chain.target.size());
    result.class_of.push_back(problem.class_of[s] == wanted ? 0 : 1);
    result.start.push_back(problem.start[s]);
  }
  return result;
}

}  // namespace nines::markov
