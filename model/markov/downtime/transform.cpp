#include "model/markov/downtime/transform.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "model/markov/downtime/inversion.hpp"
#include "model/markov/downtime/side.hpp"
#include "model/markov/downtime/triangle.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

}  // namespace

std::optional<double> contour_width(const UpDownChain& whole, double period_h) {
  double outages = 0;
  for (StateIndex s = 0; s < whole.down.size(); ++s)
    for (auto t = whole.chain.row_begin[s]; t < whole.chain.row_begin[s + 1]; ++t)
      if (!whole.down[s] && whole.down[whole.chain.target[t]]) outages += whole.long_run[s] * whole.chain.rate[t];
  const double least = 8 + outages * period_h;
  if (!whole.may_ring) return least;
  auto resolvent = Resolvent::of(whole.chain, {});
  if (!resolvent) return std::nullopt;
  std::vector<Complex> kill(whole.down.size()), row(whole.down.size());
  // The least that is asked for, of a quarter of the period: down states, which it damps, are part of a ring.
  const double theta = 40 / period_h;
  double last = 0;
  for (double width = least; width < 3000 * least; width *= 4) {
    Complex sum = 0;
    for (const Node& node : contour(period_h, width)) {
      for (std::size_t s = 0; s < kill.size(); ++s) {
        kill[s] = node.at + whole.lost[s] + (whole.down[s] ? theta : 0);
        row[s] = whole.long_run[s];
      }
      if (!resolvent->factor(kill)) return std::nullopt;
      resolvent->forward(row, row);
      for (std::size_t s = 0; s < row.size(); ++s)
        if (whole.down[s]) sum += node.weight / node.at * row[s];
    }
    const double value = 2 * sum.real();
    if (std::abs(value - last) <= 1e-9 * std::abs(value)) return width / 4;
    last = value;
  }
  return std::nullopt;
}

tl::expected<DowntimeTransform, SolveFailure> DowntimeTransform::of(const UpDownChain& whole, double period_h,
                                                                    double work_limit) {
  const Chain& chain = whole.chain;
  const std::vector<char>& down = whole.down;
  const SideOfChain ups = side_of(whole, false), downs = side_of(whole, true);
  DowntimeTransform result;
  const std::size_t n = downs.states.size();
  if (n == 0) return result;
  const SolveFailure too_much{SolveFailure::Kind::memory, "the chain is too large for its downtime in a period"};
  const auto width = contour_width(whole, period_h);
  if (!width)
    return tl::unexpected(SolveFailure{SolveFailure::Kind::no_convergence, "some of its times hardly vary at all"});
  const auto nodes = contour(period_h, *width);
  const auto levels = static_cast<double>(nodes.size());
  if (levels * Triangle::work(n) > work_limit) return tl::unexpected(too_much);
  std::optional<Resolvent> resolvent;
  if (!ups.states.empty()) {
    auto planned = Resolvent::of(ups.chain, {});
    if (!planned) return tl::unexpected(planned.error());
    const Fronts& fronts = planned->fronts();
    if (levels * (4 * fronts.multiplications + 4.0 * static_cast<double>(fronts.entries) * static_cast<double>(n)) >
        work_limit)
      return tl::unexpected(too_much);
    resolvent = std::move(*planned);
  }
  std::vector<Complex> kill(ups.states.size()), row(ups.states.size());
  Complex any = 0;
  for (const Node& node : nodes) {
    const Complex z = node.at;
    for (std::size_t i = 0; i < kill.size(); ++i) kill[i] = z + ups.leaving[i] + ups.lost[i];
    if (resolvent && !resolvent->factor(kill))
      return tl::unexpected(SolveFailure{SolveFailure::Kind::no_convergence, "the chain has rates out of range"});
    std::vector<Complex> matrix(n * n, 0), left(n, 0);
    const std::vector<Complex> right(n, 1);
    // What a row over the up states leads to, in down states.
    const auto into_down = [&](auto&& put) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        const StateIndex s = ups.states[i];
        for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
          if (down[chain.target[t]]) put(downs.number[chain.target[t]], row[i] * chain.rate[t]);
      }
    };
    if (resolvent) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = whole.long_run[ups.states[i]];
      resolvent->forward(row, row);
      into_down([&](StateIndex to, Complex x) { left[to] += x; });
    }
    for (std::size_t d = 0; d < n; ++d) {
      const StateIndex s = downs.states[d];
      left[d] += whole.long_run[s];
      std::fill(row.begin(), row.end(), 0);
      bool leaves = false;
      for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
        const StateIndex to = chain.target[t];
        matrix[d * n + d] += chain.rate[t];
        if (down[to]) {
          matrix[d * n + downs.number[to]] -= chain.rate[t];
        } else {
          row[ups.number[to]] += chain.rate[t];
          leaves = true;
        }
      }
      matrix[d * n + d] += z + downs.lost[d];
      if (!leaves) continue;
      resolvent->forward(row, row);
      into_down([&](StateIndex to, Complex x) { matrix[d * n + to] -= x; });
    }
    for (const Complex x : left) any += node.weight / z * x;
    auto triangle = Triangle::of(std::move(matrix), left, right);
    if (!triangle)
      return tl::unexpected(
          SolveFailure{SolveFailure::Kind::no_convergence, "a matrix of the outages has no Schur form"});
    result.levels_.push_back({node, std::move(*triangle)});
  }
  result.any_ = std::clamp(2 * any.real(), 0.0, 1.0);
  return result;
}

std::vector<Complex> DowntimeTransform::operator()(std::span<const Complex> thetas) const {
  const std::size_t n = thetas.size();
  std::vector<Complex> sums(n, 0), both(thetas.begin(), thetas.end());
  // Conjugates belong to the lower half of the contour.
  for (const Complex theta : thetas) both.push_back(std::conj(theta));
  for (const auto& [node, triangle] : levels_) {
    const auto values = triangle(both);
    const Complex factor = node.weight / node.at;
    for (std::size_t i = 0; i < n; ++i) sums[i] += thetas[i] * (factor * values[i] + std::conj(factor * values[n + i]));
  }
  return sums;
}

}  // namespace nines::markov
