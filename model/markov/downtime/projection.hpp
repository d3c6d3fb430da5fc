// A chain of many down states as one of a few.
#pragma once

#include <complex>
#include <cstddef>
#include <optional>
#include <vector>

#include <Eigen/Core>
#include <tl/expected.hpp>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/likely_states.hpp"
#include "model/markov/downtime/side.hpp"
#include "model/markov/downtime/triangle.hpp"
#include "model/markov/transient/resolvent.hpp"

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
  [[nodiscard]] double unlike() const { return unlike_; }

 private:
  using Complex = std::complex<double>;

  Projection(const UpDownChain& whole, Resolvent resolvent);
  [[nodiscard]] bool factor(Complex z, Complex theta);
  // The values of the down states, all others 0; and back.
  void put(const Eigen::Ref<const Eigen::VectorXcd>& downs);
  [[nodiscard]] Eigen::VectorXcd got() const;
  [[nodiscard]] bool eliminate_ups(Complex z);
  [[nodiscard]] Complex extend(Complex z, const Eigen::Ref<const Eigen::VectorXcd>& downs,
                               Eigen::Ref<Eigen::VectorXcd> image);
  [[nodiscard]] std::optional<Complex> value_at(Complex z, Complex theta);
  [[nodiscard]] Complex long_run_of_state() const;
  [[nodiscard]] bool add(Complex z, Eigen::Index k);
  [[nodiscard]] std::optional<Triangle> of_first(Eigen::Index k) const;

  const UpDownChain& whole_;
  Resolvent resolvent_;
  SideOfChain ups_;
  std::optional<Resolvent> of_ups_;
  std::vector<StateIndex> downs_;
  Eigen::VectorXcd scale_;        // by down state: the root of its share of the time
  std::vector<double> shifts_;    // thetas of the spans
  std::size_t count_;             // of them that it took so far
  std::vector<Complex> checked_;  // thetas where the small fraction is compared with the large one
  std::size_t nodes_ = 0;         // so far
  double unlike_ = 0;

  std::vector<Complex> kill_, state_;      // by state
  Eigen::MatrixXcd right_, left_, image_;  // by down state, scaled: the spans, and what `right_` leads to
  Eigen::VectorXcd long_run_of_;           // `right_`
};

}  // namespace nines::markov
