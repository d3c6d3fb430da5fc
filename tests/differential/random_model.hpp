// Small random models that mix every rule of the model reference that the analytic engine knows.
#pragma once

#include <cstdint>

#include "model/description/model.hpp"

namespace nines::test {

// A function of the seed alone. Times are chosen so that rare states stay within reach of long double elimination.
Model random_model(std::uint64_t seed);

}  // namespace nines::test
