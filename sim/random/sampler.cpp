#include "sim/random/sampler.hpp"
