#include "model/markov/downtime/inversion.hpp"

#include <cmath>
#include <numbers>

#include "model/markov/transient/contour.hpp"

namespace nines::markov {
namespace {

constexpr int kPlain = 24, kAveraged = 14;  // terms of the alternating sum

}  // namespace

std::vector<Node> contour(double t, double width) {
  constexpr double kCrossing = 3, kReach = 28;
  const Parabola path = parabola(kCrossing, std::sqrt(4 * width * (kReach - kCrossing)));
  std::vector<Node> list;
  for (std::size_t k = 0; k < path.nodes; ++k) {
    const double u = (static_cast<double>(k) + 0.5) * path.step;
    const std::complex<double> at(path.crossing - path.width * u * u, 2 * path.width * u);
    const double scale = path.step * path.width / (std::numbers::pi * t);
    list.push_back({at / t, scale * std::complex<double>(1, u) * std::exp(at)});
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
