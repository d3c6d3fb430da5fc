#include <algorithm>
#include <cmath>
#include <vector>

#include "model/markov/phase_type/phase_type.hpp"

namespace nines::markov {
namespace {

// Tijms, A First Course in Stochastic Models, 2003, appendix B: below the variance of an exponential an Erlang law with
// or without its last stage, above it two exponentials with balanced means. The latter one after the other.
PhaseType two_moments(double variance) {
  if (variance > 1) {
    const double share = (1 + std::sqrt((variance - 1) / (variance + 1))) / 2;  // of the shorter
    const double fast = 2 * share, slow = 1 / (variance + 1) / share;           // 2 (1 - share), without cancellation
    PhaseType fit;
    fit.rate = {fast, slow};
    fit.goes_on = {(1 - share) * (1 - slow / fast), 0};
    fit.moments = 2;
    return fit;
  }
  const auto stages = static_cast<std::uint32_t>(std::max(1.0, std::ceil(1 / variance)));
  const double k = stages;
  const double without =
      (k * variance - std::sqrt(std::max(0.0, k * (1 + variance) - k * k * variance))) / (1 + variance);
  PhaseType fit = erlang(stages);
  std::fill(fit.rate.begin(), fit.rate.end(), k - without);
  if (stages > 1) fit.goes_on[stages - 2] = 1 - without;
  fit.moments = 2;
  return fit;
}

// In units of the mean: what is passed with a probability of no more than `share`.
double quantile(const Law& law, double share) {
  const auto passed = [&](double t) { return survival(law, t * law.mean_h) > share; };
  double low = 0, high = 1;
  while (passed(high) && high < 1e12) high *= 2;
  for (double middle = high / 2; low < middle && middle < high; middle = low + (high - low) / 2)
    (passed(middle) ? low : high) = middle;
  return high;
}

double mean_of(const PhaseType& fit) {
  double mean = 0, reached = 1;
  for (std::size_t i = 0; i < fit.rate.size(); ++i) {
    mean += reached / fit.rate[i];
    reached *= fit.goes_on[i];
  }
  return mean;
}

// What the last of the equal stages is, so that mean and variance of the whole are right, as far as that goes.
PhaseType tail_of(double mean, double second) {
  const double variance = second / (mean * mean) - 1;
  PhaseType tail = variance > 0.5 ? two_moments(variance) : erlang(1);
  for (double& rate : tail.rate) rate /= mean;
  return tail;
}

}  // namespace

PhaseType erlang_mixture(const Law& law, std::uint32_t stages) {
  const double length = quantile(law, 0.5 / stages) / stages;  // of a stage
  std::vector<double> reached(stages, 1);                      // by stage: the probability that it comes to that
  for (std::uint32_t i = 1; i < stages; ++i) reached[i] = survival(law, (i + 0.5) * length * law.mean_h);

  // Mean time before the last stage, and the second moment of all but what the last one does.
  double before = 0, second = 0;
  for (std::uint32_t i = 0; i + 1 < stages; ++i) {
    before += reached[i] * length;
    second += (reached[i] - reached[i + 1]) * (i + 1.0) * (i + 2.0) * length * length;
  }
  const double last = reached.back(), all = (stages - 1.0) * length;
  PhaseType fit = erlang(stages);
  std::fill(fit.rate.begin(), fit.rate.end(), 1 / length);
  for (std::uint32_t i = 0; i + 1 < stages; ++i) fit.goes_on[i] = reached[i] > 0 ? reached[i + 1] / reached[i] : 0;
  if (const double mean = (1 - before) / last; last > 0 && mean > 0) {
    const double wanted = 1 + spread_of(law).second;
    const double rest = (wanted - second) / last - all * (all + length) - 2 * all * mean;
    const PhaseType tail = tail_of(mean, rest);
    fit.rate.pop_back();
    fit.goes_on.pop_back();
    fit.rate.insert(fit.rate.end(), tail.rate.begin(), tail.rate.end());
    fit.goes_on.insert(fit.goes_on.end(), tail.goes_on.begin(), tail.goes_on.end());
  }
  const double mean = mean_of(fit);
  for (double& rate : fit.rate) rate *= mean;
  return fit;
}

}  // namespace nines::markov
