#include "model/markov/downtime/contour_width.hpp"

#include <complex>
#include <vector>

#include "model/markov/downtime/inversion.hpp"
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

}  // namespace nines::markov
