#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "tests/differential/naive.hpp"

namespace nines::test {
namespace {

using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

// P(t) and the integral of P over [0, t], of the chain or of it stopped where it is down: a short step as a sum of what
// is not negative (the chain in jumps of one rate, of which a Poisson number happen), doubled until it is long enough.
struct Doubled {
  Matrix at, sum;
};

Doubled doubled(const markov::Chain& chain, const std::vector<char>& stopped, long double hours) {
  const auto n = static_cast<Eigen::Index>(chain.size());
  Matrix jump = Matrix::Zero(n, n);
  long double fastest = 1e-30L;
  for (Eigen::Index s = 0; s < n; ++s) {
    if (stopped[static_cast<std::size_t>(s)]) continue;
    for (auto t = chain.row_begin[static_cast<std::size_t>(s)]; t < chain.row_begin[static_cast<std::size_t>(s) + 1];
         ++t)
      jump(s, chain.target[t]) += chain.rate[t];
    fastest = std::max(fastest, jump.row(s).sum());
  }
  for (Eigen::Index s = 0; s < n; ++s) {
    const long double out = jump.row(s).sum();
    jump.row(s) /= fastest;
    jump(s, s) += 1 - out / fastest;
  }
  int doublings = 0;
  while (fastest * hours > 0.5L) {
    hours /= 2;
    ++doublings;
  }
  const long double jumps = fastest * hours;
  std::vector<long double> exactly{std::exp(-jumps)};
  for (int i = 1; i < 50; ++i) exactly.push_back(exactly.back() * jumps / i);
  Doubled result{Matrix::Zero(n, n), Matrix::Zero(n, n)};
  Matrix power = Matrix::Identity(n, n);
  for (std::size_t i = 0; i < 25; ++i) {
    long double more = 0;
    for (std::size_t j = exactly.size(); j-- > i + 1;) more += exactly[j];
    result.at += exactly[i] * power;
    result.sum += more / fastest * power;
    power = (power * jump).eval();
  }
  for (int i = 0; i < doublings; ++i) {
    result.sum += (result.at * result.sum).eval();
    result.at = (result.at * result.at).eval();
    for (Eigen::Index s = 0; s < n; ++s) result.at.row(s) /= result.at.row(s).sum();
  }
  return result;
}

}  // namespace

std::optional<std::vector<AtTime>> follow_naively(const Model& model, std::size_t max_states,
                                                  const std::vector<double>& at_h) {
  const auto whole = explore_naively(model, max_states);
  if (!whole) return std::nullopt;
  std::vector<char> down;
  for (markov::StateIndex s = 0; s < whole->space.chain.size(); ++s) {
    process::Signals signals;
    whole->process.look(whole->space.state(s), {}, signals);
    down.push_back(
        !model.system.evaluate([&](ComponentId id) { return signals.up[whole->process.wiring().group_of[id]] != 0; }));
  }
  const auto start = static_cast<Eigen::Index>(whole->space.chain.start);
  std::vector<AtTime> result;
  for (const double time : at_h) {
    const auto split = [&](const Matrix& matrix, long double of, std::optional<double>& up,
                           std::optional<double>& other) {
      long double sides[2] = {0, 0};
      for (Eigen::Index s = 0; s < matrix.cols(); ++s)
        sides[down[static_cast<std::size_t>(s)] ? 1 : 0] += matrix(start, s);
      up = static_cast<double>(sides[0] / of);
      other = static_cast<double>(sides[1] / of);
    };
    AtTime& at = result.emplace_back();
    at.time_h = time;
    const Doubled free = doubled(whole->space.chain, std::vector<char>(down.size(), 0), time);
    split(free.at, 1, at.point_availability, at.point_unavailability);
    split(free.sum, time, at.interval_availability, at.interval_unavailability);
    split(doubled(whole->space.chain, down, time).at, 1, at.reliability, at.unreliability);
  }
  return result;
}

}  // namespace nines::test
