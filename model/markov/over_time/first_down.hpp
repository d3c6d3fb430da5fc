// Chains of several parts together, to be stopped where what they decide is down first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/markov/parts/dissection.hpp"

namespace nines::markov {

struct FirstDown {
  Chain chain;
  std::vector<char> down;  // by state
};

// `expression` over the numbers of modules, `which` all of their parts, of which product_size() must have given a
// value.
[[nodiscard]] FirstDown first_down(const Dissection& dissection, const UpByValues& up, const Expression& expression,
                                   std::span<const std::uint32_t> which);

// Whether the chain may go on for ever without a state of `down` (nonzero).
[[nodiscard]] bool may_never_enter(const Chain& chain, std::span<const char> down);

}  // namespace nines::markov
