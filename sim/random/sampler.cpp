#include "sim/random/sampler.hpp"

#include <cmath>
#include <limits>

#include "sim/random/elementary.hpp"

namespace nines::sim {
namespace {

constexpr double kSixtyFourthsPerUnit = 64 / elementary::kLn2;  // of a natural logarithm

// One of 0..count-1, each exactly as likely (Lemire 2019, doi:10.1145/3230636): the upper half of bits x count; the few
// values of the lower half that would make some results likelier are drawn again.
std::uint64_t one_of(std::uint64_t count, std::uint64_t bits, Numbers& numbers) {
  __extension__ using Wide = unsigned __int128;
  for (;; bits = numbers.bits()) {
    const Wide product = static_cast<Wide>(bits) * count;
    const auto low = static_cast<std::uint64_t>(product);
    if (low >= count || low >= -count % count) return static_cast<std::uint64_t>(product >> 64);
  }
}

// Marsaglia & Tsang 2000, doi:10.1145/358407.358414: d = shape - 1/3, c = 1 / sqrt(9 d), shape >= 1.
double standard_gamma(double d, double c, std::uint64_t bits, Numbers& numbers) {
  for (;; bits = numbers.bits()) {
    const double x = standard_normal(bits, numbers);
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root, u = numbers.uniform(), x2 = x * x;
    if (u < 1 - 0.0331 * x2 * x2) return d * v;
    if (logarithm_of(u) < x2 / 2 + d * (1 - v + logarithm_of(v))) return d * v;
  }
}

}  // namespace

// Each law by itself, so that none pays for what another needs.
struct Sampler::Draws {
  static double never(const Sampler&, std::uint64_t, Stream&, std::uint64_t, std::uint64_t, std::uint64_t) {
    return std::numeric_limits<double>::infinity();
  }
  static double fixed(const Sampler& law, std::uint64_t, Stream&, std::uint64_t, std::uint64_t, std::uint64_t) {
    return law.a_;
  }

  // scale x E^(1/shape): a = 64 log2 scale, b = 1 / shape.
  static double weibull(const Sampler& law, std::uint64_t bits, Stream& stream, std::uint64_t seed,
                        std::uint64_t history, std::uint64_t address) {
    Numbers numbers{stream, seed, history, address};
    return power_of_64th(law.a_ + law.b_ * sixty_fourths_of(standard_exponential(bits, numbers)));
  }

  // e^(mu + sigma N), a and b being mu and sigma in 64ths of an octave.
  static double lognormal(const Sampler& law, std::uint64_t bits, Stream& stream, std::uint64_t seed,
                          std::uint64_t history, std::uint64_t address) {
    Numbers numbers{stream, seed, history, address};
    return power_of_64th(law.a_ + law.b_ * standard_normal(bits, numbers));
  }

  // a, b: d, c of Marsaglia & Tsang; c: the scale.
  static double gamma(const Sampler& law, std::uint64_t bits, Stream& stream, std::uint64_t seed, std::uint64_t history,
                      std::uint64_t address) {
    Numbers numbers{stream, seed, history, address};
    return law.c_ * standard_gamma(law.a_, law.b_, bits, numbers);
  }

  // Of a shape below 1: a variate of shape + 1, times U^(1/shape), which is e^(-E/shape); d = 1 / shape.
  static double small_gamma(const Sampler& law, std::uint64_t bits, Stream& stream, std::uint64_t seed,
                            std::uint64_t history, std::uint64_t address) {
    Numbers numbers{stream, seed, history, address};
    const double variate = standard_gamma(law.a_, law.b_, bits, numbers);
    return law.c_ * variate * exponential_of(-law.d_ * standard_exponential(numbers));
  }

  // a: the least, b: the width.
  static double uniform(const Sampler& law, std::uint64_t bits, Stream&, std::uint64_t, std::uint64_t, std::uint64_t) {
    return law.a_ + law.b_ * Numbers::uniform_of(bits);
  }

  // a: the least, b: the most, c and d: how far the likeliest is from them. Of the probability, c of c + d lies below.
  static double triangular(const Sampler& law, std::uint64_t bits, Stream&, std::uint64_t, std::uint64_t,
                           std::uint64_t) {
    const double width = law.c_ + law.d_, u = Numbers::uniform_of(bits);
    return u * width < law.c_ ? law.a_ + std::sqrt(u * width * law.c_) : law.b_ - std::sqrt((1 - u) * width * law.d_);
  }

  static double empirical(const Sampler& law, std::uint64_t bits, Stream& stream, std::uint64_t seed,
                          std::uint64_t history, std::uint64_t address) {
    Numbers numbers{stream, seed, history, address};
    return law.values_[one_of(law.values_.size(), bits, numbers)];
  }
};

Sampler::Sampler(const Law& law) {
  const auto& p = law.parameters;
  const auto draw = [this](Draw other, double a, double b = 0, double c = 0, double d = 0) {
    other_ = other;
    a_ = a;
    b_ = b;
    c_ = c;
    d_ = d;
  };
  sure_ = law.kind == Law::Kind::fixed || law.kind == Law::Kind::never;
  switch (law.kind) {
    case Law::Kind::exponential: draw(nullptr, p[0]); break;
    case Law::Kind::fixed: draw(Draws::fixed, p[0]); break;
    case Law::Kind::weibull:
      p[0] == 1 ? draw(nullptr, p[1]) : draw(Draws::weibull, sixty_fourths_of(p[1]), 1 / p[0]);
      break;
    case Law::Kind::lognormal: draw(Draws::lognormal, p[0] * kSixtyFourthsPerUnit, p[1] * kSixtyFourthsPerUnit); break;
    case Law::Kind::gamma: {
      const double d = (p[0] < 1 ? p[0] + 1 : p[0]) - 1.0 / 3, c = 1 / std::sqrt(9 * d);
      if (p[0] == 1)
        draw(nullptr, p[1]);
      else
        draw(p[0] < 1 ? Draws::small_gamma : Draws::gamma, d, c, p[1], 1 / p[0]);
      break;
    }
    case Law::Kind::uniform: draw(Draws::uniform, p[0], p[1] - p[0]); break;
    case Law::Kind::triangular: draw(Draws::triangular, p[0], p[2], p[1] - p[0], p[2] - p[1]); break;
    case Law::Kind::empirical:
      values_ = p;
      draw(Draws::empirical, 0);
      break;
    case Law::Kind::calendar:  // who knows the time asks for every()
      every_ = p[0];
      draw(Draws::fixed, p[0]);
      break;
    case Law::Kind::never: draw(Draws::never, 0); break;
  }
}

}  // namespace nines::sim
