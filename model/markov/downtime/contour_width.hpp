// How wide the contour of a chain that is down now and then must be.
#pragma once

#include <optional>

#include "model/markov/downtime/likely_states.hpp"

namespace nines::markov {

// The width of a contour that encloses what matters of a chain that is down now and then. Outages that come as they
// like have all poles, for every theta, in a disc that touches 0 and has their number in the period for its radius; a
// parabola half as wide encloses it. Rings of states that are passed through in step have others: wider contours are
// tried until two agree. Nothing when none do.
[[nodiscard]] std::optional<double> contour_width(const UpDownChain& whole, double period_h);

}  // namespace nines::markov
