// Which method a course is found by.
#pragma once

#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/transient/course.hpp"
#include "model/markov/transient/estimate.hpp"

namespace nines::markov {

// By time. Methods from the cheapest to the surest, until each class at each time has the wanted error, as courses()
// asks for; fails as it does.
[[nodiscard]] tl::expected<std::vector<Estimates>, SolveFailure> estimate(const CourseProblem& problem,
                                                                          std::span<const double> times,
                                                                          const CourseOptions& options);

}  // namespace nines::markov
