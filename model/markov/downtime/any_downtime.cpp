#include "model/markov/downtime/any_downtime.hpp"

#include <algorithm>
#include <complex>
#include <vector>

#include "model/markov/downtime/contour_width.hpp"
#include "model/markov/downtime/inversion.hpp"
#include "model/markov/downtime/side.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {
namespace {

using Complex = std::complex<double>;

// Of the long run on one side, until the chain leaves it: at the end of the period the function whose transform weighs
// the side's states by `weight`(side, state, z).
template <class Weight>
tl::expected<double, SolveFailure> over_one_side(const UpDownChain& whole, bool down, double period_h,
                                                 double work_limit, const Weight& weight) {
  const SideOfChain side = side_of(whole, down);
  if (side.states.empty()) return 0.0;
  auto resolvent = Resolvent::of(side.chain, {});
  if (!resolvent) return tl::unexpected(resolvent.error());
  const auto width = contour_width(whole, period_h);
  if (!width) return tl::unexpected(SolveFailure{SolveFailure::Kind::no_convergence, "times hardly vary"});
  const auto nodes = contour(period_h, *width);
  if (4 * static_cast<double>(nodes.size()) * resolvent->fronts().multiplications > work_limit)
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::memory, "the chain is too large for its downtime in a period"});
  std::vector<Complex> kill(side.states.size()), row(side.states.size());
  double result = 0;
  for (const Node& node : nodes) {
    for (std::size_t i = 0; i < kill.size(); ++i) {
      kill[i] = node.at + side.leaving[i] + side.lost[i];
      row[i] = whole.long_run[side.states[i]];
    }
    if (!resolvent->factor(kill))
      return tl::unexpected(SolveFailure{SolveFailure::Kind::no_convergence, "the chain has rates out of range"});
    resolvent->forward(row, row);
    Complex sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * weight(side, i, node.at);
    result += 2 * (node.weight * sum).real();
  }
  return result;
}

}  // namespace

tl::expected<double, SolveFailure> any_downtime(const UpDownChain& whole, double period_h, double work_limit) {
  double down_at_start = 0;
  for (StateIndex s = 0; s < whole.down.size(); ++s) down_at_start += whole.down[s] ? whole.long_run[s] : 0;
  const auto entered =
      over_one_side(whole, false, period_h, work_limit,
                    [](const SideOfChain& ups, std::size_t i, Complex z) { return ups.leaving[i] / z; });
  if (!entered) return entered;
  return std::clamp(down_at_start + *entered, 0.0, 1.0);
}

tl::expected<double, SolveFailure> all_downtime(const UpDownChain& whole, double period_h, double work_limit) {
  const auto stays = over_one_side(whole, true, period_h, work_limit,
                                   [](const SideOfChain&, std::size_t, Complex) { return Complex(1); });
  if (!stays) return stays;
  return std::clamp(*stays, 0.0, 1.0);
}

}  // namespace nines::markov
