// The screen of `compare --simulate`: designs side by side under common random numbers, and what the data decide.
#pragma once

#include <string>
#include <vector>

#include "cli/render/document.hpp"
#include "model/study/comparison.hpp"

namespace nines::cli {

// Estimates in columns; below them how each differs from the first design.
[[nodiscard]] Table simulated_comparison_table(const std::vector<study::Candidate>& candidates, int digits);
// Which design is best, by how much, and whether the simulation is long enough to say so.
[[nodiscard]] std::string simulated_verdict(const std::vector<study::Candidate>& candidates, int digits);
// Which meet their targets, and which the data leave open.
[[nodiscard]] std::string simulated_targets(const std::vector<study::Candidate>& candidates);

}  // namespace nines::cli
