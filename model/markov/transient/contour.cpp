#include "model/markov/transient/contour.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nines::markov {
namespace {

constexpr double kRounding = 1e-15;  // of a term; three times what was seen

}  // namespace

// Shifting u by +-ic turns the parabola into a neighbour; the rule misses about e^{-2 pi c / step} times the integral
// there. To the left c goes as far as the neighbour encloses 0; to the right the integrand grows like
// e^{width (2c + c^2)}, least in all for c = pi / (step width) - 1.
Parabola parabola(double crossing, double height) {
  constexpr double kDigits = 30, kDamping = 25;
  const double width = std::max(crossing, height * height / (4 * (kDamping + crossing)));
  const double left = 1 - std::sqrt(std::max(0.0, 1 - crossing / width));
  const double points = std::max(width + std::sqrt(width * (kDigits + crossing)), kDigits / (2 * left));  // pi / step
  const double step = std::numbers::pi / points;
  const double last = std::sqrt((crossing + kDigits) / width);
  return {crossing, width, step, static_cast<std::size_t>(std::ceil(last / step))};
}

Estimates by_contour(const CourseProblem& problem, Resolvent& resolvent, double time, const Parabola& parabola) {
  using Complex = std::complex<double>;
  const std::size_t states = problem.chain.size();
  std::vector<Complex> start(problem.start.begin(), problem.start.end()), row(states), kill(states);
  struct Sum {
    double at = 0, mean = 0, at_size = 0, mean_size = 0;
  };
  std::vector<Sum> sums(problem.classes);
  std::vector<Complex> transform(problem.classes);
  std::vector<double> size(problem.classes);
  Estimates result(problem.classes);
  for (std::size_t k = 0; k < parabola.nodes; ++k) {
    const double u = (static_cast<double>(k) + 0.5) * parabola.step;
    const Complex z(parabola.crossing - parabola.width * u * u, 2 * parabola.width * u);
    for (std::size_t s = 0; s < states; ++s) kill[s] = z / time + (problem.kill.empty() ? 0.0 : problem.kill[s]);
    if (!resolvent.factor(kill)) return result;
    resolvent.forward(start, row);
    std::fill(transform.begin(), transform.end(), Complex(0));
    std::fill(size.begin(), size.end(), 0.0);
    for (std::size_t s = 0; s < states; ++s) {
      transform[problem.class_of[s]] += row[s];
      size[problem.class_of[s]] += std::abs(row[s]);
    }
    const Complex weight = 2 * parabola.step * parabola.width / (std::numbers::pi * time) * Complex(1, u) * std::exp(z);
    for (std::uint32_t c = 0; c < problem.classes; ++c) {
      sums[c].at += (weight * transform[c]).real();
      sums[c].mean += (weight / z * transform[c]).real();
      sums[c].at_size += std::abs(weight) * size[c];
      sums[c].mean_size += std::abs(weight / z) * size[c];
    }
  }
  for (std::uint32_t c = 0; c < problem.classes; ++c) {
    const Sum& sum = sums[c];
    result[c] = {std::max(0.0, sum.at), std::max(0.0, sum.mean),
                 relative_error(sum.at, kRounding * sum.at_size, sum.at_size),
                 relative_error(sum.mean, kRounding * sum.mean_size, sum.mean_size)};
  }
  return result;
}

}  // namespace nines::markov
