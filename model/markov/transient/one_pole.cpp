#include "model/markov/transient/one_pole.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace nines::markov {
namespace {

constexpr std::size_t kTerms = kPoleTerms, kChecked = 40;  // terms from kChecked on must be nothing beside the sum
constexpr double kMostPole = 60;                           // p times the latest time
constexpr double kStepPole = 24;                           // p times a step
constexpr std::size_t kPoints = 512;
constexpr long double kCoefficientError = 1e-19L;  // of the quadrature in long double
constexpr long double kRounding = 2e-15L;          // of a term

struct Coefficients {
  std::array<long double, kTerms> at{}, mean{};
};

// Of e^{-x} and (1 - e^{-x}) / x, x = k (1/y - 1), by quadrature at the Chebyshev points.
Coefficients coefficients_of(long double k) {
  static const auto cosine = [] {  // of m pi / (2 kPoints)
    std::array<long double, 4 * kPoints> table;
    for (std::size_t m = 0; m < table.size(); ++m)
      table[m] = std::cos(std::acos(-1.0L) * static_cast<long double>(m) / (2 * kPoints));
    return table;
  }();
  Coefficients result;
  for (std::size_t j = 0; j < kPoints; ++j) {
    const long double c = cosine[2 * j + 1], other = 1 - c, x = k * (other / (1 + c));
    const long double at = std::exp(-x) * 2 / kPoints, mean = -std::expm1(-x) / x * 2 / kPoints;
    for (std::size_t n = 0; n < kTerms; ++n) {
      const long double weight = cosine[n * (2 * j + 1) % cosine.size()];
      result.at[n] += weight * at;
      result.mean[n] += weight * mean;
    }
  }
  result.at[0] /= 2;
  result.mean[0] /= 2;
  return result;
}

struct Term {  // of a class: its sum in T_n(2R - 1), and the sum of the moduli
  double sum = 0, size = 0;
};
using Terms = std::array<Term, kTerms>;

// Gives row T_n(2R - 1), n = 0, 1, ..., by the three-term recursion to `see`(n, vector). False when a solve fails.
template <class See>
[[nodiscard]] bool for_each_term(RowSolver& solver, double pole, std::vector<double> row, const See& see) {
  std::vector<double> before(row.size()), solved(row.size());
  for (std::size_t n = 0;; ++n) {
    see(n, row);
    if (n + 1 == kTerms) return true;
    if (!solver.forward(row, solved)) return false;
    for (std::size_t s = 0; s < row.size(); ++s) {
      const double image = 2 * pole * solved[s] - row[s];
      const double next = n == 0 ? image : 2 * image - before[s];
      before[s] = row[s];
      row[s] = next;
    }
  }
}

// Empty where a solve fails.
std::vector<Terms> terms_of(const CourseProblem& problem, RowSolver& solver, double pole) {
  std::vector<Terms> terms(problem.classes);
  const auto add = [&](std::size_t n, const std::vector<double>& row) {
    for (std::size_t s = 0; s < row.size(); ++s) {
      Term& term = terms[problem.class_of[s]][n];
      term.sum += row[s];
      term.size += std::abs(row[s]);
    }
  };
  if (!for_each_term(solver, pole, {problem.start.begin(), problem.start.end()}, add)) return {};
  return terms;
}

// By class: what solves that are off make any term be off, at most. A solve's error comes into the next row four times,
// and into those after it by Chebyshev polynomials of the second kind, which are below the number of terms where the
// rows do not grow.
std::vector<double> off_of(const CourseProblem& problem, RowSolver& solver, double pole) {
  std::vector<double> result(problem.classes, 0.0);
  const auto off = solver.off();
  for (std::size_t s = 0; s < off.size(); ++s) result[problem.class_of[s]] += 4 * pole * kTerms * off[s];
  return result;
}

// On the real axis the terms of a course like t^k grow like n^2k: as much from 12 to 24 as from 24 to 48. Off it they
// grow by a factor a term.
bool grows_exponentially(const Terms& terms) {
  const auto largest = [&](std::size_t end) {
    double size = 0;
    for (std::size_t n = 0; n < end; ++n) size = std::max(size, terms[n].size);
    return size;
  };
  const double early = largest(kTerms / 4), middle = largest(kTerms / 2), late = largest(kTerms);
  return late > 1e3 * early && late / middle > 2 * std::pow(middle / early, 1.4);
}

struct Sum {
  double value, error, size;
};

Sum sum_of(const Terms& terms, const std::array<long double, kTerms>& coefficients, double off) {
  long double value = 0, size = 0, last = 0, noise = 0;
  for (std::size_t n = kTerms; n-- > 0;) {
    const long double part = coefficients[n] * terms[n].sum;
    value += part;
    size += std::abs(coefficients[n]) * terms[n].size;
    noise += kCoefficientError * terms[n].size + std::abs(coefficients[n]) * off;
    if (n >= kChecked) last += std::abs(part);
  }
  return {static_cast<double>(value), static_cast<double>(last + noise + kRounding * size), static_cast<double>(size)};
}

}  // namespace

