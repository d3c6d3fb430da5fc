#include "model/markov/chain/swept.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/markov/chain/aggregation.hpp"
#include "model/markov/chain/extrapolation.hpp"
#include "model/markov/chain/sweeps.hpp"

namespace nines::markov {
namespace {

using Result = tl::expected<SteadyState, SolveFailure>;

constexpr int kMostSweeps = 4000, kSweepsAtLeast = 400;
constexpr double kMostSteps = 1e10;  // of all sweeps, each of a transition
constexpr int kSweepsPerLevel = 4;   // the coarse level costs more than a sweep, in either direction; fastest of 1 to 6
constexpr double kFarLikelier = 100;  // than the reference: a better one

void refine(const Sweeps& sweeps, const Aggregation::Coarse& coarse, std::span<const double> reward, double tolerance,
            Sweeps::Rough& rough) {
  constexpr int kMostRefinements = 500;
  Extrapolation of_time, of_gathered;  // what is slow for an iterate is slow for these
  for (int i = 0; i < kMostRefinements; ++i) {
    const double change = sweeps.refine(rough, reward);
    if (change < tolerance) break;
    if (i % kSweepsPerLevel == 0) coarse.correct(rough, reward);
    of_time.look(rough.time);
    of_gathered.look(rough.gathered);
  }
}

// A wider witness for rewards so rare that what rounding leaves of them, measured in time, is more than they are.
// The bound it proves.
double certify_rare(const Chain& chain, const Sweeps& sweeps, const Aggregation::Coarse& coarse,
                    const std::vector<double>& p, std::span<const double> reward, Sweeps::Rough& rough) {
  constexpr int kRefinements = 40;
  const auto settle = [&](Sweeps::Rough& functions, std::span<const double> f) {
    for (int i = 0; i < kRefinements; ++i) {
      if (i > 0 && i < kRefinements / 2) coarse.correct(functions, f);
      (void)sweeps.refine(functions, f);
    }
  };
  settle(rough, reward);
  Witness witness = sweeps.witness(rough);
  std::vector<double> passing(chain.size(), 0.0);
  for (StateIndex s = 0; s < chain.size(); ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
      passing[s] += chain.rate[t] * witness.reward_to_ref[s];
  Sweeps::Rough wide{rough.time, rough.gathered};
  settle(wide, passing);
  witness.spread = sweeps.witness(wide).reward_to_ref;
  return certify(chain, p, reward, witness);
}

// `order` from the start of the chain, until that turns out to be a rare state: the mean times to it are then so long
// that what rounding leaves of an iterate, measured in them, proves nothing.
Result sweep_from(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
                  const SteadyStateOptions& options, bool may_move) {
  const std::size_t needed = Sweeps::bytes(chain) + Extrapolation::bytes(chain.size()) + chain.size() * 72;
  if (needed > options.memory_limit) return tl::unexpected(no_memory(needed, options.memory_limit));
  const Sweeps sweeps(chain, order);
  auto y = sweeps.begin();
  SteadyState best;
  best.method = "Gauss-Seidel";
  best.error_bound = std::numeric_limits<double>::infinity();
  const Aggregation aggregation(sweeps);
  Extrapolation extrapolation;
  Sweeps::Rough rough;
  double tolerance = 1e-8;  // of the witness, which only needs to be good enough for the bound
  double settled = 1e-14;
  constexpr int kMostInVain = 2;  // looks at an iterate that is too far off for any bound
  int in_vain = 0;
  const auto most = std::clamp(static_cast<int>(kMostSteps / (1.0 + static_cast<double>(chain.transitions()))),
                               kSweepsAtLeast, kMostSweeps);
  for (int done = 0; done < most && best.error_bound > options.wanted_error;) {
    double change = 1;
    for (const int end = std::min(most, done + std::max(40, done)); done < end && change > settled; ++done) {
      if (done % kSweepsPerLevel == 0) aggregation.rescale(y);
      change = sweeps.improve(y);
      extrapolation.look(y);
    }
    const auto likeliest = std::max_element(y.begin(), y.end());
    if (may_move && *likeliest > kFarLikelier * y.back()) {
      const StateIndex home = sweeps.order()[static_cast<std::size_t>(likeliest - y.begin())];
      return sweep_from(chain, backward_order(chain, home), reward, options, false);
    }
    if (change > 1e-7) continue;  // far from it: no use in looking
    auto p = sweeps.by_state(y);
    // A better witness helps only as far as the iterate itself has settled.
    double bound =
        rough.time.empty() ? std::numeric_limits<double>::infinity() : certify(chain, p, reward, sweeps.witness(rough));
    const auto coarse = aggregation.coarse(y);
    for (; bound > options.wanted_error && bound > 10 * change && tolerance > 1e-16; tolerance /= 1000) {
      refine(sweeps, coarse, reward, tolerance, rough);
      bound = std::min(bound, certify(chain, p, reward, sweeps.witness(rough)));
    }
    const bool stuck = bound > 0.5 * best.error_bound;
    if (bound < best.error_bound) {
      best.error_bound = bound;
      best.probability = std::move(p);
    }
    if (stuck || (std::isinf(bound) && ++in_vain > kMostInVain)) break;
    settled /= 10;
  }
  if (best.error_bound > options.wanted_error && !rough.time.empty()) {
    auto p = sweeps.by_state(y);
    const double bound = certify_rare(chain, sweeps, aggregation.coarse(y), p, reward, rough);
    if (bound < best.error_bound) {
      best.error_bound = bound;
      best.probability = std::move(p);
    }
  }
  return best;
}

}  // namespace

SolveFailure no_memory(std::size_t needed, std::size_t limit) {
  return {
      SolveFailure::Kind::memory,
      fmt::format("the steady state needs {} MB beside the chain, and {} MB are allowed", needed >> 20, limit >> 20)};
}

Result swept(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
             const SteadyStateOptions& options) {
  return sweep_from(chain, order, reward, options, true);
}

}  // namespace nines::markov
