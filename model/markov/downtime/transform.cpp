#include "model/markov/downtime/transform.hpp"

#include <algorithm>
#include <utility>

#include "model/markov/downtime/any_downtime.hpp"
#include "model/markov/downtime/contour_width.hpp"
#include "model/markov/downtime/projection.hpp"
#include "model/markov/downtime/remaining.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

constexpr double kOutOfSight = 25;  // what an inversion makes of it is then below 1e-6 of the probability of that

SolveFailure failure(SolveFailure::Kind kind, const char* why) {
  return {kind, why};
}

}  // namespace

tl::expected<DowntimeTransform, SolveFailure> DowntimeTransform::of(const UpDownChain& whole, double period_h,
                                                                    const ThetaRange& range, double work_limit) {
  using Kind = SolveFailure::Kind;
  DowntimeTransform result;
  if (std::find(whole.down.begin(), whole.down.end(), 1) == whole.down.end()) return result;
  auto width = contour_width(whole, period_h);
  if (!width) return tl::unexpected(failure(Kind::no_convergence, "some of its times hardly vary at all"));
  // Being down all the time falls like exp(-theta period). Where that is in sight its poles are enclosed as well.
  const double least = range.least * period_h, most = range.most * period_h;
  if (least < kOutOfSight) {
    width = std::max(*width, most * most / (4 * least));
    const auto all = all_downtime(whole, period_h, work_limit);
    if (!all) return tl::unexpected(all.error());
    result.all_ = *all;
  }
  const auto nodes = contour(period_h, *width);
  auto remaining = Remaining::of(whole);
  if (!remaining) return tl::unexpected(remaining.error());
  auto projection = Projection::of(whole, range);
  Complex any = 0;
  const auto solve = [&](auto& by) {
    any = 0;
    result.levels_.clear();
    for (const Node& node : nodes) {
      auto triangle = by(node.at);
      if (!triangle) return false;
      any += node.weight / node.at * triangle->far_out();
      result.levels_.push_back({node, std::move(*triangle)});
    }
    return true;
  };
  const auto fits = [&](const auto& by) { return static_cast<double>(nodes.size()) * by.work() <= work_limit; };
  if (projection && projection->work() < remaining->work() && fits(*projection) && solve(*projection)) {
    const auto exactly = any_downtime(whole, period_h, work_limit);
    if (!exactly) return tl::unexpected(exactly.error());
    result.any_ = *exactly;
    result.off_ = projection->unlike();
    return result;
  }
  if (!fits(*remaining))
    return tl::unexpected(failure(Kind::memory, "the chain is too large for its downtime in a period"));
  if (!solve(*remaining))
    return tl::unexpected(failure(Kind::no_convergence, "the chain has rates out of range, or no Schur form"));
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
