#include "tests/markov/dense_course.hpp"

#include <algorithm>

namespace nines::test {
namespace {

using Matrix = std::vector<std::vector<long double>>;

Matrix product(const Matrix& a, const Matrix& b) {
  const std::size_t n = a.size();
  Matrix c(n, std::vector<long double>(n, 0));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k)
      if (a[i][k] > 0)
        for (std::size_t j = 0; j < n; ++j) c[i][j] += a[i][k] * b[k][j];
  return c;
}

void make_rows_sum_to_1(Matrix& m) {
  for (auto& row : m) {
    long double sum = 0;
    for (const long double x : row) sum += x;
    for (long double& x : row) x /= sum;
  }
}

std::vector<std::vector<double>> rounded(const Matrix& m) {
  std::vector<std::vector<double>> result;
  for (const auto& row : m) result.emplace_back(row.begin(), row.end());
  return result;
}

}  // namespace

DenseCourse dense_course(const markov::Chain& chain, double last) {
  const std::size_t n = chain.size();
  std::vector<long double> out(n, 0);
  for (std::size_t s = 0; s < n; ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) out[s] += chain.rate[t];
  const long double fastest = std::max(*std::max_element(out.begin(), out.end()), 1e-30L);
  long double time = last;
  while (time * fastest > 0.5L) time /= 2;
  // Uniformised at the fastest rate: e^{-x} sum x^k/k! J^k, and the mean from P(more than k jumps) / x.
  Matrix jump(n, std::vector<long double>(n, 0)), power(n, std::vector<long double>(n, 0)), at = power, mean = power;
  for (std::size_t s = 0; s < n; ++s) {
    jump[s][s] = (fastest - out[s]) / fastest;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
      jump[s][chain.target[t]] = chain.rate[t] / fastest;
    power[s][s] = 1;
  }
  const long double x = time * fastest;
  constexpr std::size_t kTerms = 80;  // x^80 / 80! is below 1e-140: paths of thirty jumps keep their digits
  std::vector<long double> term(kTerms + 1), more(kTerms + 1);
  term[0] = 1;
  for (std::size_t k = 1; k <= kTerms; ++k) term[k] = term[k - 1] * x / static_cast<long double>(k);
  for (std::size_t k = kTerms; k > 0; --k) more[k - 1] = more[k] + term[k];
  const long double total = more[0] + term[0];
  for (std::size_t k = 0; k < kTerms; ++k) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        at[i][j] += term[k] / total * power[i][j];
        mean[i][j] += more[k] / total / x * power[i][j];
      }
    power = product(power, jump);
  }
  DenseCourse result;
  for (;;) {
    make_rows_sum_to_1(at);
    make_rows_sum_to_1(mean);
    result.times.push_back(static_cast<double>(time));
    result.at.push_back(rounded(at));
    result.mean.push_back(rounded(mean));
    if (time >= 0.99L * last) return result;
    Matrix next = product(at, mean);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) next[i][j] = (next[i][j] + mean[i][j]) / 2;
    mean = std::move(next);
    at = product(at, at);
    time *= 2;
  }
}

}  // namespace nines::test
