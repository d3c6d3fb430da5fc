// Answers over time: how likely it is up at each time of `--at`, and what happens from time 0 until then.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/render/document.hpp"
#include "model/study/comparison.hpp"

namespace nines::cli {

// One row per time and candidate, named where there are several; of either engine. No rows where no time was asked for.
[[nodiscard]] Table over_time_table(const std::vector<AtWord>& at, const std::vector<study::Candidate>& candidates,
                                    int digits);
// The table with its title, if it has rows.
void add_over_time(Document& document, const std::vector<AtWord>& at, const std::vector<study::Candidate>& candidates,
                   int digits);
// The same in columns, for tables with one row per answer: three headings a time, and the cells below them.
[[nodiscard]] std::vector<std::string> over_time_headings(const std::vector<AtWord>& at);
[[nodiscard]] std::vector<std::string> over_time_cells(const std::vector<AtWord>& at, const Answer& answer, int digits);

}  // namespace nines::cli
