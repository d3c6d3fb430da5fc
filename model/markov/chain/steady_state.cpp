#include "model/markov/chain/steady_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include <fmt/format.h>

#include "model/markov/chain/closed_classes.hpp"
#include "model/markov/chain/gth.hpp"
#include "model/markov/chain/sparse_gth.hpp"
#include "model/markov/chain/sweeps.hpp"
#include "model/markov/chain/swept.hpp"

namespace nines::markov {
namespace {

using Result = tl::expected<SteadyState, SolveFailure>;

// An answer with a worse bound is none.
constexpr double kWorstBound = 1e-9;
constexpr double kGoodBound = 1e-10;        // of a sum alone: better than this, no other method is tried
constexpr double kSumming = 1e-15;          // what scaling and weighing the classes round
constexpr std::size_t kBytesPerEntry = 72;  // of the sparse elimination
constexpr double kFarLikelier = 100;        // than the reference: a better one

// Adds what the range of doubles takes from a rewarded sum near its end.
double with_range(double bound, const std::vector<double>& p, std::span<const double> reward) {
  long double sum = 0;
  bool any = false;
  for (std::size_t s = 0; s < p.size(); ++s) {
    sum += static_cast<long double>(p[s]) * reward[s];
    any |= reward[s] > 0;
  }
  if (!any) return bound;
  double weight = 0;
  for (const double w : reward) weight += w;
  const auto lost = static_cast<long double>(std::numeric_limits<double>::denorm_min()) * weight;
  return sum > 0 ? bound + static_cast<double>(lost / sum) : std::numeric_limits<double>::infinity();
}

// Checked against its equations first, which mostly proves more. In a chain that is nearly decomposable that proves
// nothing, and the analysis of the elimination itself does: in long double, if double is too short for it.
template <class Real>
void eliminate(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
               SteadyState& best) {
  const BasicGth<Real> gth(chain, order);
  if (!gth.fine()) return;
  const auto by_state = [&](const std::vector<double>& by_position) {
    std::vector<double> result(chain.size());
    for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = by_position[i];
    return result;
  };
  auto p = by_state(gth.steady_state());
  double bound = std::numeric_limits<double>::infinity();
  if constexpr (std::is_same_v<Real, double>) {
    const auto solve = [&](const std::vector<double>& b) {
      std::vector<double> by_position(order.size());
      for (std::size_t i = 0; i < order.size(); ++i) by_position[i] = b[order[i]];
      return by_state(gth.hitting(std::move(by_position)));
    };
    const Witness witness{order[0], solve(std::vector<double>(chain.size(), 1.0)),
                          solve({reward.begin(), reward.end()}), solve};
    bound = certify(chain, p, reward, witness);
  }
  bound = with_range(std::min(bound, gth.rounding()), p, reward);
  if (bound < best.error_bound || best.probability.empty()) {
    best.error_bound = bound;
    best.probability = std::move(p);
    best.method = "GTH";
  }
}

Result eliminated(const Chain& chain, std::span<const double> reward, std::size_t entry_limit) {
  const auto result = sparse_gth(chain, entry_limit);
  if (!result)
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::memory, "elimination of the chain takes more memory or work than allowed"});
  SteadyState steady;
  steady.method = "sparse GTH";
  steady.probability = result->probability;
  const Witness witness{chain.start, result->hitting(std::vector<double>(chain.size(), 1.0)),
                        result->hitting({reward.begin(), reward.end()}), result->hitting};
  const double checked = certify(chain, steady.probability, reward, witness);
  steady.error_bound = with_range(std::min(checked, result->rounding), steady.probability, reward);
  return steady;
}

Result dense(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
             const SteadyStateOptions& options) {
  const auto needed = [&](std::size_t bytes) { return chain.size() * chain.size() * bytes; };
  if (needed(sizeof(double)) > options.memory_limit)
    return tl::unexpected(no_memory(needed(sizeof(double)), options.memory_limit));
  SteadyState steady;
  steady.error_bound = std::numeric_limits<double>::infinity();
  eliminate<double>(chain, order, reward, steady);
  const auto& p = steady.probability;
  const auto likeliest = std::max_element(p.begin(), p.end());
  if (steady.error_bound > options.wanted_error && !p.empty() && *likeliest > kFarLikelier * p[order[0]])
    eliminate<double>(chain, backward_order(chain, static_cast<StateIndex>(likeliest - p.begin())), reward, steady);
  if (steady.error_bound <= options.wanted_error) return steady;
  // In long double: sparse, unless that fills up.
  const std::size_t entries = std::min(chain.size() * chain.size() / 8 + 64, options.memory_limit / kBytesPerEntry);
  auto sparse = eliminated(chain, reward, entries);
  if (sparse && sparse->error_bound < steady.error_bound) steady = std::move(*sparse);
  if (steady.error_bound > options.wanted_error && needed(sizeof(long double)) <= options.memory_limit)
    eliminate<long double>(chain, order, reward, steady);
  return steady;
}

