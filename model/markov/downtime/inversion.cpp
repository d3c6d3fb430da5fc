#include "model/markov/downtime/inversion.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace nines::markov {
namespace {

constexpr int kPlain = 24, kAveraged = 14;  // terms of the alternating sum

}  // namespace

std::vector<Node> contour(double t, int nodes) {
  std::vector<Node> list;
  const double n = 2.0 * nodes;
  for (int k = 0; k < nodes; ++k) {
    const double angle = (2 * k + 1) * std::numbers::pi / n;
    const double cot = 1 / std::tan(0.6407 * angle), csc = 1 / std::sin(0.6407 * angle);
    const std::complex<double> at(n * (0.5017 * angle * cot - 0.6122), n * 0.2645 * angle);
    const std::complex<double> step(0.5017 * (cot - 0.6407 * angle * csc * csc), 0.2645);
    list.push_back({at / t, std::exp(at) * step / std::complex<double>(0, t)});
  }
  return list;
}

std::vector<std::complex<double>> line(double t, double damping) {
  std::vector<std::complex<double>> points;
  for (int k = 0; k <= kPlain + kAveraged; ++k) points.emplace_back(damping / (2 * t), k * std::numbers::pi / t);
  return points;
}

double sum_on_line(double t, double damping, std::span<const std::complex<double>> values) {
  // Partial sums from kPlain terms on, averaged with the weights of a fair coin.
  double sum = values[0].real() / 2, averaged = 0, binomial = std::pow(0.5, kAveraged);
  for (int k = 1; k < kPlain; ++k) sum += (k % 2 == 0 ? 1 : -1) * values[static_cast<std::size_t>(k)].real();
  for (int j = 0; j <= kAveraged; ++j) {
    const int k = kPlain + j;
    sum += (k % 2 == 0 ? 1 : -1) * values[static_cast<std::size_t>(k)].real();
    averaged += binomial * sum;
    binomial *= static_cast<double>(kAveraged - j) / (j + 1);
  }
  return std::exp(damping / 2) / t * averaged;
}

}  // namespace nines::markov
