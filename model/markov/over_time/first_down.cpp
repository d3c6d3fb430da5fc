#include "model/markov/over_time/first_down.hpp"

#include <algorithm>

#include "model/markov/parts/product.hpp"

namespace nines::markov {

FirstDown first_down(const Dissection& dissection, const UpByValues& up, const Expression& expression,
                     std::span<const std::uint32_t> which) {
  const auto& parts = dissection.parts;
  Product product = make_product(parts, which);
  std::vector<std::uint32_t> column(parts.list.size(), 0);
  for (std::uint32_t i = 0; i < which.size(); ++i) column[which[i]] = i;
  FirstDown result;
  result.down.resize(product.chain.size());
  for (StateIndex s = 0; s < result.down.size(); ++s) {
    const auto value = [&](std::uint32_t part) { return parts.list[part].value_of[product.states[s][column[part]]]; };
    result.down[s] = expression.evaluate([&](std::uint32_t m) { return up.module(m, value); }) ? 0 : 1;
  }
  result.chain = std::move(product.chain);
  return result;
}

bool may_never_enter(const Chain& chain, std::span<const char> down) {
  if (down[chain.start]) return false;
  // Up states that it can come to, and who comes from where.
  std::vector<char> reached(chain.size(), 0);
  std::vector<StateIndex> order{chain.start};
  reached[chain.start] = 1;
  std::vector<std::vector<StateIndex>> from(chain.size());
  std::vector<char> leads_down(chain.size(), 0);
  std::vector<StateIndex> back;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const StateIndex s = order[i];
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const StateIndex to = chain.target[t];
      if (down[to]) {
        if (!leads_down[s]) back.push_back(s);
        leads_down[s] = 1;
        continue;
      }
      from[to].push_back(s);
      if (reached[to]) continue;
      reached[to] = 1;
      order.push_back(to);
    }
  }
  for (std::size_t i = 0; i < back.size(); ++i)
    for (const StateIndex s : from[back[i]])
      if (!leads_down[s]) {
        leads_down[s] = 1;
        back.push_back(s);
      }
  return back.size() < order.size();
}

}  // namespace nines::markov
