// Second and third cumulants of laws (Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, 1994-95).
#include <cmath>
#include <limits>

#include "model/description/law.hpp"

namespace nines {
namespace {

// From the second and third moment in units of the mean.
Spread from_moments(double second, double third) {
  return {second - 1, third - 3 * second + 2};
}

Spread of_values(const Law& law) {
  const auto count = static_cast<double>(law.parameters.size());
  Spread sum;
  for (const double value : law.parameters) {
    const double off = value / law.mean_h - 1;
    sum.second += off * off / count;
    sum.third += off * off * off / count;
  }
  return sum;
}

}  // namespace

Spread spread_of(const Law& law) {
  const auto& p = law.parameters;
  Spread spread;
  switch (law.kind) {
    case Law::Kind::exponential: spread = {1, 2}; break;
    case Law::Kind::fixed: spread = {0, 0}; break;
    case Law::Kind::weibull: {
      const auto moment = [&](double n) { return std::exp(std::lgamma(1 + n / p[0]) - n * std::lgamma(1 + 1 / p[0])); };
      spread = from_moments(moment(2), moment(3));
      break;
    }
    case Law::Kind::lognormal: {
      const double second = std::expm1(p[1] * p[1]);
      spread = {second, (second + 3) * second * second};
      break;
    }
    case Law::Kind::gamma: spread = {1 / p[0], 2 / (p[0] * p[0])}; break;
    case Law::Kind::uniform: {
      const double width = (p[1] - p[0]) / law.mean_h;
      spread = {width * width / 12, 0};
      break;
    }
    case Law::Kind::triangular: {
      const double a = p[0] / law.mean_h, c = p[1] / law.mean_h, b = p[2] / law.mean_h;
      spread = {((b - a) * (b - a) + (c - a) * (c - a) + (b - c) * (b - c)) / 36,
                (a + b - 2 * c) * (2 * a - b - c) * (a - 2 * b + c) / 270};
      break;
    }
    case Law::Kind::empirical: spread = of_values(law); break;
    default: spread = {std::numeric_limits<double>::infinity(), 0};
  }
  if (!std::isfinite(spread.second) || !std::isfinite(spread.third))
    spread.second = spread.third = std::numeric_limits<double>::infinity();
  return spread;
}

}  // namespace nines
