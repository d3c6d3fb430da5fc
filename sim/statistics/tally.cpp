#include "sim/statistics/tally.hpp"

#include <algorithm>
#include <cmath>

#include "sim/random/elementary.hpp"

namespace nines::sim {
namespace {

constexpr double kLeastMinutes = 1e-6 / 60, kMostMinutes = 1e9;
constexpr double kLogRatio = logarithm_of(1.01);
constexpr double kLogLeast = logarithm_of(kLeastMinutes);
constexpr auto kBins = static_cast<std::size_t>((logarithm_of(kMostMinutes) - kLogLeast) / kLogRatio) + 1;

std::size_t bin_of(double minutes) {
  if (minutes <= kLeastMinutes) return 0;
  if (minutes >= kMostMinutes) return kBins - 1;
  const double place = (logarithm_of(minutes) - kLogLeast) / kLogRatio;
  return std::min(static_cast<std::size_t>(std::max(place, 0.0)), kBins - 1);
}

}  // namespace

void Moments::add(double value) {
  ++count_;
  const double off = value - mean_;
  mean_ += off / static_cast<double>(count_);
  squares_ += off * (value - mean_);
}

double Moments::variance() const {
  return count_ < 2 ? 0 : squares_ / static_cast<double>(count_ - 1);
}

double Moments::standard_error() const {
  return count_ < 2 ? 0 : std::sqrt(variance() / static_cast<double>(count_));
}

MinutesHistogram::MinutesHistogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), above_(bounds_.size()), bins_(kBins) {}

void MinutesHistogram::add(double minutes) {
  for (std::size_t i = 0; i < bounds_.size(); ++i)
    if (minutes > bounds_[i]) ++above_[i];
  if (minutes <= 0) {
    ++zeros_;
    return;
  }
  Bin& bin = bins_[bin_of(minutes)];
  ++bin.count;
  bin.sum += minutes;
  least_ = positive_ == 0 ? minutes : std::min(least_, minutes);
  most_ = std::max(most_, minutes);
  sum_ += minutes;
  ++positive_;
}

double MinutesHistogram::mean() const {
  return samples() == 0 ? 0 : sum_ / static_cast<double>(samples());
}

double MinutesHistogram::none() const {
  return samples() == 0 ? 0 : static_cast<double>(zeros_) / static_cast<double>(samples());
}

double MinutesHistogram::quantile(double p) const {
  // The rank is whole: 0.07 x 100 is 7, though not in doubles.
  const double rank = std::max(1.0, std::ceil(p * static_cast<double>(samples()) * (1 - 1e-15)));
  if (rank <= static_cast<double>(zeros_) || positive_ == 0) return 0;
  if (rank == static_cast<double>(zeros_ + 1)) return least_;
  if (rank >= static_cast<double>(samples())) return most_;
  std::uint64_t seen = zeros_;
  for (const Bin& bin : bins_) {
    seen += bin.count;
    if (rank <= static_cast<double>(seen)) return std::clamp(bin.sum / static_cast<double>(bin.count), least_, most_);
  }
  return most_;
}

}  // namespace nines::sim
