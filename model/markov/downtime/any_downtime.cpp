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

}  // namespace

tl::expected<double, SolveFailure> any_downtime(const UpDownChain& whole, double period_h, double work_limit) {
  const SideOfChain ups = side_of(whole, false);
  double down_at_start = 0;
  for (StateIndex s = 0; s < whole.down.size(); ++s) down_at_start += whole.down[s] ? whole.long_run[s] : 0;
  if (ups.states.empty()) return down_at_start;
  auto resolvent = Resolvent::of(ups.chain, {});
  if (!resolvent) return tl::unexpected(resolvent.error());
  const auto width = contour_width(whole, period_h);
  if (!width) return tl::unexpected(SolveFailure{SolveFailure::Kind::no_convergence, "times hardly vary"});
  const auto nodes = contour(period_h, *width);
  if (4 * static_cast<double>(nodes.size()) * resolvent->fronts().multiplications > work_limit)
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::memory, "the chain is too large for its downtime in a period"});
  std::vector<Complex> kill(ups.states.size()), row(ups.states.size());
  double any = 0;
  for (const Node& node : nodes) {
    for (std::size_t i = 0; i < kill.size(); ++i) {
      kill[i] = node.at + ups.leaving[i] + ups.lost[i];
      row[i] = whole.long_run[ups.states[i]];
    }
    if (!resolvent->factor(kill))
      return tl::unexpected(SolveFailure{SolveFailure::Kind::no_convergence, "the chain has rates out of range"});
    resolvent->forward(row, row);
    Complex into_down = 0;
    for (std::size_t i = 0; i < row.size(); ++i) into_down += row[i] * ups.leaving[i];
    any += 2 * (node.weight / node.at * into_down).real();
  }
  return std::clamp(down_at_start + any, 0.0, 1.0);
}

}  // namespace nines::markov
