#include "sim/statistics/first_outage.hpp"

#include <algorithm>
#include <cmath>

#include "sim/statistics/tally.hpp"

namespace nines::sim {

void FirstOutage::add(double outage_h, double forgotten_h, double end_h, bool over) {
  const bool seen = outage_h >= 0;
  if (seen) ++seen_;
  if (!seen && over) never_ = true;
  const double until = seen ? outage_h : end_h;
  const std::array<double, kValues> values{until, seen ? 0.0 : 1.0, std::max(0.0, until - forgotten_h),
                                           seen && outage_h > forgotten_h ? 1.0 : 0.0};
  ++count_;
  std::array<double, kValues> off{};  // from the old means
  for (std::size_t i = 0; i < kValues; ++i) {
    off[i] = values[i] - mean_[i];
    mean_[i] += off[i] / static_cast<double>(count_);
  }
  for (std::size_t i = 0; i < kValues; ++i)
    for (std::size_t j = 0; j < kValues; ++j) products_[i][j] += off[i] * (values[j] - mean_[j]);
}

std::optional<FirstOutage::Mean> FirstOutage::mean() const {
  if (never_ || count_ < 2 || seen_ < std::min(kEnough, count_)) return std::nullopt;
  const auto [until, without, after, ended] = mean_;
  std::array<double, kValues> slope{1, 0, 0, 0};  // of the estimate, by each of the means: the delta method
  Mean mean{until, {}};
  if (without > 0) {
    if (!(ended > 0)) return std::nullopt;
    const double rest = after / ended;
    mean.hours += without * rest;
    slope = {1, rest, without / ended, -without * rest / ended};
  }
  double variance = 0;
  for (std::size_t i = 0; i < kValues; ++i)
    for (std::size_t j = 0; j < kValues; ++j) variance += slope[i] * slope[j] * products_[i][j];
  const auto n = static_cast<double>(count_);
  mean.interval = gamma_interval(mean.hours, std::sqrt(std::max(0.0, variance) / (n - 1) / n) * wider_for_few(count_));
  return mean;
}

}  // namespace nines::sim