std::vector<Estimates> by_one_pole(const CourseProblem& problem, RowSolver& solver, std::span<const double> times,
                                   double decay) {
  std::vector<Estimates> result(times.size(), Estimates(problem.classes));
  const double pole = kMostPole / *std::max_element(times.begin(), times.end());
  if (!solver.factor(pole - decay)) return result;
  const auto terms = terms_of(problem, solver, pole);
  if (terms.empty()) return result;
  const auto off = off_of(problem, solver, pole);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Coefficients coefficients = coefficients_of(static_cast<long double>(pole) * times[i]);
    for (std::uint32_t c = 0; c < problem.classes; ++c) {
      const Sum at = sum_of(terms[c], coefficients.at, off[c]), mean = sum_of(terms[c], coefficients.mean, off[c]);
      Estimate& estimate = result[i][c];
      estimate.at = std::max(0.0, decay > 0 ? at.value * std::exp(-decay * times[i]) : at.value);
      estimate.mean = std::max(0.0, mean.value);
      estimate.ringing = grows_exponentially(terms[c]);
      if (estimate.ringing) continue;
      estimate.at_error = relative_error(at.value, at.error, at.size);
      if (!(decay > 0)) estimate.mean_error = relative_error(mean.value, mean.error, mean.size);
    }
  }
  return result;
}

Estimates by_steps(const CourseProblem& problem, RowSolver& solver, double time, int steps) {
  Estimates result(problem.classes);
  const double pole = kStepPole * steps / time;
  if (!solver.factor(pole)) return result;
  const Coefficients coefficients = coefficients_of(kStepPole);
  std::vector<double> now(problem.start.begin(), problem.start.end()), at(now.size()), mean(now.size());
  for (int step = 0; step < steps; ++step) {
    std::fill(at.begin(), at.end(), 0.0);
    std::fill(mean.begin(), mean.end(), 0.0);
    const auto add = [&](std::size_t n, const std::vector<double>& row) {
      const auto a = static_cast<double>(coefficients.at[n]), m = static_cast<double>(coefficients.mean[n]);
      for (std::size_t s = 0; s < row.size(); ++s) {
        at[s] += a * row[s];
        mean[s] += m * row[s];
      }
    };
    if (!for_each_term(solver, pole, now, add)) return Estimates(problem.classes);
    for (std::size_t s = 0; s < now.size(); ++s) {
      now[s] = std::max(0.0, at[s]);
      result[problem.class_of[s]].mean += std::max(0.0, mean[s]) / steps;
    }
  }
  for (std::size_t s = 0; s < now.size(); ++s) result[problem.class_of[s]].at += now[s];
  for (Estimate& estimate : result) estimate.at_error = estimate.mean_error = 0;
  return result;
}

double decay_rate(const CourseProblem& problem, RowSolver& solver, double time) {
  constexpr int kRefinements = 4, kSteps = 16;
  const double pole = kMostPole / time;
  double decay = 0;
  std::vector<double> now(problem.start.begin(), problem.start.end());
  for (int round = 0; round < kRefinements; ++round) {
    if (!solver.factor(pole - decay)) return 0;
    double ratio = 1;
    for (int step = 0; step < kSteps; ++step) {
      if (!solver.forward(now, now)) return 0;
      double sum = 0;
      for (const double x : now) sum += x;
      if (!(sum > 0) || !std::isfinite(sum)) return 0;
      for (double& x : now) x /= sum;
      ratio = pole * sum;
    }
    decay += pole * (1 / ratio - 1);
  }
  return decay;
}

}  // namespace nines::markov
