// Estimates as people read them: no digit that the interval does not hold.
#pragma once

#include <string>

#include "model/answer/answer.hpp"

namespace nines::cli {

// `11.63 ± 0.18`; `11.6 (7.8 .. 17.2)` where the interval is wide; `below 3.1e-06` when nothing was seen; without an
// interval the value alone, with `digits` digits. `scale` turns the value and its interval into the unit shown.
[[nodiscard]] std::string estimate(double value, const Interval* interval, int digits, double scale = 1);
// The same of a share: `0.031 ± 0.004 %`.
[[nodiscard]] std::string estimate_percent(double value, const Interval* interval, int digits);
// Of hours, in the unit that suits them: `4.05 ± 0.08 min`.
[[nodiscard]] std::string estimate_span(double hours, const Interval* interval, int digits);
// `99.997 79 ± 0.000 03 %`, from the unavailability and its interval.
[[nodiscard]] std::string estimate_availability(double unavailability, const Interval* interval, int digits);

// An amount that is only roughly known: two digits, `680,000`, `0.12`.
[[nodiscard]] std::string roughly(double value);
// Years that were played, exactly as long as they were: `34,843`, `12.5`.
[[nodiscard]] std::string years_text(double years);

}  // namespace nines::cli
