// The system as a series of terms that fail by themselves: it is down while one of them is.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/downtime/likely_states.hpp"
#include "model/markov/parts/dissection.hpp"
#include "model/markov/solve.hpp"

namespace nines::markov {

// One term.
struct SeriesTerm {
  UpDownChain chain;
  double failures_per_h = 0;  // in the long run
  double unavailability = 0;
  std::uint32_t times = 1;  // as many that are like it
};

// The terms of the partition's joined expression. Parts have to be solved. Keeps references to what it is made from.
class Series {
 public:
  Series(const Model& model, const Dissection& dissection, const UpByValues& is_up, const SolveOptions& options);
  ~Series();
  // As chains of what a period is likely to see; small terms are taken together. The error says why there are none.
  [[nodiscard]] tl::expected<std::vector<SeriesTerm>, std::string> terms(double period_h, const LikelyLimits& limits);

 private:
  class Maker;
  std::unique_ptr<Maker> maker_;
};

}  // namespace nines::markov
