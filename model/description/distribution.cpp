// Distribution functions of laws (Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, 1994-95), from
// both sides: near 0 and near 1 neither is got from the other.
#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

#include "model/description/law.hpp"

namespace nines {
namespace {

struct Sides {
  double below = 0, above = 1;  // P(time <= t), P(time > t)
};

Sides of_standard_normal(double z) {
  return {std::erfc(-z / std::sqrt(2.0)) / 2, std::erfc(z / std::sqrt(2.0)) / 2};
}

// The smaller side of the two by a sum of what is not negative.
Sides of_triangle(double least, double likeliest, double most, double t) {
  const double whole = most - least, rise = likeliest - least, fall = most - likeliest;
  if (t < likeliest) {
    const double off = t - least;
    return {off * off / (whole * rise), (rise * fall + (likeliest - t) * (rise + off)) / (whole * rise)};
  }
  const double left = most - t;
  return {(rise * fall + (t - likeliest) * (fall + left)) / (whole * fall), left * left / (whole * fall)};
}

Sides of_values(const std::vector<double>& values, double t) {
  const auto count = static_cast<double>(values.size());
  const auto above = std::count_if(values.begin(), values.end(), [&](double value) { return value > t; });
  return {(count - static_cast<double>(above)) / count, static_cast<double>(above) / count};
}

Sides sides(const Law& law, double t) {
  const auto& p = law.parameters;
  if (t < 0 || law.is_never()) return {0, 1};
  if (std::isinf(t)) return {1, 0};
  const auto of_hazard = [](double hazard) { return Sides{-std::expm1(-hazard), std::exp(-hazard)}; };
  switch (law.kind) {
    case Law::Kind::exponential: return of_hazard(t / p[0]);
    case Law::Kind::calendar: return of_hazard(t / law.mean_h);
    case Law::Kind::weibull: return of_hazard(std::pow(t / p[1], p[0]));
    case Law::Kind::lognormal: return t == 0 ? Sides{} : of_standard_normal((std::log(t) - p[0]) / p[1]);
    case Law::Kind::gamma: return {boost::math::gamma_p(p[0], t / p[1]), boost::math::gamma_q(p[0], t / p[1])};
    case Law::Kind::uniform:
      return {std::clamp((t - p[0]) / (p[1] - p[0]), 0.0, 1.0), std::clamp((p[1] - t) / (p[1] - p[0]), 0.0, 1.0)};
    case Law::Kind::triangular:
      if (t <= p[0]) return {0, 1};
      if (t >= p[2]) return {1, 0};
      return of_triangle(p[0], p[1], p[2], t);
    default: return of_values(p, t);
  }
}

}  // namespace

double survival(const Law& law, double hours) {
  return sides(law, hours).above;
}

double ended_by(const Law& law, double hours) {
  return sides(law, hours).below;
}

std::vector<double> bends_of(const Law& law) {
  switch (law.kind) {
    case Law::Kind::fixed:
    case Law::Kind::uniform:
    case Law::Kind::triangular:
    case Law::Kind::empirical: return law.parameters;
    default: return {};
  }
}

}  // namespace nines
