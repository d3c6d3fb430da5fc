// How fast a chain drawn by hand moves, and how soon it forgets where it began: what a run is planned by.
#pragma once

#include "model/description/drawn_chain.hpp"

namespace nines::sim {

struct ChainPace {
  double forgets_h = 0;       // mean hours back to the start, from where that takes longest
  bool comes_back = true;     // false: it may leave the start for good; then `forgets_h` is until it has
  double longest_down_h = 0;  // mean stay in the down state where it stays longest
  double moves_per_hour = 0;  // from the start
};

[[nodiscard]] ChainPace pace_of(const DrawnChain& chain);

}  // namespace nines::sim
