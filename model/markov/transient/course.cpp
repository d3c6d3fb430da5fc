#include "model/markov/transient/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include "model/markov/transient/contour.hpp"
#include "model/markov/transient/one_pole.hpp"
#include "model/markov/transient/resolvent.hpp"
#include "model/markov/transient/uniformisation.hpp"

namespace nines::markov {
namespace {

constexpr double kCheap = 2e7;       // multiplications of uniformisation that nothing else is tried against
constexpr double kLongestRing = 64;  // stages of equal length in a row that a contour must be wide enough for

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

// Methods from the cheapest to the surest, until each class at each time has the wanted error.
class Driver {
 public:
  Driver(const CourseProblem& problem, std::span<const double> times, const CourseOptions& options)
      : problem_(problem), times_(times), options_(options), found_(times.size(), Estimates(problem.classes)) {
    present_.assign(problem.classes, 0);
    for (const std::uint32_t c : problem.class_of) present_[c] = 1;
    for (auto& at_time : found_)
      for (std::uint32_t c = 0; c < problem.classes; ++c)
        if (!present_[c]) at_time[c].error = 0;
  }

  std::optional<SolveFailure> run() {
    std::vector<std::size_t> open(times_.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    std::sort(open.begin(), open.end(), [&](auto a, auto b) { return times_[a] < times_[b]; });
    const auto by_steps = [&](double most) {
      const auto last = std::find_if(open.begin(), open.end(), [&](std::size_t i) {
        return uniformisation_work(problem_.chain, times_[i]) > most;
      });
      uniformise(open.begin(), last);
      open.erase(open.begin(), last);
    };
    by_steps(kCheap);
    if (open.empty()) return std::nullopt;
    EliminationLimits limits;
    limits.entries = options_.memory_limit / 48;
    limits.multiplications = options_.work_limit / 16;
    auto plan = plan_fronts(problem_.chain, limits);
    if (!plan) {
      by_steps(options_.work_limit);
      if (open.empty()) return std::nullopt;
      return plan.error();
    }
    fronts_ = std::make_shared<const Fronts>(std::move(*plan));
    one_pole(open);
    if (!open.empty()) contours(open);
    if (!open.empty()) by_steps(options_.work_limit);
    if (open.empty()) return std::nullopt;
    return missed(open.front());
  }

  [[nodiscard]] const std::vector<Estimates>& found() const { return found_; }
  [[nodiscard]] double error() const {
    double error = 0;
    for (const auto& at_time : found_)
      for (const Estimate& estimate : at_time)
        if (estimate.at > kLeastCourse) error = std::max(error, estimate.error);
    return error;
  }

 private:
  using Open = std::vector<std::size_t>;

  void uniformise(Open::iterator first, Open::iterator last) {
    std::vector<double> times;
    for (auto i = first; i != last; ++i) times.push_back(times_[*i]);
    if (times.empty()) return;
    const auto estimates = uniformisation(problem_, times);
    for (std::size_t i = 0; i < times.size(); ++i) take(first[static_cast<std::ptrdiff_t>(i)], estimates[i]);
  }

  void one_pole(Open& open) {
    RealResolvent resolvent(fronts_);
    for (std::size_t end = open.size(); end > 0;) {
      std::size_t begin = end - 1;
      while (begin > 0 && times_[open[begin - 1]] * kPoleWindow >= times_[open[end - 1]]) --begin;
      std::vector<double> times;
      for (std::size_t i = begin; i < end; ++i) times.push_back(times_[open[i]]);
      const auto estimates = by_one_pole(problem_, resolvent, times);
      for (std::size_t i = begin; i < end; ++i) take(open[i], estimates[i - begin]);
      end = begin;
    }
    close(open);
  }

  // Crossings farther and farther to the right, until each class agrees with the crossing before.
  void contours(Open& open) {
    const double ring = std::min(static_cast<double>(problem_.chain.size()), kLongestRing);
    const double height = ring > 2 ? 25 / std::tan(std::numbers::pi / ring) : 0;
    Resolvent resolvent(fronts_);
    for (const std::size_t i : open) {
      Estimates before(problem_.classes);
      for (double crossing = 6; crossing < 80 && !good(i); crossing *= 1.5) {
        const Parabola path = parabola(crossing, height * (crossing > 6 ? 1.2 : 1));
        spent_ += 4 * static_cast<double>(path.nodes) * fronts_->multiplications;
        if (spent_ > options_.work_limit) break;
        auto now = by_contour(problem_, resolvent, times_[i], path);
        Estimates agreed = now;
        for (std::uint32_t c = 0; c < problem_.classes; ++c)
          agreed[c].error +=
              2 * std::max(std::abs(now[c].at / before[c].at - 1), std::abs(now[c].mean / before[c].mean - 1));
        for (Estimate& estimate : agreed)
          if (!(estimate.error >= 0)) estimate.error = std::numeric_limits<double>::infinity();
        take(i, agreed);
        before = std::move(now);
      }
    }
    close(open);
  }

  void take(std::size_t i, const Estimates& estimates) {
    for (std::uint32_t c = 0; c < problem_.classes; ++c)
      if (estimates[c].error < found_[i][c].error) found_[i][c] = estimates[c];
  }
  [[nodiscard]] bool good(std::size_t i) const {
    return std::all_of(found_[i].begin(), found_[i].end(), [&](const Estimate& estimate) {
      return estimate.error <= options_.wanted_error ||
             (estimate.error < std::numeric_limits<double>::infinity() && estimate.at < kLeastCourse);
    });
  }
  void close(Open& open) const {
    std::erase_if(open, [&](std::size_t i) { return good(i); });
  }

  [[nodiscard]] SolveFailure missed(std::size_t i) const {
    std::uint32_t worst = 0;
    for (std::uint32_t c = 0; c < problem_.classes; ++c)
      if (found_[i][c].error > found_[i][worst].error) worst = c;
    return {SolveFailure::Kind::no_convergence,
            fmt::format("the chain of {} states at {:.3g} h: {:.3g} with a relative error of up to {:.1e}, wanted "
                        "{:.1e}",
                        problem_.chain.size(), times_[i], found_[i][worst].at, found_[i][worst].error,
                        options_.wanted_error)};
  }

  const CourseProblem& problem_;
  std::span<const double> times_;
  const CourseOptions& options_;
  std::vector<Estimates> found_;  // by time
  std::vector<char> present_;
  std::shared_ptr<const Fronts> fronts_;
  double spent_ = 0;
};

}  // namespace

tl::expected<Courses, SolveFailure> courses(const Chain& chain, std::span<const std::uint32_t> class_of,
                                            std::uint32_t classes, std::span<const double> start,
                                            std::span<const double> times, const CourseOptions& options) {
  const Reached part = reached(chain, class_of, start);
  const CourseProblem problem{part.chain, part.class_of, classes, part.start};
  Driver driver(problem, times, options);
  if (const auto failure = driver.run()) return tl::unexpected(*failure);
  Courses result;
  result.at.assign(classes, std::vector<double>(times.size()));
  result.mean = result.at;
  for (std::size_t i = 0; i < times.size(); ++i)
    for (std::uint32_t c = 0; c < classes; ++c) {
      result.at[c][i] = driver.found()[i][c].at;
      result.mean[c][i] = driver.found()[i][c].mean;
    }
  result.error_bound = driver.error();
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
