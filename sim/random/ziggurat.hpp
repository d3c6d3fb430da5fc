// Standard exponential and normal variates, by the ziggurat (Marsaglia & Tsang 2000, doi:10.18637/jss.v005.i08) of 256
// layers. One number serves a draw: its low 8 bits choose the layer, the next the sign, its upper 52 the place; none is
// used twice (Doornik 2005, "An improved ziggurat method to generate normal random samples", on why that matters).
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "sim/random/stream.hpp"

namespace nines::sim {

namespace ziggurat {

// The area under a falling density f, cut into 256 layers of equal area. Layer i reaches from height f(edge[i]) to
// f(edge[i + 1]) and from 0 to edge[i]; below edge[i + 1] all of it lies under f. Layer 0 is the rectangle up to
// edge[1] and the tail beyond; edge[0] is what its width would be as a rectangle of the same area.
struct Layers {
  std::array<double, 257> edge, height;
};
extern const Layers kExponential, kNormal;

// What is left of the draws that do not fall into the inner part of their layer (1 in 90; 1 in 80): the place `x` in
// the layer that `bits` chose, and more numbers. (Arguments in registers: a Numbers would go through memory.)
[[nodiscard]] double exponential_at_edge(Stream& stream, std::uint64_t seed, std::uint64_t history,
                                         std::uint64_t address, std::uint64_t bits, double x);
[[nodiscard]] double normal_at_edge(Stream& stream, std::uint64_t seed, std::uint64_t history, std::uint64_t address,
                                    std::uint64_t bits, double x);

[[nodiscard]] inline double with_sign(double x, std::uint64_t bits) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) ^ (bits & 0x100) << 55);
}

}  // namespace ziggurat

// Mean 1. `bits` is the number that serves the draw, if need be with more numbers.
[[nodiscard]] inline double standard_exponential(std::uint64_t bits, Numbers& numbers) {
  const std::size_t layer = bits & 0xFF;
  const double x = Numbers::uniform_of(bits) * ziggurat::kExponential.edge[layer];
  if (x < ziggurat::kExponential.edge[layer + 1]) [[likely]]
    return x;
  return ziggurat::exponential_at_edge(numbers.stream, numbers.seed, numbers.history, numbers.address, bits, x);
}

[[nodiscard]] inline double standard_exponential(Numbers& numbers) {
  return standard_exponential(numbers.bits(), numbers);
}

// Mean 0, variance 1; `bits` as above.
[[nodiscard]] inline double standard_normal(std::uint64_t bits, Numbers& numbers) {
  const std::size_t layer = bits & 0xFF;
  const double x = Numbers::uniform_of(bits) * ziggurat::kNormal.edge[layer];
  if (x < ziggurat::kNormal.edge[layer + 1]) [[likely]]
    return ziggurat::with_sign(x, bits);
  return ziggurat::normal_at_edge(numbers.stream, numbers.seed, numbers.history, numbers.address, bits, x);
}
[[nodiscard]] inline double standard_normal(Numbers& numbers) {
  return standard_normal(numbers.bits(), numbers);
}

}  // namespace nines::sim
