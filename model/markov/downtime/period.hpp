// The chance that a period holds more downtime than that.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/downtime/series.hpp"

namespace nines::markov {

struct DowntimeInPeriod {
  std::vector<double> above;  // by amount: P(D > amount); of amount 0 P(D > 0)
  // Absolute: that a period sees what was left out of the chains; what terms that are down at once add to the sum
  // twice; rounding and inversion.
  double error_bound = 0;
  bool clumps = false;  // some term is a stream of outages in clumps, whose error has no bound
};

// The part of that bound that is known before anything is solved: what was left out, and terms that are down at once.
[[nodiscard]] double overlooked(std::span<const SeriesTerm> terms, double period_h);

// D is the time that a system, a series of independent terms, is down within a period of `period_h` that begins in the
// long run; `amounts_h` below it, ascending. The terms' downtimes are added: what two share counts twice. `work_limit`
// multiplications. The error says why there is no answer.
[[nodiscard]] tl::expected<DowntimeInPeriod, std::string> downtime_in_period(std::span<const SeriesTerm> terms,
                                                                             double period_h,
                                                                             std::span<const double> amounts_h,
                                                                             double work_limit);

}  // namespace nines::markov
