// Problems as people read them: what is wrong, where, the line, a caret, and what to write.
#pragma once

#include <string>

#include "model/markov/solve.hpp"
#include "model/text/problem.hpp"

namespace nines::cli {

[[nodiscard]] std::string render(const text::Sources& sources, const text::Problem& problem, bool color);
[[nodiscard]] std::string render(const markov::Refusal& refusal, const std::string& about, bool color);

}  // namespace nines::cli
