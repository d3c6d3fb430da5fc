#include <algorithm>

#include <fmt/format.h>

#include "model/markov/over_time/reliability.hpp"
#include "model/markov/over_time/system_course.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/solution/solution.hpp"

namespace nines::markov {
namespace {

// Of a joint chain that is stopped at the first outage, and the least digits that are worth giving.
constexpr std::uint64_t kJointStates = 200'000;
constexpr double kWorstError = 1e-6;

void leave_out(Solution& s, const char* measures, const std::string& why) {
  s.answer.method.notes.push_back(fmt::format("{} left out: {}; `nines simulate --at` estimates any", measures, why));
}

std::string too_few_digits(double error) {
  return fmt::format("the relative error may be {:.0e}", error);
}

void fill_points(Solution& s, SystemCourse& system, const PartCourses& parts) {
  const auto& times = s.options.at_h;
  constexpr const char* kMeasures = "point and interval measures at the times of `--at` are";
  if (!parts.missing().empty()) return leave_out(s, kMeasures, parts.missing());
  const auto points = system.at(times);
  if (!points) return leave_out(s, kMeasures, points.error());
  if (parts.error_bound() > kWorstError) return leave_out(s, kMeasures, too_few_digits(parts.error_bound()));
  for (std::size_t k = 0; k < times.size(); ++k) {
    AtTime& at = s.answer.at[k];
    at.point_availability = (*points)[k].up;
    at.point_unavailability = (*points)[k].down;
    at.error_bound = std::max(at.error_bound.value_or(0), parts.error_bound());
  }
  constexpr const char* kMeans = "interval measures at the times of `--at` are";
  const auto means = system.means(times);
  if (!means) return leave_out(s, kMeans, means.error());
  if (means->error_bound > kWorstError) return leave_out(s, kMeans, too_few_digits(means->error_bound));
  for (std::size_t k = 0; k < times.size(); ++k) {
    AtTime& at = s.answer.at[k];
    at.interval_availability = means->until[k].up;
    at.interval_unavailability = means->until[k].down;
    at.error_bound = std::max(at.error_bound.value_or(0), means->error_bound);
  }
}

void fill_reliability(Solution& s, Reliability& reliability) {
  const auto& times = s.options.at_h;
  constexpr const char* kMeasure = "reliability at the times of `--at` is";
  if (!reliability.missing().empty()) return leave_out(s, kMeasure, reliability.missing());
  const auto found = reliability.at(times);
  if (!found) return leave_out(s, kMeasure, found.error());
  const double error = reliability.error_bound();
  if (error > kWorstError) return leave_out(s, kMeasure, too_few_digits(error));
  for (std::size_t k = 0; k < times.size(); ++k) {
    AtTime& at = s.answer.at[k];
    at.reliability = (*found)[k].up;
    at.unreliability = (*found)[k].down;
    at.error_bound = std::max(at.error_bound.value_or(0), error);
  }
}

}  // namespace

void fill_over_time(Solution& s) {
  for (const double time : s.options.at_h) s.answer.at.emplace_back().time_h = time;
  if (s.answer.at.empty()) return;
  if (s.answer.method.approximation_error)
    return leave_out(s, "measures at the times of `--at` are",
                     "they take the joint chain of groups that are solved one by one");
  UpByValues& up = s.is_up();
  if (up.exhausted()) return leave_out(s, "measures at the times of `--at` are", structure_too_large().message);
  CourseOptions options;
  options.memory_limit = s.options.memory_limit;
  PartCourses parts(s.model, s.dissection, up, options);
  SystemCourse system(s.dissection, up, parts);
  fill_points(s, system, parts);
  Reliability reliability(s.model, s.dissection, up, parts, system, std::min(kJointStates, s.options.max_states),
                          options);
  fill_reliability(s, reliability);
}

}  // namespace nines::markov
