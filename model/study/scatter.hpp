// How much an estimate of downtime must scatter at least, as the solved answer tells: what a simulation saw need not
// tell it, where rare long outages hide behind many short ones.
#pragma once

#include <optional>
#include <string>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"

namespace nines::study {

// Relative standard error of the unavailability, of the system or of a component, over so many years: outages of one
// cause are a Poisson stream of nearly exponential lengths, whose sum over a time T has the variance 2 u L T, u the
// share of time and L the mean length; of all causes the sum. L is taken as the longest that a unit's restoration of
// any kind takes where it is no timer's. 0 where nothing is told.
[[nodiscard]] double expected_scatter(const Model& model, const Answer& solved,
                                      const std::optional<std::string>& component, double years);

}  // namespace nines::study
