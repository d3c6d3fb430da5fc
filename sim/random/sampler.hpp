// Times drawn from the laws of a model.
#pragma once

#include <vector>

#include "model/description/law.hpp"
#include "sim/random/stream.hpp"

namespace nines::sim {

// A law made ready to be drawn from. The same numbers give the same time on every machine of one architecture, in debug
// and release builds.
class Sampler {
 public:
  explicit Sampler(const Law& law);

  // Hours; infinite for Law::never().
  [[nodiscard]] double draw(Numbers numbers) const;

 private:
  Law::Kind kind_;
  double a_ = 0, b_ = 0, c_ = 0;
  std::vector<double> values_;  // of an empirical law
};

// Standard exponential and normal variates, by the ziggurat (Marsaglia & Tsang 2000, doi:10.18637/jss.v005.i08, with
// 256 layers and independent bits for layer and value: Doornik 2005).
[[nodiscard]] double standard_exponential(Numbers& numbers);
[[nodiscard]] double standard_normal(Numbers& numbers);

}  // namespace nines::sim
