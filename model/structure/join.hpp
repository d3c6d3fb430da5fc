// Modules joined: an expression that names each independent module once.
#pragma once

#include <span>
#include <vector>

#include "model/description/expression.hpp"

namespace nines::structure {

// Of one module, or of what several are joined to. The three probabilities sum to 1; none is got by subtraction.
struct Side {
  double up = 0;
  double mendable = 0;  // down, and up if some one thing were up
  double several = 0;   // down, and no single thing would do
  [[nodiscard]] double down() const { return mendable + several; }
};

struct Joined {
  Side whole;
  // By module, of what the others do:
  std::vector<double> birnbaum;       // P(whole up if it is up, down if it is down)
  std::vector<double> down_if_up;     // P(whole down even if it is up)
  std::vector<double> cut_by_others;  // P(all others of some minimal cut set that it belongs to are down)
};

// `expression` names module i at most once (as structure::Partition::joined does); empty: always up.
[[nodiscard]] Joined join(const Expression& expression, std::span<const Side> modules);

// Steps that join() takes, about; some hundred million a second.
[[nodiscard]] double work_to_join(const Expression& expression);

}  // namespace nines::structure
