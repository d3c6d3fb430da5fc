#include "model/markov/downtime/side.hpp"

namespace nines::markov {

SideOfChain side_of(const UpDownChain& whole, bool wanted) {
  const Chain& chain = whole.chain;
  SideOfChain side;
  side.number.assign(chain.size(), static_cast<StateIndex>(chain.size()));
  for (StateIndex s = 0; s < chain.size(); ++s) {
    if ((whole.down[s] != 0) != wanted) continue;
    side.number[s] = static_cast<StateIndex>(side.states.size());
    side.states.push_back(s);
  }
  side.chain.row_begin.push_back(0);
  for (const StateIndex s : side.states) {
    double leaving = 0;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const StateIndex to = side.number[chain.target[t]];
      if (to == chain.size()) {
        leaving += chain.rate[t];
        continue;
      }
      side.chain.target.push_back(to);
      side.chain.rate.push_back(chain.rate[t]);
    }
    side.chain.row_begin.push_back(side.chain.target.size());
    side.leaving.push_back(leaving);
    side.lost.push_back(whole.lost[s]);
  }
  return side;
}

}  // namespace nines::markov
