#pragma once

#include <utility>

namespace nines {

// Ends of a 95 % confidence interval.
using Interval = std::pair<double, double>;

}  // namespace nines
