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
};

[[nodiscard]] sim::SimulateOptions simulate_options(const Options& options);

// Each group of cases (by their place in the list) is played with common random numbers; groups one after the other.
// Nothing: the refusal has been said.
[[nodiscard]] std::optional<SimulatedCases> simulate(Session& session, const std::vector<Case>& cases,
                                                     const std::vector<std::vector<std::size_t>>& groups);

// Gives what --verify and an interruption make of the exit code `done`, and says why.
[[nodiscard]] int exit_code_of(Session& session, const SimulatedCases& run);

// `quorum, db.mttr = 2 h`
[[nodiscard]] std::string case_name(const Case& one);

}  // namespace nines::cli
