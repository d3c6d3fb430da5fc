// How long a chain is down within a period, as a Laplace transform.
#pragma once

#include <complex>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain/chain.hpp"
#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/inversion.hpp"
#include "model/markov/downtime/likely_states.hpp"
#include "model/markov/downtime/projection.hpp"
#include "model/markov/downtime/triangle.hpp"

namespace nines::markov {

// psi(theta) = E[1 - exp(-theta D)], D the time that a chain spends in down states within a period begun in the long
// run. With Q its generator, B the indicator of the down states and pi the long run,
//   psi = integral over s in [0, T] of theta pi exp((Q - theta B) s) B 1,
// whose transform in T is (theta / z) pi (z - Q + theta B)^-1 B 1: a sum of what is not negative, so that a psi of
// 1e-12 has as many digits as one of 0.5 (Bladt, Meini, Neuts, Sericola 2002 for the distribution of rewards of
// chains). Of few down states the up states are eliminated once for each z, what is left is a matrix over the down
// states that does not depend on theta but for its diagonal; of many it is projected.
class DowntimeTransform {
 public:
  // D ends where the chain is lost. `period_h` > 0. Fails where the chain takes more than `work_limit` multiplications.
  [[nodiscard]] static tl::expected<DowntimeTransform, SolveFailure> of(const UpDownChain& whole, double period_h,
                                                                        const ThetaRange& range, double work_limit);

  // Of several: thetas of positive real part within the range, per hour. Good as long as exp(-period x Re theta) is out
  // of sight.
  [[nodiscard]] std::vector<std::complex<double>> operator()(std::span<const std::complex<double>> thetas) const;
  // P(D > 0).
  [[nodiscard]] double any() const { return any_; }
  // P(D = period), where `range` is of amounts near it; else 0.
  [[nodiscard]] double all() const { return all_; }
  // Relative, of psi: what it is off by beside rounding.
  [[nodiscard]] double off() const { return off_; }

 private:
  struct Level {
    Node node;
    Triangle triangle;  // psi's transform is theta / node.at times its value
  };
  DowntimeTransform() = default;

  std::vector<Level> levels_;  // by node of the contour
  double any_ = 0, all_ = 0, off_ = 0;
};

}  // namespace nines::markov
