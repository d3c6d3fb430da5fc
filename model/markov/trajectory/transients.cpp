#include "model/markov/trajectory/transients.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

namespace nines::markov {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Matrix>;

constexpr double kJumpsAtFirst = 0.1;  // mean number, of the fastest state
constexpr double kLongest = 34;        // mean times that an exponential lasts: exp(-34) is beyond double's digits
constexpr double kSettled = 1e-9;      // relative: rows of a column that differ by less are one

// Sum over the jumps of the uniformised chain: Jensen 1953.
Matrix first_step(const ClusterStates& cluster, StateIndex shared, double time) {
  const auto& given = cluster.given[shared];
  const Chain& chain = cluster.part->space->chain;
  const auto n = static_cast<Eigen::Index>(given.states.size());
  const double fastest = std::max(fastest_of(cluster, shared), 1e-300), jumps = fastest * time;
  Matrix step = Matrix::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const StateIndex s = given.states[static_cast<std::size_t>(i)];
    double out = 0;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const StateIndex to = chain.target[t];
      if (cluster.shared_of(to) != shared || cluster.place[to] == kNoPart) continue;
      step(i, static_cast<Eigen::Index>(cluster.place[to])) += chain.rate[t] / fastest;
      out += chain.rate[t];
    }
    step(i, i) += std::max(0.0, (fastest - out) / fastest);
  }
  Matrix power = Matrix::Identity(n, n), sum = power;
  double weight = 1, total = 1;
  for (int k = 1; k < 60 && weight > 1e-18 * total; ++k) {
    power = power * step;
    weight *= jumps / k;
    sum += weight * power;
    total += weight;
  }
  return sum / total;
}

bool is_settled(const Matrix& e) {
  const Eigen::RowVectorXd most = e.colwise().maxCoeff(), least = e.colwise().minCoeff();
  return ((most - least).array() <= kSettled * most.array()).all();
}

}  // namespace

std::vector<double> Times::weights(double rate) const {
  std::vector<double> w(count, 0.0);
  if (count == 1) return {1.0};
  const double step = std::log(2.0);
  double t = first_h, sum = 0;
  for (std::size_t i = 1; i < count; ++i, t *= 2) w[i] = step * rate * t * std::exp(-rate * t);
  // All times before the first, half, a quarter, an eighth, ... of it, weigh as much together as it does, and their
  // mean is a third of it.
  w[0] = step * rate * first_h * 2 / 3;
  w[1] += step * rate * first_h / 3;
  for (const double x : w) sum += x;
  for (double& x : w) x /= sum;
  return w;
}

Times times_for(double rate, double fastest) {
  if (!(fastest > 0) || !(rate > 0)) return {};
  Times times;
  times.first_h = std::min(kJumpsAtFirst / fastest, 1e-3 / rate);
  times.count = 2 + static_cast<std::size_t>(std::ceil(std::log2(kLongest / rate / times.first_h)));
  return times;
}

double fastest_of(const ClusterStates& cluster, StateIndex shared) {
  const Chain& chain = cluster.part->space->chain;
  double fastest = 0;
  for (const StateIndex s : cluster.given[shared].states) {
    double out = 0;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
      if (cluster.shared_of(chain.target[t]) == shared && cluster.place[chain.target[t]] != kNoPart)
        out += chain.rate[t];
    fastest = std::max(fastest, out);
  }
  return fastest;
}

Transients transients(const ClusterStates& cluster, StateIndex shared, const Times& times,
                      const std::vector<double>& columns, std::size_t width, const std::vector<double>& from) {
  const auto n = static_cast<Eigen::Index>(cluster.given[shared].states.size());
  const Eigen::Index rows = n > 0 ? static_cast<Eigen::Index>(from.size()) / n : 0;
  const View wanted(columns.data(), n, static_cast<Eigen::Index>(width)), begin(from.data(), rows, n);
  Transients result;
  result.settled = times.count;
  Matrix e = Matrix::Identity(n, n);
  for (std::size_t i = 0; i < times.count; ++i) {
    if (i == 1) e = first_step(cluster, shared, times.first_h);
    if (i > 1 && i <= result.settled) {
      e = (e * e).eval();
      // Rounding would grow with the number of squares: each row is a distribution.
      const Eigen::VectorXd sums = e.rowwise().sum();
      e.array().colwise() /= sums.array();
    }
    if (i > 0 && result.settled == times.count && is_settled(e)) result.settled = i;
    const Matrix ahead = e * wanted, behind = begin * e;
    result.ahead.insert(result.ahead.end(), ahead.data(), ahead.data() + ahead.size());
    result.behind.insert(result.behind.end(), behind.data(), behind.data() + behind.size());
  }
  return result;
}

}  // namespace nines::markov
