#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "sim/statistics/tally.hpp"

namespace nines::sim {

Interval gamma_interval(double mean, double standard_error, double confidence) {
  if (!(standard_error > 0)) return {mean, mean};
  // As many events of equal size would have this relative variance; `size` is the amount one of them stands for.
  const double root = mean / standard_error, events = root * root, size = mean / events;
  const double tail = (1 - confidence) / 2;
  return {size * boost::math::gamma_p_inv(events, tail), size * boost::math::gamma_q_inv(events + 1, tail)};
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
