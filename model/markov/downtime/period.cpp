#include "model/markov/downtime/period.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "model/markov/downtime/inversion.hpp"
#include "model/markov/downtime/outages.hpp"
#include "model/markov/downtime/transform.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

// The error of a line's damping, relative; that of rounding grows with half of it.
constexpr double kDamping = 21;
constexpr double kRounding = 3e-9;    // of an inversion, beside the probability of any downtime
constexpr double kOfTransform = 4e4;  // what an inversion makes of a relative error, exp(kDamping / 2)

struct Transform {
  std::function<std::vector<Complex>(std::span<const Complex>)> of;
  double any = 0;
  std::uint32_t times = 1;
  double all = 0;  // P(D = period), as far as it is known
  double off = 0;  // relative
};

template <class Of>
Transform shared(Of of, std::uint32_t times) {
  const double any = of.any();
  const auto kept = std::make_shared<Of>(std::move(of));
  return {[kept](auto thetas) { return (*kept)(thetas); }, any, times};
}

// Outages in clumps, where the chain is too large.
tl::expected<Transform, SolveFailure> transform_of(const SeriesTerm& term, double period_h, const ThetaRange& range,
                                                   double work_limit, DowntimeInPeriod& how) {
  if (auto exact = DowntimeTransform::of(term.chain, period_h, range, work_limit)) {
    const double all = exact->all(), off = exact->off();
    Transform result = shared(std::move(*exact), term.times);
    result.all = all;
    result.off = off;
    return result;
  }
  auto stream = OutageStream::of(term.chain, period_h, work_limit);
  if (!stream) return tl::unexpected(stream.error());
  how.clumps = true;
  return shared(std::move(*stream), term.times);
}

// Of the thetas that these amounts ask for.
ThetaRange thetas_of(std::span<const double> amounts_h, double period_h) {
  ThetaRange range;
  for (const double amount : amounts_h) {
    if (!(amount > 0)) continue;
    const auto points = line(amount, kDamping);
    const double least = std::abs(points.front()), most = std::abs(points.back());
    range.least = range.least > 0 ? std::min(range.least, least) : least;
    range.most = std::max(range.most, most);
  }
  return range.most > 0 ? range : ThetaRange{1 / period_h, 10 / period_h};
}

}  // namespace

double overlooked(std::span<const SeriesTerm> terms, double period_h) {
  // Two terms down at once: no more often than one goes down while the other is, or both are when the period begins.
  double failures = 0, unavailability = 0, both = 0, lost = 0;
  for (const SeriesTerm& term : terms) lost += term.chain.left_out_within(period_h) * term.times;
  for (const SeriesTerm& term : terms)
    for (std::uint32_t i = 0; i < std::min<std::uint32_t>(term.times, 1000); ++i) {
      both += term.unavailability * (unavailability + failures * period_h) +
              term.failures_per_h * period_h * unavailability;
      failures += term.failures_per_h;
      unavailability += term.unavailability;
    }
  return both + lost;
}

tl::expected<DowntimeInPeriod, std::string> downtime_in_period(std::span<const SeriesTerm> terms, double period_h,
                                                               std::span<const double> amounts_h, double work_limit) {
  DowntimeInPeriod result;
  std::vector<Transform> transforms;
  const double share = work_limit / static_cast<double>(std::max<std::size_t>(terms.size(), 1));
  const ThetaRange range = thetas_of(amounts_h, period_h);
  for (const SeriesTerm& term : terms) {
    auto transform = transform_of(term, period_h, range, share, result);
    if (!transform) return tl::unexpected(transform.error().message);
    transforms.push_back(std::move(*transform));
  }

  double off = 0, all = 0;
  for (const Transform& t : transforms) {
    off = std::max(off, t.off);
    all += t.all * t.times;
  }
  double any = 0;  // 1 - none, of rare ones
  for (const Transform& t : transforms) any += -std::log1p(-std::min(t.any, 1 - 1e-16)) * t.times;
  any = -std::expm1(-any);
  for (const double amount : amounts_h) {
    if (!(amount > 0)) {
      result.above.push_back(any);
      continue;
    }
    const auto thetas = line(amount, kDamping);
    std::vector<Complex> remain(thetas.size(), 1), values(thetas.size(), 0);
    for (const Transform& t : transforms) {
      const auto psi = t.of(thetas);
      for (std::size_t k = 0; k < thetas.size(); ++k)
        for (std::uint32_t i = 0; i < t.times; ++i) {
          values[k] += remain[k] * psi[k];
          remain[k] *= 1.0 - psi[k];
        }
    }
    // The jump at the end of the period is taken out, for its sake the sum would not settle near it.
    for (std::size_t k = 0; k < thetas.size(); ++k)
      values[k] = (values[k] - all * (1.0 - std::exp(-thetas[k] * period_h))) / thetas[k];
    const double above = std::clamp(all + sum_on_line(amount, kDamping, values), 0.0, any);
    const double before = result.above.empty() ? any : result.above.back();
    if (above > before * (1 + 1e-6) + 1e-9) return tl::unexpected(std::string("the inversion of its transform fails"));
    result.above.push_back(std::min(above, before));
  }
  result.error_bound = std::min(1.0, overlooked(terms, period_h)) + (kRounding + kOfTransform * off) * any;
  return result;
}

}  // namespace nines::markov
