// The screen of a simulation: estimates beside solved values, targets, where the downtime comes from, how it is spread,
// and what the run was.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/render/document.hpp"
#include "model/description/sweep.hpp"
#include "model/study/comparison.hpp"

namespace nines::cli {

// Measures of one simulated answer; with the solved values and the distances where there are some.
[[nodiscard]] Table estimates_table(const Answer& answer, int digits);
// Whether the engines agree, or why they were not compared.
[[nodiscard]] std::string agreement_sentence(const Answer& answer);
// One line per target: met, missed or undecided.
[[nodiscard]] std::string simulated_target_sentence(const Model& model, const Answer& answer, int digits);
// Nothing was seen: what that does and does not mean. Empty when something was.
[[nodiscard]] std::string nothing_seen_sentence(const Answer& answer);
// What was played, how exact the estimate is and what more would take.
[[nodiscard]] std::string run_sentence(const Answer& answer, double wanted_precision);

// Downtime in a month, in a year and in one outage: mean, quantiles, the worst.
[[nodiscard]] Table spread_table(const Model& model, const Answer& answer, int digits);
// With which probability a period holds more downtime than a promise allows.
[[nodiscard]] Table promises_table(const Model& model, const Answer& answer, int digits);
[[nodiscard]] std::string worst_years_sentence(const Answer& answer);

// All of it, in the order that a planner asks.
void add_simulation(Document& document, const study::Candidate& candidate, const Options& options, int digits);

// One row per point and candidate.
[[nodiscard]] Table simulated_sweep_table(const std::vector<Sweep>& sweeps,
                                          const std::vector<std::vector<SweepValue>>& points,
                                          const std::vector<study::Candidate>& candidates, bool show_names,
                                          const std::vector<AtWord>& at, int digits);

}  // namespace nines::cli
