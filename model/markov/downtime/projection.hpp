// A chain of many down states as one of a few.
#pragma once

#include <complex>
#include <memory>
#include <optional>

#include <tl/expected.hpp>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/likely_states.hpp"
#include "model/markov/downtime/triangle.hpp"

namespace nines::markov {

struct ThetaRange {
  double least = 0, most = 0;  // moduli, per hour; above 0
};

// As a function of theta, pi (z - Q + theta B)^-1 B 1 of a chain is a fraction of polynomials whose degree is the
// number of down states; that of the best small degree is hardly different (rational Krylov, Ruhe 1984,
// doi:10.1016/0024-3795(84)90221-0). This one is spanned by what solves at some thetas lead to, from the column and
// from the row, each on from the last: one elimination of the chain for each. States are scaled by the root of their
// share of the time, by which a chain that can be turned round in time is symmetric: the two spans are then much alike.
class Projection {
 public:
  // Keeps a reference to `whole`. Good for thetas of positive real part within the range. Fails with Kind::memory where
  // the elimination is too much for anybody.
  [[nodiscard]] static tl::expected<Projection, SolveFailure> of(const UpDownChain& whole, const ThetaRange& range);

  // Multiplications of a node, about.
  [[nodiscard]] double work() const;
  // Nothing where the matrix is singular, or the small fraction is not like the large one.
  [[nodiscard]] std::optional<Triangle> operator()(std::complex<double> z);
  // Relative: how far the small fractions so far were from the large ones where that was looked at.
  [[nodiscard]] double unlike() const;

  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

 private:
  class Spans;
  explicit Projection(std::unique_ptr<Spans> spans);

  std::unique_ptr<Spans> spans_;
};

}  // namespace nines::markov
