#include "sim/random/stream.hpp"
