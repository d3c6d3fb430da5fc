#include "model/markov/steady_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/markov/aggregation.hpp"
#include "model/markov/closed_classes.hpp"
#include "model/markov/gth.hpp"
#include "model/markov/sparse_gth.hpp"
#include "model/markov/sweeps.hpp"

namespace nines::markov {
namespace {

using Result = tl::expected<SteadyState, SolveFailure>;

// An answer with a worse bound is none.
constexpr double kWorstBound = 1e-9;
constexpr int kMostSweeps = 4000;

SolveFailure no_memory(std::size_t needed, std::size_t limit) {
  return {
      SolveFailure::Kind::memory,
      fmt::format("the steady state needs {} MB beside the chain, and {} MB are allowed", needed >> 20, limit >> 20)};
}

Result dense(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward) {
  const Gth gth(chain, order);
  if (!gth.fine())
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::no_convergence, "a rate is too small for the range of numbers"});
  const auto by_state = [&](const std::vector<double>& by_position) {
    std::vector<double> result(chain.size());
    for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = by_position[i];
    return result;
  };
  SteadyState steady;
  steady.method = "GTH";
  steady.probability = by_state(gth.steady_state());
  const auto solve = [&](const std::vector<double>& b) {
    std::vector<double> by_position(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) by_position[i] = b[order[i]];
    return by_state(gth.hitting(std::move(by_position)));
  };
  const Witness witness{order[0], solve(std::vector<double>(chain.size(), 1.0)), solve({reward.begin(), reward.end()}),
                        solve};
  steady.error_bound = certify(chain, steady.probability, reward, witness);
  return steady;
}

Result eliminated(const Chain& chain, std::span<const double> reward, std::size_t memory_limit) {
  constexpr std::size_t kBytesPerEntry = 40;
  const auto result = sparse_gth(chain, memory_limit / kBytesPerEntry);
  if (!result)
    return tl::unexpected(
        SolveFailure{SolveFailure::Kind::memory, "elimination of the chain takes more memory or work than allowed"});
  SteadyState steady;
  steady.method = "sparse GTH";
  steady.probability = result->probability;
  const Witness witness{chain.start, result->hitting(std::vector<double>(chain.size(), 1.0)),
                        result->hitting({reward.begin(), reward.end()}), result->hitting};
  steady.error_bound = certify(chain, steady.probability, reward, witness);
  return steady;
}

void refine(const Sweeps& sweeps, const Aggregation& aggregation, const std::vector<double>& y,
            std::span<const double> reward, double tolerance, Sweeps::Rough& rough) {
  constexpr int kMostRefinements = 500;
  for (int i = 0; i < kMostRefinements; ++i) {
    const double change = sweeps.refine(rough, reward);
    if (change < tolerance) break;
    aggregation.correct(y, rough, reward);
  }
}

Result swept(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
             const SteadyStateOptions& options) {
  const std::size_t needed = Sweeps::bytes(chain) + chain.size() * 72;
  if (needed > options.memory_limit) return tl::unexpected(no_memory(needed, options.memory_limit));
  const Sweeps sweeps(chain, order);
  auto y = sweeps.begin();
  SteadyState best;
  best.method = "Gauss-Seidel";
  best.error_bound = std::numeric_limits<double>::infinity();
  const Aggregation aggregation(sweeps);
  Sweeps::Rough rough;
  double tolerance = 1e-6;  // of the witness, which only needs to be good enough for the bound
  double settled = 1e-14;
  for (int done = 0; done < kMostSweeps && best.error_bound > options.wanted_error;) {
    double change = 1;
    for (const int end = std::min(kMostSweeps, done + std::max(40, done)); done < end && change > settled; ++done) {
      aggregation.rescale(y);
      change = sweeps.improve(y);
    }
    if (change > 1e-7) continue;  // far from it: no use in looking
    auto p = sweeps.by_state(y);
    // A better witness helps only as far as the iterate itself has settled.
    double bound =
        rough.time.empty() ? std::numeric_limits<double>::infinity() : certify(chain, p, reward, sweeps.witness(rough));
    for (; bound > options.wanted_error && bound > 10 * change && tolerance > 1e-16; tolerance /= 1000) {
      refine(sweeps, aggregation, y, reward, tolerance, rough);
      bound = std::min(bound, certify(chain, p, reward, sweeps.witness(rough)));
    }
    const bool stuck = bound > 0.5 * best.error_bound;
    if (bound < best.error_bound) {
      best.error_bound = bound;
      best.probability = std::move(p);
    }
    if (stuck || std::isinf(bound)) break;
    settled /= 10;
  }
  return best;
}

Result irreducible(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
                   const SteadyStateOptions& options) {
  Result result;
  if (chain.size() <= options.dense_limit) {
    const std::size_t needed = chain.size() * chain.size() * sizeof(double);
    if (needed > options.memory_limit) return tl::unexpected(no_memory(needed, options.memory_limit));
    result = dense(chain, order, reward);
  } else {
    result = swept(chain, order, reward, options);
    const bool good = result && result->error_bound <= kWorstBound;
    if (!good) {
      auto other = eliminated(chain, reward, options.memory_limit);
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
  std::vector<double> weight(classes.members.size(), 1.0);
  if (classes.members.size() > 1) {
    const Chain returning = send_back(chain, classes);
    const auto visits = irreducible(returning, backward_order(returning, returning.start),
                                    std::vector<double>(returning.size(), 1.0), options);
    if (!visits) return visits;
    result.error_bound += 2 * visits->error_bound + 1e-14;
    double total = 0;
    for (std::size_t c = 0; c < weight.size(); ++c)
      total += weight[c] = visits->probability[returning.size() - weight.size() + c];
    for (double& w : weight) w /= total;
  }
  double worst = 0;
  for (std::size_t c = 0; c < classes.members.size(); ++c) {
    const auto& members = classes.members[c];
    const Chain part = restricted(chain, members);
    std::vector<double> gains(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) gains[i] = reward[members[i]];
    const auto steady = irreducible(part, backward_order(part, part.start), gains, options);
    if (!steady) return steady;
    worst = std::max(worst, steady->error_bound);
    for (std::size_t i = 0; i < members.size(); ++i)
      result.probability[members[i]] = weight[c] * steady->probability[i];
  }
  result.error_bound += worst;
  return result;
}

}  // namespace nines::markov
