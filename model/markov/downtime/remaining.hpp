// What is left of a chain when its up states are eliminated.
#pragma once

#include <complex>
#include <optional>

#include <tl/expected.hpp>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/likely_states.hpp"
#include "model/markov/downtime/side.hpp"
#include "model/markov/downtime/triangle.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {

// As a function of theta, pi (z - Q + theta B)^-1 B 1 of a chain: a matrix over the down states that does not depend on
// theta but for its diagonal. For few down states.
class Remaining {
 public:
  // Keeps a reference to `whole`. Fails with Kind::memory where the elimination is too much for anybody.
  [[nodiscard]] static tl::expected<Remaining, SolveFailure> of(const UpDownChain& whole);

  // Multiplications of a node, about.
  [[nodiscard]] double work() const;
  // Nothing where the matrix is singular or has no Schur form.
  [[nodiscard]] std::optional<Triangle> operator()(std::complex<double> z);

 private:
  using Complex = std::complex<double>;

  explicit Remaining(const UpDownChain& whole);
  // To down states, from the solution over the up states in `row_`.
  template <class Put>
  void into_down(const Put& put) const;

  const UpDownChain& whole_;
  SideOfChain ups_, downs_;
  std::optional<Resolvent> resolvent_;  // of the up states, if there are any
  std::vector<Complex> kill_, row_;     // by up state
};

}  // namespace nines::markov
