// Votes of independent operands: at least so many of them up. Counted from the side that is nearer to its end, and the
// rest summed up as it is passed, so that `19990 of (20000 names)` costs eleven counts an operand, and no digit.
#pragma once

#include <cstdint>
#include <span>

#include "model/structure/join.hpp"

namespace nines::structure {

// 1 <= need <= operands.size()
[[nodiscard]] Side at_least(std::uint32_t need, std::span<const Side> operands);

// Birnbaum importance of each operand: exactly need - 1 of the others are up.
void exactly_one_short(std::uint32_t need, std::span<const Side> operands, std::span<double> result);

// Steps that counting takes, about.
[[nodiscard]] double work_of_vote(std::uint32_t need, std::uint32_t operands);

}  // namespace nines::structure
