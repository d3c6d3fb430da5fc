#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "sim/statistics/tally.hpp"

namespace nines::sim {

namespace {

// Quantiles of a gamma variate of mean 1: where at most `tail` lies below (left) or above. Boost's iteration gives up
// for large shapes; there the Cornish-Fisher expansion in 1 / sqrt(shape) misses terms of shape^-2 only.
double gamma_quantile(double shape, double tail, bool left) {
  if (shape < 1e6)
    return (left ? boost::math::gamma_p_inv(shape, tail) : boost::math::gamma_q_inv(shape, tail)) / shape;
  const double z = boost::math::constants::root_two<double>() * boost::math::erfc_inv(2 * tail) * (left ? -1 : 1);
  const double root = std::sqrt(shape);
  return 1 + z / root + (z * z - 1) / (3 * shape) + z * (z * z - 7) / (36 * shape * root);
}

}  // namespace

// Fay & Feuer, Statistics in Medicine 16 (1997) 791-801: a weighted sum of Poisson counts is taken as a multiple of one
// count, as many events of equal size as have the same relative variance; for those the limits are Garwood's exact ones
// (Biometrika 28, 1936), gamma quantiles of shape n below and n + 1 above. To the right there is more to fear: what n
// events of unequal sizes have not shown makes both the mean and its error too small. There the relative variance v =
// 1 / n counts as v + 2 v^2. The 2 is measured, on sizes that are exponential and log-normal: tests/sim_statistics.
Interval gamma_interval(double mean, double standard_error, double confidence) {
  if (!(standard_error > 0)) return {mean, mean};
  const double root = mean / standard_error, events = root * root, fewer = events / (1 + 2 / events);
  const double tail = (1 - confidence) / 2;
  return {mean * gamma_quantile(events, tail, true),
          mean * (fewer + 1) / fewer * gamma_quantile(fewer + 1, tail, false)};
}

double wider_for_few(std::uint64_t values, double confidence) {
  if (values < 2) return std::numeric_limits<double>::infinity();
  const double below = (1 + confidence) / 2;
  return boost::math::quantile(boost::math::students_t(static_cast<double>(values - 1)), below) /
         boost::math::quantile(boost::math::normal(), below);
}

Interval share_interval(double hits, double samples, double cluster, double confidence) {
  const double trials = samples / cluster, seen = std::min(hits, samples) / cluster, missed = trials - seen;
  if (!(trials > 0)) return {0, 1};
  const double tail = (1 - confidence) / 2;
  return {seen > 0 ? boost::math::ibeta_inv(seen, missed + 1, tail) : 0,
          missed > 0 ? boost::math::ibetac_inv(seen + 1, missed, tail) : 1};
}

double none_seen_bound(double exposure, double confidence) {
  return -std::log1p(-confidence) / exposure;  // e^(-rate exposure) = 1 - confidence
}

}  // namespace nines::sim
