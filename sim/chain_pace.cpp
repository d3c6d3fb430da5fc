#include "sim/chain_pace.hpp"

#include <algorithm>
#include <numeric>

namespace nines::sim {
namespace {

constexpr int kMostSweeps = 200;
constexpr double kMostSteps = 5e8;  // transitions looked at, all sweeps together
constexpr double kSettled = 0.01;   // a plan needs no digits

// The states from which the chain may come to its start, the nearest first.
std::vector<std::uint32_t> homeward(const DrawnChain& chain) {
  std::vector<std::uint64_t> begin(chain.size() + std::size_t{2}, 0);
  for (const std::uint32_t to : chain.target) ++begin[to + std::size_t{2}];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> from(chain.target.size());
  for (std::uint32_t s = 0; s < chain.size(); ++s)
    for (const std::uint32_t to : chain.targets(s)) from[begin[to + std::size_t{1}]++] = s;
  std::vector<std::uint32_t> order{chain.start};
  std::vector<char> seen(chain.size(), 0);
  seen[chain.start] = 1;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (auto t = begin[order[i]]; t < begin[order[i] + std::size_t{1}]; ++t) {
      if (seen[from[t]]) continue;
      seen[from[t]] = 1;
      order.push_back(from[t]);
    }
  return order;
}

}  // namespace

ChainPace pace_of(const DrawnChain& chain) {
  ChainPace pace;
  const auto reachable = chain.reachable();
  auto order = homeward(chain);
  std::erase_if(order, [&](std::uint32_t s) { return !reachable[s]; });
  pace.comes_back = order.size() == static_cast<std::size_t>(std::count(reachable.begin(), reachable.end(), 1));
  pace.moves_per_hour = chain.out_rate(chain.start);
  for (std::uint32_t s = 0; s < chain.size(); ++s)
    if (const double out = chain.out_rate(s); reachable[s] && !chain.up[s] && out > 0)
      pace.longest_down_h = std::max(pace.longest_down_h, 1 / out);
  // Mean times by Gauss-Seidel from the start outwards; where it never comes back from counts as arrived.
  std::vector<double> hours(chain.size(), 0.0);
  const double steps = static_cast<double>(chain.target.size()) + 1;
  for (int sweep = 0; sweep < kMostSweeps && sweep * steps < kMostSteps; ++sweep) {
    double change = 0;
    for (std::size_t i = pace.comes_back ? 1 : 0; i < order.size(); ++i) {
      const std::uint32_t s = order[i];
      double sum = 1, out = 0;
      for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
        sum += chain.rate[t] * hours[chain.target[t]];
        out += chain.rate[t];
      }
      if (out <= 0) continue;
      change = std::max(change, sum / out - hours[s]);
      hours[s] = sum / out;
      pace.forgets_h = std::max(pace.forgets_h, hours[s]);
    }
    if (change <= kSettled * pace.forgets_h) break;
  }
  return pace;
}

}  // namespace nines::sim
