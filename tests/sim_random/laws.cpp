#include "tests/sim_random/laws.hpp"

#include <algorithm>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/weibull.hpp>

namespace nines::test {
namespace {

using Kind = Law::Kind;

KnownLaw exponential(double mean) {
  return {"exponential", Law::exponential(mean), [=](double x) { return -std::expm1(-x / mean); }, mean, mean * mean};
}

KnownLaw weibull(double shape, double scale) {
  const boost::math::weibull known(shape, scale);
  return {"weibull " + std::to_string(shape), Law{Kind::weibull, {shape, scale}, mean(known)},
          [=](double x) { return cdf(known, x); }, mean(known), variance(known)};
}

KnownLaw lognormal(double mean_h, double cv) {
  const double variance_of_log = std::log1p(cv * cv);
  const double mu = std::log(mean_h) - variance_of_log / 2, sigma = std::sqrt(variance_of_log);
  const boost::math::lognormal known(mu, sigma);
  return {"lognormal cv " + std::to_string(cv), Law{Kind::lognormal, {mu, sigma}, mean_h},
          [=](double x) { return cdf(known, x); }, mean_h, cv * cv * mean_h * mean_h};
}

KnownLaw gamma(double shape, double scale) {
  const boost::math::gamma_distribution known(shape, scale);
  return {"gamma " + std::to_string(shape), Law{Kind::gamma, {shape, scale}, shape * scale},
          [=](double x) { return cdf(known, x); }, shape * scale, shape * scale * scale};
}

KnownLaw uniform(double least, double most) {
  const double width = most - least;
  return {"uniform", Law{Kind::uniform, {least, most}, (least + most) / 2},
          [=](double x) { return std::clamp((x - least) / width, 0.0, 1.0); }, (least + most) / 2, width * width / 12};
}

KnownLaw triangular(double least, double likeliest, double most) {
  const boost::math::triangular known(least, likeliest, most);
  return {"triangular " + std::to_string(likeliest), Law{Kind::triangular, {least, likeliest, most}, mean(known)},
          [=](double x) { return x <= least  ? 0
                                 : x >= most ? 1
                                             : cdf(known, x); }, mean(known), variance(known)};
}

}  // namespace

std::vector<KnownLaw> known_laws() {
  return {exponential(1000), weibull(0.5, 2000), weibull(1.5, 2000),  weibull(3, 35040),   lognormal(8, 0.95),
          lognormal(4, 0.1), gamma(0.3, 20),     gamma(2.5, 3),       gamma(3, 1.0 / 60),  gamma(50, 1),
          uniform(0, 3),     uniform(1, 4),      triangular(1, 2, 6), triangular(1, 1, 6), triangular(1, 6, 6)};
}

double kolmogorov_tail(double x) {
  double sum = 0;
  for (int k = 1; k <= 50; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return x < 0.2 ? 1 : sum;
}

Verdict judge(const KnownLaw& law, std::span<double> sample) {
  const auto n = static_cast<double>(sample.size());
  long double sum = 0, squares = 0, fourth = 0;
  for (const double x : sample) {
    const double off = x - law.mean;
    sum += off;
    squares += off * off;
    fourth += (off * off - law.variance) * (off * off - law.variance);
  }
  std::sort(sample.begin(), sample.end());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double f = law.distribution(sample[i]), rank = static_cast<double>(i);
    distance = std::max({distance, f - rank / n, (rank + 1) / n - f});
  }
  return {kolmogorov_tail(std::sqrt(n) * distance), static_cast<double>(sum) / std::sqrt(n * law.variance),
          static_cast<double>(squares - n * law.variance) / std::sqrt(static_cast<double>(fourth))};
}

}  // namespace nines::test
