#include "sim/random/ziggurat.hpp"

#include "sim/random/elementary.hpp"

namespace nines::sim::ziggurat {
namespace {

constexpr double normal_height(double x) {
  return exponential_of(-x * x / 2);
}
// Newton's steps from above: the compiler has no square root at compile time.
constexpr double square_root(double x) {
  double root = x > 1 ? x : 1;
  for (double next = (root + x / root) / 2; next < root; next = (root + x / root) / 2) root = next;
  return root;
}

// From the beginning of the tail on, inwards: each layer has the area that the rectangle below it and the tail have.
template <class Height, class Place>
constexpr Layers layers(double tail, double area, Height height, Place place) {
  Layers made{};
  made.edge[0] = area / height(tail);
  made.height[0] = 0;
  made.edge[1] = tail;
  made.height[1] = height(tail);
  for (std::size_t i = 2; i < 256; ++i) {
    made.height[i] = made.height[i - 1] + area / made.edge[i - 1];
    made.edge[i] = place(made.height[i]);
  }
  made.edge[256] = 0;
  made.height[256] = 1;
  return made;
}

// Where the tail begins is what lets the last layer end at height 1; the paper gives these places. Areas: (r + 1) e^-r;
// r e^(-r^2/2) + sqrt(pi/2) erfc(r / sqrt 2).
constexpr double kExponentialTail = 7.69711747013104972, kExponentialArea = 3.949659822581572e-3;
constexpr double kNormalTail = 3.65415288536100877, kNormalArea = 4.928673233974655e-3;

}  // namespace

constinit const Layers kExponential = layers(
    kExponentialTail, kExponentialArea, [](double x) { return exponential_of(-x); },
    [](double y) { return -logarithm_of(y); });
constinit const Layers kNormal =
    layers(kNormalTail, kNormalArea, normal_height, [](double y) { return square_root(-2 * logarithm_of(y)); });

double exponential_at_edge(Stream& stream, std::uint64_t seed, std::uint64_t history, std::uint64_t address,
                           std::uint64_t bits, double x) {
  Numbers numbers{stream, seed, history, address};
  double passed = 0;  // the tail is the whole law again, shifted
  while (true) {
    const std::size_t layer = bits & 0xFF;
    if (x < kExponential.edge[layer + 1]) return passed + x;
    if (layer == 0) {
      passed += kExponentialTail;
    } else {
      const double low = kExponential.height[layer], high = kExponential.height[layer + 1];
      if (low + numbers.uniform() * (high - low) < exponential_of(-x)) return passed + x;
    }
    bits = numbers.bits();
    x = Numbers::uniform_of(bits) * kExponential.edge[bits & 0xFF];
  }
}

double normal_at_edge(Stream& stream, std::uint64_t seed, std::uint64_t history, std::uint64_t address,
                      std::uint64_t bits, double x) {
  Numbers numbers{stream, seed, history, address};
  while (true) {
    const std::size_t layer = bits & 0xFF;
    if (x < kNormal.edge[layer + 1]) return with_sign(x, bits);
    if (layer == 0) {
      // Beyond r: an exponential of rate r, accepted with probability e^(-(x - r)^2 / 2) (Marsaglia 1964).
      double beyond = 0;
      do beyond = standard_exponential(numbers) / kNormalTail;
      while (2 * standard_exponential(numbers) < beyond * beyond);
      return with_sign(kNormalTail + beyond, bits);
    }
    const double low = kNormal.height[layer], high = kNormal.height[layer + 1];
    if (low + numbers.uniform() * (high - low) < normal_height(x)) return with_sign(x, bits);
    bits = numbers.bits();
    x = Numbers::uniform_of(bits) * kNormal.edge[bits & 0xFF];
  }
}

}  // namespace nines::sim::ziggurat
