// Outages that come by themselves: the downtime in a period as a compound Poisson sum of phase-type lengths.
#pragma once

#include <complex>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain/chain.hpp"
#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/likely_states.hpp"
#include "model/markov/downtime/triangle.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {

// Rare outages come in clumps that are nearly a Poisson stream (Aldous 1989, Probability Approximations via the Poisson
// Clumping Heuristic, ch. A). A clump is taken as a geometric number of outages, each as long as an outage of the long
// run: phase-type, by the chain of the down states. How many outages there are a clump is told by the probability that
// a period has none, which is exact where the up states are few enough. What is left out: that an outage takes time
// away from the period, and that those of a clump are of unlike lengths.
class OutageStream {
 public:
  [[nodiscard]] static tl::expected<OutageStream, SolveFailure> of(const UpDownChain& whole, double period_h,
                                                                   double work_limit);

  // E[1 - exp(-theta D)] for thetas of positive real part; not finite where the elimination fails.
  [[nodiscard]] std::vector<std::complex<double>> operator()(std::span<const std::complex<double>> thetas) const;
  // P(D > 0).
  [[nodiscard]] double any() const { return any_; }
  // Outages a clump, 1 or more.
  [[nodiscard]] double clump() const { return clump_; }

 private:
  [[nodiscard]] std::optional<SolveFailure> prepare(double work_limit);
  [[nodiscard]] std::vector<std::complex<double>> lasting(std::span<const std::complex<double>> thetas) const;

  Chain downs_;
  std::vector<double> leaving_, begins_;  // by down state: rate up; share of the outages that begin in it
  std::optional<Triangle> dense_;         // of few down states,
  std::shared_ptr<const Fronts> fronts_;  // of many
  double outages_ = 0;                    // in a period
  double any_ = 0, clump_ = 1;
};

}  // namespace nines::markov
