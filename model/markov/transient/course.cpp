#include "model/markov/transient/course.hpp"

#include <algorithm>

#include "model/markov/transient/estimate.hpp"
#include "model/markov/transient/methods.hpp"

namespace nines::markov {
namespace {

// The part of a chain that can be reached.
struct Reached {
  Chain chain;
  std::vector<std::uint32_t> class_of;
  std::vector<double> start;
};

Reached reached(const Chain& chain, std::span<const std::uint32_t> class_of, std::span<const double> start) {
  constexpr StateIndex kUnseen = UINT32_MAX;
  std::vector<StateIndex> number(chain.size(), kUnseen), order;
  const auto reach = [&](StateIndex s) {
    if (number[s] != kUnseen) return;
    number[s] = static_cast<StateIndex>(order.size());
    order.push_back(s);
  };
  for (StateIndex s = 0; s < chain.size(); ++s)
    if (start[s] > 0) reach(s);
  Reached result;
  result.chain.row_begin.push_back(0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const StateIndex s = order[i];
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      reach(chain.target[t]);
      result.chain.target.push_back(number[chain.target[t]]);
      result.chain.rate.push_back(chain.rate[t]);
    }
    result.chain.row_begin.push_back(result.chain.target.size());
    result.class_of.push_back(class_of[s]);
    result.start.push_back(start[s]);
  }
  return result;
}

}  // namespace

tl::expected<Courses, SolveFailure> courses(const Chain& chain, std::span<const std::uint32_t> class_of,
                                            std::uint32_t classes, std::span<const double> start,
                                            std::span<const double> times, const CourseOptions& options) {
  const Reached part = reached(chain, class_of, start);
  const CourseProblem problem{part.chain, part.class_of, classes, part.start};
  const auto found = estimate(problem, times, options);
  if (!found) return tl::unexpected(found.error());
  Courses result;
  result.at.assign(classes, std::vector<double>(times.size()));
  result.mean = result.at;
  for (std::size_t i = 0; i < times.size(); ++i)
    for (std::uint32_t c = 0; c < classes; ++c) {
      const Estimate& estimate = (*found)[i][c];
      result.at[c][i] = estimate.at;
      result.mean[c][i] = estimate.mean;
      if (estimate.at > kLeastCourse) result.error_bound = std::max(result.error_bound, estimate.at_error);
      if (estimate.mean > kLeastCourse) result.error_bound = std::max(result.error_bound, estimate.mean_error);
    }
  return result;
}

tl::expected<Courses, SolveFailure> first_passage_courses(const Chain& chain, std::span<const char> down,
                                                          std::span<const double> start, std::span<const double> times,
                                                          const CourseOptions& options) {
  // The up states as they are, and one more that is never left, for the down states.
  std::vector<StateIndex> number(chain.size());
  StateIndex ups = 0;
  for (StateIndex s = 0; s < chain.size(); ++s)
    if (!down[s]) number[s] = ups++;
  Chain stopped;
  std::vector<double> from(ups + 1, 0.0);
  std::vector<std::uint32_t> class_of(ups, 0);
  class_of.push_back(1);
  stopped.row_begin.push_back(0);
  for (StateIndex s = 0; s < chain.size(); ++s) {
    from[down[s] ? ups : number[s]] += start[s];
    if (down[s]) continue;
    double into_down = 0;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      if (down[chain.target[t]]) {
        into_down += chain.rate[t];
        continue;
      }
      stopped.target.push_back(number[chain.target[t]]);
      stopped.rate.push_back(chain.rate[t]);
    }
    if (into_down > 0) {
      stopped.target.push_back(ups);
      stopped.rate.push_back(into_down);
    }
    stopped.row_begin.push_back(stopped.target.size());
  }
  stopped.row_begin.push_back(stopped.target.size());
  return courses(stopped, class_of, 2, from, times, options);
}

}  // namespace nines::markov
