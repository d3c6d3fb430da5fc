// Models from text, and what the simulator says of them.
#pragma once

#include <string>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"
#include "sim/simulate.hpp"

namespace nines::test {

[[nodiscard]] Model model_from(const std::string& yaml);
[[nodiscard]] Answer simulated(const Model& model, double years, unsigned jobs = 1, std::uint64_t seed = 1);
// Half of the 95 % interval of a measure, over 1.96: its standard error where much was seen.
[[nodiscard]] double error_of(const Answer& answer, const std::string& measure);

}  // namespace nines::test
