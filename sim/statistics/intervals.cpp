#include "sim/statistics/tally.hpp"
