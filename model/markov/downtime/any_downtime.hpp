// Whether a period has any downtime, and whether it is nothing else.
#pragma once

#include <tl/expected.hpp>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/downtime/likely_states.hpp"

namespace nines::markov {

// P(D > 0) of a chain within a period, exactly: each node of a contour eliminates the up states.
[[nodiscard]] tl::expected<double, SolveFailure> any_downtime(const UpDownChain& whole, double period_h,
                                                              double work_limit);

// P(D = period) of a chain: it begins down and does not come up.
[[nodiscard]] tl::expected<double, SolveFailure> all_downtime(const UpDownChain& whole, double period_h,
                                                              double work_limit);

}  // namespace nines::markov
