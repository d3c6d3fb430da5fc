// Solves with diag(kill) - Q, Q the generator of a chain: the resolvent, for one kill at every state, or the transform
// of what a chain gathers until it leaves.
#pragma once

#include <complex>
#include <memory>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/transient/fronts.hpp"

namespace nines::markov {

// Elimination that keeps, of each state, the rates to other states and the kill apart, and only ever adds products of
// them (Grassmann, Taksar, Heyman 1985, doi:10.1287/opre.33.5.1107): the diagonal is never formed, so nothing is lost
// between a kill of 1e-9 per hour and rates of 1e4. With real kills >= 0 every entry of a solution with sources >= 0
// has full relative precision, however small; with complex ones its error is relative to the same entry for the real
// parts of the kills, as far as these are >= 0. Kills of negative real part are fine as long as diag(kill) - Q is
// regular.
template <class Scalar>  // double or std::complex<double>
class BasicResolvent {
 public:
  // Orders and plans once. Fails with Kind::memory and figures beyond the limits.
  [[nodiscard]] static tl::expected<BasicResolvent, SolveFailure> of(const Chain& chain,
                                                                     const EliminationLimits& limits = {});
  // Several may share a plan.
  explicit BasicResolvent(std::shared_ptr<const Fronts> fronts);

  [[nodiscard]] const Fronts& fronts() const { return *fronts_; }
  [[nodiscard]] std::size_t states() const { return fronts_->states(); }

  // `kill` by state, per hour. False where the matrix is singular (or a number left its range): no solves then.
  [[nodiscard]] bool factor(std::span<const Scalar> kill);
  [[nodiscard]] bool factor(Scalar kill);  // the same at every state
  // By state. Row: out (diag(kill) - Q) = source. `out` may be `source`.
  void forward(std::span<const Scalar> source, std::span<Scalar> out) const;
  // Column: (diag(kill) - Q) out = reward. `out` may be `reward`.
  void backward(std::span<const Scalar> reward, std::span<Scalar> out) const;

 private:
  enum class Divide { on_the_way_out, on_the_way_back };
  void pass(std::span<const Scalar> in, std::span<Scalar> out, const std::vector<Scalar>& given,
            const std::vector<Scalar>& taken, Divide divide) const;

  std::shared_ptr<const Fronts> fronts_;
  std::vector<std::uint64_t> panel_begin_;  // by front, into the two below
  // Of a front with s pivots and w rows, s x w each: rates out of pivot k when it went, and shares that states had in
  // it.
  std::vector<Scalar> rate_, share_;
  std::vector<Scalar> out_;  // by position
};

extern template class BasicResolvent<double>;
extern template class BasicResolvent<std::complex<double>>;
using Resolvent = BasicResolvent<std::complex<double>>;
using RealResolvent = BasicResolvent<double>;

}  // namespace nines::markov
