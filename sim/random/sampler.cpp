#include "sim/random/sampler.hpp"

#include <cmath>
#include <limits>

#include "sim/random/elementary.hpp"

namespace nines::sim {
namespace {

// One of 0..count-1, each exactly as likely (Lemire 2019, doi:10.1145/3230636): the upper half of bits x count; the few
// values of the lower half that would make some results likelier are drawn again.
std::uint64_t one_of(std::uint64_t count, Numbers& numbers) {
  __extension__ using Wide = unsigned __int128;
  while (true) {
    const Wide product = static_cast<Wide>(numbers.bits()) * count;
    const auto low = static_cast<std::uint64_t>(product);
    if (low >= count || low >= -count % count) return static_cast<std::uint64_t>(product >> 64);
  }
}

// Marsaglia & Tsang 2000, doi:10.1145/358407.358414: d = shape - 1/3, c = 1 / sqrt(9 d), shape >= 1.
double standard_gamma(double d, double c, Numbers& numbers) {
  while (true) {
    const double x = standard_normal(numbers);
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root, u = numbers.uniform(), x2 = x * x;
    if (u < 1 - 0.0331 * x2 * x2) return d * v;
    if (logarithm_of(u) < x2 / 2 + d * (1 - v + logarithm_of(v))) return d * v;
  }
}

}  // namespace

Sampler::Sampler(const Law& law) : kind_(law.kind) {
  const auto& p = law.parameters;
  switch (kind_) {
    case Law::Kind::exponential:
    case Law::Kind::fixed: a_ = p[0]; break;
    case Law::Kind::weibull:
      a_ = 1 / p[0];
      b_ = logarithm_of(p[1]);
      break;
    case Law::Kind::lognormal:
      a_ = p[0];
      b_ = p[1];
      break;
    case Law::Kind::gamma: {
      // Below shape 1: a variate of shape + 1 times U^(1/shape), which is e^(-E/shape).
      const double shape = p[0] < 1 ? p[0] + 1 : p[0];
      a_ = shape - 1.0 / 3;
      b_ = 1 / std::sqrt(9 * a_);
      c_ = p[1];
      d_ = p[0] < 1 ? 1 / p[0] : 0;
      break;
    }
    case Law::Kind::uniform:
      a_ = p[0];
      b_ = p[1] - p[0];
      break;
    case Law::Kind::triangular:
      a_ = p[0];
      b_ = p[2];
      c_ = p[1] - p[0];
      d_ = p[2] - p[1];
      break;
    case Law::Kind::empirical: values_ = p; break;
    case Law::Kind::never: break;
  }
  // What is exponential under another name is drawn the quick way.
  if ((kind_ == Law::Kind::weibull || kind_ == Law::Kind::gamma) && p[0] == 1) {
    kind_ = Law::Kind::exponential;
    a_ = p[1];
  }
}

double Sampler::draw_other(Stream& stream, std::uint64_t seed, std::uint64_t history, std::uint64_t address) const {
  Numbers numbers{stream, seed, history, address};
  switch (kind_) {
    case Law::Kind::weibull: return exponential_of(b_ + a_ * logarithm_of(standard_exponential(numbers)));
    case Law::Kind::lognormal: return exponential_of(a_ + b_ * standard_normal(numbers));
    case Law::Kind::fixed: return a_;
    case Law::Kind::gamma: {
      const double time = c_ * standard_gamma(a_, b_, numbers);
      return d_ > 0 ? time * exponential_of(-d_ * standard_exponential(numbers)) : time;
    }
    case Law::Kind::uniform: return a_ + b_ * numbers.uniform();
    case Law::Kind::triangular: {
      // u of the whole width w = c + d: the first c of it lie below the likeliest.
      const double w = c_ + d_, u = numbers.uniform();
      return u * w < c_ ? a_ + std::sqrt(u * w * c_) : b_ - std::sqrt((1 - u) * w * d_);
    }
    case Law::Kind::empirical: return values_[one_of(values_.size(), numbers)];
    case Law::Kind::exponential: return a_ * standard_exponential(numbers);
    case Law::Kind::never: break;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace nines::sim
