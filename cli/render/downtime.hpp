// How likely a period holds more downtime than so much, as a table.
#pragma once

#include <string>
#include <vector>

#include "cli/render/document.hpp"
#include "model/study/comparison.hpp"

namespace nines::cli {

// Of one candidate a table with a column for each period; of several one for each period. None where no answer says.
void add_downtime(Document& document, const std::vector<study::Candidate>& candidates, int digits);
// `Target of at most 22 min of downtime a month met: 3.1 % of them hold more, 5 % may.`; empty: there is none.
[[nodiscard]] std::string downtime_target_sentence(const Answer& answer, int digits);

}  // namespace nines::cli
