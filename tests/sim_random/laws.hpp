// Laws with what is known about them, and the tests that samples of them must pass.
#pragma once

#include <cmath>
#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "model/description/law.hpp"

namespace nines::test {

// Of a law with a density: its distribution function and moments, from Boost.Math and the textbook formulas; nothing of
// it is shared with the sampler.
struct KnownLaw {
  std::string name;
  Law law;
  std::function<double(double)> distribution;
  double mean = 0, variance = 0;

  friend void PrintTo(const KnownLaw& law, std::ostream* out) { *out << law.name; }  // for GoogleTest
};
[[nodiscard]] std::vector<KnownLaw> known_laws();

// What a sample says about a law. On each count the false-alarm rate is 1e-4.
struct Verdict {
  double kolmogorov_p = 0;                // the probability of so large a distance between distribution functions
  double mean_off = 0, variance_off = 0;  // in standard errors

  [[nodiscard]] bool distance_is_red() const { return kolmogorov_p < 1e-4; }
  [[nodiscard]] bool mean_is_red() const { return !(std::abs(mean_off) < 3.8906); }
  [[nodiscard]] bool is_red() const { return distance_is_red() || mean_is_red() || !(std::abs(variance_off) < 3.8906); }
};
[[nodiscard]] Verdict judge(const KnownLaw& law, std::span<double> sample);  // sorts the sample

// P(sqrt(n) D > x) for large n, D the largest distance between the distribution functions of law and sample
// (Kolmogorov 1933).
[[nodiscard]] double kolmogorov_tail(double x);

}  // namespace nines::test
