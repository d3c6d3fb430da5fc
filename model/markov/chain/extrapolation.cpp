#include "model/markov/chain/extrapolation.hpp"

#include <algorithm>
#include <cmath>

namespace nines::markov {
namespace {

constexpr std::size_t kFirst = 60;     // most chains have settled by then
constexpr std::size_t kBetween = 12;   // sweeps: some levels of the aggregation, whose pattern would be seen otherwise
constexpr double kLeastRatio = 0.3;    // below, sweeps do as well
constexpr double kMostRatio = 0.9999;  // above, it is rounding that repeats itself
constexpr double kMostFar = 10;        // the most that a state may be moved, as a factor

double largest_change(const std::vector<double>& from, const std::vector<double>& to) {
  double change = 0;
  for (std::size_t s = 0; s < to.size(); ++s)
    if (to[s] > 0) change = std::max(change, std::abs(to[s] - from[s]) / to[s]);
  return change;
}

}  // namespace

void Extrapolation::look(std::vector<double>& y) {
  if (++sweeps_ < kFirst || sweeps_ % kBetween != 0) return;
  if (!before_.empty()) {
    const double ratio = largest_change(last_, y) / largest_change(before_, last_);
    const bool steady = ratio_ > 0 && std::abs(ratio - ratio_) < 0.1 * (1 - ratio);
    if (steady && ratio > kLeastRatio && ratio < kMostRatio) {
      const double rest = ratio / (1 - ratio);
      for (std::size_t s = 0; s < y.size(); ++s) {
        const double there = y[s] + rest * (y[s] - last_[s]);
        if (there > y[s] / kMostFar && there < y[s] * kMostFar) y[s] = there;
      }
      before_.clear();
      last_.clear();
      ratio_ = 0;
      return;
    }
    ratio_ = ratio;
  }
  before_.swap(last_);
  last_ = y;
}

}  // namespace nines::markov
