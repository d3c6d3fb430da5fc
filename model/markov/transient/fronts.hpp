// The plan of an elimination: in what order the states of a chain go, and in which dense blocks. It depends on the
// chain's arrows alone, so one plan serves every matrix diag(kill) - Q of that chain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/chain/chain.hpp"
#include "model/markov/chain/steady_state.hpp"

namespace nines::markov {

// Multifrontal elimination (Duff & Reid 1983, ACM TOMS 9(3), doi:10.1145/356044.356047): a front eliminates a few
// states whose rows fill up alike, as one dense block; what is left of it, on its border, is added to its parent.
// Positions are those of the order of elimination.
struct Fronts {
  std::vector<StateIndex> order;            // by position
  std::vector<std::uint32_t> position;      // by state
  std::vector<std::uint32_t> begin;         // front f eliminates the positions [begin[f], begin[f + 1])
  std::vector<std::uint32_t> parent;        // of each front, after it; kNoFront for none
  std::vector<std::uint64_t> border_begin;  // by front, offsets into `border` and `in_parent`
  std::vector<std::uint32_t> border;        // positions eliminated later, ascending
  std::vector<std::uint32_t> in_parent;     // the same as rows of the parent's block
  struct Rate {                             // of the chain, put where it is first needed
    std::uint32_t row, column;              // in the front's block
    double value;
  };
  std::vector<std::uint64_t> rate_begin;  // by front, offsets into `rate`
  std::vector<Rate> rate;
  std::uint64_t entries = 0;   // numbers that a factorisation keeps
  std::uint64_t largest = 0;   // rows of the largest block
  double multiplications = 0;  // of a factorisation

  [[nodiscard]] std::size_t size() const { return parent.size(); }
  [[nodiscard]] std::size_t states() const { return order.size(); }
  [[nodiscard]] std::span<const std::uint32_t> border_of(std::size_t front) const {
    return {border.data() + border_begin[front], border.data() + border_begin[front + 1]};
  }
};
inline constexpr std::uint32_t kNoFront = UINT32_MAX;

struct EliminationLimits {
  std::uint64_t entries = std::uint64_t{1} << 27;  // 1 GB of doubles
  double multiplications = 3e10;                   // of one factorisation: some ten seconds
};

// Approximate minimum degree (Amestoy, Davis, Duff 1996, doi:10.1137/S0895479894278952) on the arrows taken both ways.
// Fails with Kind::memory, and figures, beyond the limits. Any chain, irreducible or not.
[[nodiscard]] tl::expected<Fronts, SolveFailure> plan_fronts(const Chain& chain, const EliminationLimits& limits = {});

}  // namespace nines::markov
