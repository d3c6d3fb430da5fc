// The yardstick of the simulation: what an engineer would write in an afternoon for one question.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nines::bench {

// k of n equal units: down while fewer than `need` are up.
struct PlainModel {
  std::size_t units = 2, need = 1;
  std::size_t crew = 0;  // how many are restored at a time, the others wait in order of arrival; 0: no limit
  bool exponential = true;
  double life_h = 1000;  // mean of the exponential, or scale of the Weibull
  double life_shape = 1.5;
  double restoration_h = 8, restoration_cv = 0.95;  // mean; the cv of a log-normal where not exponential
};

struct PlainAnswer {
  std::uint64_t events = 0;  // failures and ends of restorations
  double down_h = 0;
};

[[nodiscard]] PlainAnswer simulate_plainly(const PlainModel& model, double hours, std::uint64_t seed);

}  // namespace nines::bench
