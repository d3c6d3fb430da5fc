// Times drawn from the laws of a model.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/law.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/ziggurat.hpp"

namespace nines::sim {

// A law made ready to be drawn from. The same numbers give the same time on every machine, in debug and release builds.
class Sampler {
 public:
  explicit Sampler(const Law& law);

  // Hours; infinite for Law::never(), and where a time is beyond e^709 hours.
  [[nodiscard]] double draw(Numbers numbers) const {
    if (kind_ == Law::Kind::exponential) return a_ * standard_exponential(numbers);
    return draw_other(numbers.stream, numbers.seed, numbers.history, numbers.address);
  }

 private:
  // Numbers in registers: as one argument they would go through memory.
  [[nodiscard]] double draw_other(Stream& stream, std::uint64_t seed, std::uint64_t history,
                                  std::uint64_t address) const;

  // exponential: mean | fixed: value | weibull: 1 / shape, ln scale | lognormal: mu, sigma
  // gamma: d, c, scale of Marsaglia & Tsang, boost | uniform: least, width
  // triangular: least, most, least to likeliest, likeliest to most
  Law::Kind kind_;
  double a_ = 0, b_ = 0, c_ = 0, d_ = 0;
  std::vector<double> values_;  // of an empirical law
};

}  // namespace nines::sim
