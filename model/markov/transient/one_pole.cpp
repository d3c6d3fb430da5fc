#include "model/markov/transient/one_pole.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace nines::markov {
namespace {

constexpr std::size_t kTerms = 48, kChecked = 38;  // terms from kChecked on must be nothing beside the sum
constexpr double kMostPole = 48;                   // p times the latest time
constexpr std::size_t kPoints = 512;

struct Coefficients {
  std::array<long double, kTerms> at{}, mean{};
};

// Of e^{-x} and (1 - e^{-x}) / x, x = k (1/y - 1), by quadrature at the Chebyshev points.
Coefficients coefficients_of(long double k) {
  const long double pi = std::acos(-1.0L);
  Coefficients result;
  for (std::size_t j = 0; j < kPoints; ++j) {
    const long double angle = pi * (static_cast<long double>(j) + 0.5L) / kPoints;
    const long double half = std::cos(angle / 2), other = std::sin(angle / 2);
    const long double x = k * (other / half) * (other / half);
    const long double at = std::exp(-x), mean = x > 0 ? -std::expm1(-x) / x : 1;
    for (std::size_t n = 0; n < kTerms; ++n) {
      const long double weight = std::cos(static_cast<long double>(n) * angle) * 2 / kPoints;
      result.at[n] += weight * at;
      result.mean[n] += weight * mean;
    }
  }
  result.at[0] /= 2;
  result.mean[0] /= 2;
  return result;
}

}  // namespace

std::vector<Estimates> by_one_pole(const CourseProblem& problem, RealResolvent& resolvent,
                                   std::span<const double> times) {
  std::vector<Estimates> result(times.size(), Estimates(problem.classes));
  const double latest = *std::max_element(times.begin(), times.end()), pole = kMostPole / latest;
  if (!resolvent.factor(pole)) return result;
  const std::size_t states = problem.chain.size();
  std::vector<double> before(states), now(problem.start.begin(), problem.start.end()), solved(states);
  struct Term {
    long double sum = 0, size = 0;
  };
  std::vector<std::array<Term, kTerms>> terms(problem.classes);
  for (std::size_t n = 0; n < kTerms; ++n) {
    for (std::size_t s = 0; s < states; ++s) {
      Term& term = terms[problem.class_of[s]][n];
      term.sum += now[s];
      term.size += std::abs(now[s]);
    }
    resolvent.forward(now, solved);
    for (std::size_t s = 0; s < states; ++s) {
      const double image = 2 * pole * solved[s] - now[s];
      const double next = n == 0 ? image : 2 * image - before[s];
      before[s] = now[s];
      now[s] = next;
    }
  }
  if (std::getenv("NINES_TRACE"))
    for (std::size_t n = 0; n < kTerms; ++n) {
      long double a = 0;
      for (auto& t : terms) a += t[n].size;
      std::fprintf(stderr, "%zu %.2Le;", n, a);
    }
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Coefficients coefficients = coefficients_of(static_cast<long double>(pole) * times[i]);
    for (std::uint32_t c = 0; c < problem.classes; ++c) {
      long double at = 0, mean = 0, at_size = 0, mean_size = 0, at_last = 0, mean_last = 0, noise = 0;
      for (std::size_t n = kTerms; n-- > 0;) {
        const Term& term = terms[c][n];
        const long double a = coefficients.at[n], m = coefficients.mean[n];
        at += a * term.sum;
        mean += m * term.sum;
        at_size += std::abs(a) * term.size;
        mean_size += std::abs(m) * term.size;
        noise += 1e-19L * std::abs(term.sum);
        if (n >= kChecked) {
          at_last += std::abs(a * term.sum);
          mean_last += std::abs(m * term.sum);
        }
      }
      const auto error = [&](long double value, long double size, long double last) {
        if (!(value > 0)) return std::numeric_limits<double>::infinity();
        return static_cast<double>((last + noise + 4e-16L * size) / value);
      };
      result[i][c] = {static_cast<double>(at), static_cast<double>(mean),
                      std::max(error(at, at_size, at_last), error(mean, mean_size, mean_last))};
    }
  }
  return result;
}

}  // namespace nines::markov
