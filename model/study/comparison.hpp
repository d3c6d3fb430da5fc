// Designs side by side: which is better, why, and whether the comparison is fair. Takes answers from any engine.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"

namespace nines::study {

struct Candidate {
  std::string name;
  const Model* model = nullptr;
  const Answer* answer = nullptr;
};

// Downtime by component and cause, one value per candidate; 0 where a candidate has none of it.
struct CauseRow {
  std::optional<std::string> component;  // none: several at once
  std::optional<Cause> cause;
  std::vector<double> minutes_per_year;
  [[nodiscard]] double spread() const;
};

// Largest first, `several at once` last.
[[nodiscard]] std::vector<CauseRow> cause_rows(std::span<const Candidate> candidates);

// Whether the engine had no answer to some target of the model.
[[nodiscard]] bool leaves_target_open(const Model& model, const Answer& answer);
// Whether every target of a solved model is met; nothing when there is none, or when one is left open.
[[nodiscard]] std::optional<bool> meets_target(const Model& model, const Answer& answer);

// Candidates by unavailability, least first. Those whose error bounds overlap stay in their order.
struct Ranking {
  std::vector<std::size_t> order;
  bool tied = false;                        // the two first can't be told apart
  std::optional<std::size_t> cheapest_met;  // the cheapest that meets its target, where there are costs and targets
};
[[nodiscard]] Ranking rank(std::span<const Candidate> candidates);

// What differs between the models beside their redundancy, one sentence each: infrastructure, targets, and the numbers
// of a component of the same name and redundancy.
[[nodiscard]] std::vector<std::string> unlike_assumptions(std::span<const Candidate> candidates);

}  // namespace nines::study
