// Cases played by the Monte Carlo engine, the solved value beside each, with a progress line and an ear for Ctrl-C.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "sim/simulate.hpp"

namespace nines::cli {

// Those cases that have an answer, in their order. Of an interrupted run some may have none.
struct SimulatedCases {
  std::vector<Case> cases;
  std::vector<Answer> answers;
  bool interrupted = false;
  std::string effort;  // events, seconds, threads
};

[[nodiscard]] sim::SimulateOptions simulate_options(const Options& options);

// Each group of cases (by their place in the list) is played with common random numbers; groups one after the other.
// Nothing: the refusal has been said.
[[nodiscard]] std::optional<SimulatedCases> simulate(Session& session, const std::vector<Case>& cases,
                                                     const std::vector<std::vector<std::size_t>>& groups);

// Delivers the result, says what it took and what --verify finds, and gives the exit code.
[[nodiscard]] int finish(Session& session, const SimulatedCases& run, const std::string& result);

// `quorum, db.mttr = 2 h`
[[nodiscard]] std::string case_name(const Case& one);

}  // namespace nines::cli
