// The workstation cluster of Haverkort, Hermanns and Katoen (SRDS 2000) as a chain in files, of a size to choose.
#pragma once

#include <cstdint>
#include <string>

namespace nines::bench {

// Two pools of n workstations, each behind a switch; a backbone joins the switches. One repair unit: an inspection,
// rate 10 /h for each kind of which something has failed, decides what is repaired next. Label `minimum`: 3/4 of n
// workstations connected; `premium`: n. With `environment`, a rate per hour above 0, the whole works in one of two
// surroundings that change at that rate, workstations failing twice as often in the second: nearly decomposable.
// Writes `base`.tra and `base`.lab; false when that fails.
[[nodiscard]] bool write_cluster(std::uint32_t n, double environment, const std::string& base);

}  // namespace nines::bench
