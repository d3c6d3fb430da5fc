// Votes of independent operands: at least so many of them up. Counted from the side that is nearer to its end, and the
// rest summed up as it is passed, so that `19990 of (20000 names)` costs eleven counts an operand, and no digit.
#pragma once

#include <cstdint>
#include <span>

#include "model/structure/join.hpp"

namespace nines::structure {

// 1 <= need <= operands.size()
[[nodiscard]] Side at_least(std::uint32_t need, std::span<const Side> operands);

// What the others do, for one operand of a vote: fewer than need - 1 of them are up, so that it is down whatever the
// operand does; or exactly so many, so that the operand decides (its Birnbaum importance).
struct OthersOfVote {
  double too_few = 0;
  double one_short = 0;
};
void others_of_vote(std::uint32_t need, std::span<const Side> operands, std::span<OthersOfVote> result);

// An operand seen twice, of which the second time it is up only if it was the first time.
struct Drop {
  double still_up = 0, lost = 0, down = 0;  // up both times; only the first time; neither
};
// P(at least `need` up the first time, and not the second): the operands give way one after the other, and one of them
// decides. A sum of what is not negative, where a difference of two probabilities would lose its digits.
[[nodiscard]] double lost_vote(std::uint32_t need, std::span<const Drop> operands);

// Steps that counting takes, about.
[[nodiscard]] double work_of_vote(std::uint32_t need, std::uint32_t operands);

}  // namespace nines::structure
