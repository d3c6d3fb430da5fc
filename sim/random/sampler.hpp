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

  // Hours; infinite for Law::never(), and where a time is beyond 1e307 hours.
  [[nodiscard]] double draw(Numbers numbers) const { return draw(sure_ ? 0 : numbers.bits(), numbers); }
  // From this number and, if the law needs more, from those. Most need no more.
  [[nodiscard]] double draw(std::uint64_t bits, Numbers more) const {
    if (other_ == nullptr) return a_ * standard_exponential(bits, more);
    return other_(*this, bits, more.stream, more.seed, more.history, more.address);
  }

  // Of a law by the calendar: the hours between two times. 0: it is none.
  [[nodiscard]] double every() const { return every_; }

 private:
  // Of a law that is not exponential. Numbers come in registers: as one argument they would go through memory.
  using Draw = double (*)(const Sampler&, std::uint64_t bits, Stream&, std::uint64_t seed, std::uint64_t history,
                          std::uint64_t address);
  struct Draws;

  Draw other_ = nullptr;
  bool sure_ = false;                     // always the same: needs no number
  double a_ = 0, b_ = 0, c_ = 0, d_ = 0;  // what they are for each law stands at its draw
  double every_ = 0;
  std::vector<double> values_;  // of an empirical law
};

}  // namespace nines::sim
