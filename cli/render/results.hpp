// Results for programs: JSON and CSV, as the documentation of the command line fixes them.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "model/answer/answer.hpp"

namespace nines::cli {

[[nodiscard]] std::string results_json(const std::vector<Case>& cases, const std::vector<Answer>& answers);
// One row per design and sweep point.
[[nodiscard]] std::string results_csv(const std::vector<Sweep>& sweeps, const std::vector<Case>& cases,
                                      const std::vector<Answer>& answers);
// One number a row.
[[nodiscard]] std::string results_long_csv(const std::vector<Sweep>& sweeps, const std::vector<Case>& cases,
                                           const std::vector<Answer>& answers);

}  // namespace nines::cli
