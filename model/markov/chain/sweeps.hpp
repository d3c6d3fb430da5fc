// Gauss-Seidel sweeps over a sparse, irreducible chain, in an order that suits dependability chains.
#pragma once

#include <span>
#include <vector>

#include "model/markov/chain/certificate.hpp"
#include "model/markov/chain/chain.hpp"

namespace nines::markov {

// The states by breadth-first search against the arrows from `start`, start first. Shorter than the chain when some
// states never come back to it.
[[nodiscard]] std::vector<StateIndex> backward_order(const Chain& chain, StateIndex start);

// Incoming rates by state, renumbered so that a sweep walks memory in order: farthest from the start first, the start
// last. In that order a sweep carries probability home along whole paths, and chains that other orders make periodic or
// slow settle in some tens of sweeps.
class Sweeps {
 public:
  // `order` is backward_order() of an irreducible chain.
  Sweeps(const Chain& chain, std::span<const StateIndex> order);

  [[nodiscard]] static std::size_t bytes(const Chain& chain) { return chain.size() * 40 + chain.transitions() * 24; }

  // All mass on the start.
  [[nodiscard]] std::vector<double> begin() const;
  // One sweep of y = yP in place; gives the largest relative change. y is by position. Positions before `from` stay as
  // they are.
  double improve(std::vector<double>& y, std::size_t from = 0) const;
  // By state of the chain, scaled to sum 1.
  [[nodiscard]] std::vector<double> by_state(const std::vector<double>& y) const;

  // Upper functions for the certificate, by position, with the start as reference. Empty at first.
  struct Rough {
    std::vector<double> time, gathered;
  };
  // One sweep of -QT = 1 and -QF = f, from the start outwards: the nearest know the way home first. Gives the largest
  // change of T, relative to its largest value.
  double refine(Rough& rough, std::span<const double> f) const;
  [[nodiscard]] Witness witness(const Rough& rough) const;

  // The chain in the order of sweeps, outgoing rates by position: what the aggregation looks at.
  struct Outgoing {
    std::span<const std::uint64_t> begin;
    std::span<const StateIndex> to;
    std::span<const double> rate;
  };
  [[nodiscard]] Outgoing outgoing() const { return {out_begin_, out_to_, out_rate_}; }
  [[nodiscard]] std::span<const StateIndex> order() const { return order_; }

 private:
  const Chain& chain_;
  std::vector<StateIndex> position_;  // by state
  std::vector<StateIndex> order_;     // by position
  std::vector<double> dwell_;         // 1 / out-rate, by position
  std::vector<std::uint64_t> in_begin_, out_begin_;
  std::vector<StateIndex> in_from_, out_to_;  // by position
  std::vector<double> in_rate_, out_rate_;
};

}  // namespace nines::markov