Result irreducible(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
                   const SteadyStateOptions& options) {
  Result result;
  if (chain.size() <= options.dense_limit) {
    result = dense(chain, order, reward, options);
  } else {
    if (options.sum_only) {
      result = swept_sum(chain, order, reward, options);
      if (result && result->error_bound <= kGoodBound) return result;
    }
    result = swept(chain, order, reward, options);
    const bool good = result && result->error_bound <= kWorstBound;
    if (!good) {
      auto other = eliminated(chain, reward, options.memory_limit / kBytesPerEntry);
      if (other && (!result || other->error_bound < result->error_bound)) result = std::move(other);
    }
  }
  if (result && !(result->error_bound <= std::max(kWorstBound, options.wanted_error)))
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::no_convergence,
                     fmt::format("the steady state of {} states could not be certified (best bound {:.1e})",
                                 chain.size(), result->error_bound)});
  return result;
}

// The probabilities to end in each class. Their sum weighed with `gain` is what is certified: a ratio of two sums over
// the chain that is sent back, gained and all, each with a bound of its own.
Result where_it_ends(const Chain& chain, const ClosedClasses& classes, const std::vector<double>& gain,
                     const SteadyStateOptions& options) {
  const Chain returning = send_back(chain, classes);
  const auto order = backward_order(returning, returning.start);
  const std::size_t first = returning.size() - gain.size();
  std::vector<double> gained(returning.size(), 0.0), ended(returning.size(), 0.0);
  std::copy(gain.begin(), gain.end(), gained.begin() + static_cast<std::ptrdiff_t>(first));
  std::fill(ended.begin() + static_cast<std::ptrdiff_t>(first), ended.end(), 1.0);
  auto visits = irreducible(returning, order, gained, options);
  if (!visits) return visits;
  const auto all = irreducible(returning, order, ended, options);
  if (!all) return all;
  // Both certificates must be about one vector; where the methods chose apart, the second bound is about the other.
  long double total = 0, same = 0;
  for (std::size_t c = first; c < returning.size(); ++c) {
    total += visits->probability[c];
    same += all->probability[c];
  }
  const auto apart = static_cast<double>(std::abs(total / same - 1));
  visits->error_bound += all->error_bound + apart + kSumming;
  visits->probability.erase(visits->probability.begin(),
                            visits->probability.begin() + static_cast<std::ptrdiff_t>(first));
  for (double& p : visits->probability) p = static_cast<double>(p / total);
  return visits;
}

}  // namespace

tl::expected<SteadyState, SolveFailure> steady_state(const Chain& chain, std::span<const double> reward,
                                                     const SteadyStateOptions& options) {
  const auto order = backward_order(chain, chain.start);
  if (order.size() == chain.size()) return irreducible(chain, order, reward, options);

  // Some states never come back: the long run is spent in closed classes, each as likely as it is to be the one that
  // the chain ends in.
  const ClosedClasses classes = find_closed_classes(chain);
  SteadyState result;
  result.probability.assign(chain.size(), 0.0);
  result.closed_classes = static_cast<std::uint32_t>(classes.members.size());
  result.method = "closed classes";
  std::vector<double> gain(classes.members.size());  // of each class, were it the one
  for (std::size_t c = 0; c < classes.members.size(); ++c) {
    const auto& members = classes.members[c];
    const Chain part = restricted(chain, members);
    std::vector<double> rewards(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) rewards[i] = reward[members[i]];
    const auto steady = irreducible(part, backward_order(part, part.start), rewards, options);
    if (!steady) return steady;
    result.error_bound = std::max(result.error_bound, steady->error_bound);
    for (std::size_t i = 0; i < members.size(); ++i) {
      result.probability[members[i]] = steady->probability[i];
      gain[c] += steady->probability[i] * rewards[i];
    }
  }
  if (gain.size() == 1) return result;
  const auto ends = where_it_ends(chain, classes, gain, options);
  if (!ends) return tl::unexpected(ends.error());
  for (std::size_t c = 0; c < gain.size(); ++c)
    for (const StateIndex s : classes.members[c]) result.probability[s] *= ends->probability[c];
  result.error_bound = with_range(result.error_bound + ends->error_bound + kSumming, result.probability, reward);
  if (!(result.error_bound <= std::max(kWorstBound, options.wanted_error)))
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::no_convergence,
                     fmt::format("where the chain of {} states ends could not be certified (best bound {:.1e})",
                                 chain.size(), result.error_bound)});
  return result;
}

}  // namespace nines::markov
