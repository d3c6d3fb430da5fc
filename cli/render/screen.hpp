// The screens of solve and compare: measures of several answers in columns, and where their downtime comes from.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/render/document.hpp"
#include "model/description/sweep.hpp"
#include "model/study/comparison.hpp"

namespace nines::cli {

// `difference`: a last column with the change from the first to the second, where there are just two.
[[nodiscard]] Table measures_table(const std::vector<study::Candidate>& candidates, bool difference, int digits);
[[nodiscard]] Table causes_table(const std::vector<study::Candidate>& candidates, int digits);
// Downtime that would not be if an infrastructure entry were always up; no rows when there is no infrastructure.
[[nodiscard]] Table infrastructure_table(const std::vector<study::Candidate>& candidates, int digits);
// One row per point and candidate.
[[nodiscard]] Table sweep_table(const std::vector<Sweep>& sweeps, const std::vector<std::vector<SweepValue>>& points,
                                const std::vector<study::Candidate>& candidates, bool show_names,
                                const std::vector<AtWord>& at, int digits);
// Met or missed, and by how much.
[[nodiscard]] std::string target_sentence(const Answer& answer, int digits);

}  // namespace nines::cli
