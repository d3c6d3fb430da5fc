#include "model/markov/transient/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <numeric>
#include <optional>
#include <utility>

#include "model/markov/transient/contour.hpp"
#include "model/markov/transient/feeding.hpp"
#include "model/markov/transient/iterating.hpp"
#include "model/markov/transient/one_pole.hpp"
#include "model/markov/transient/resolvent.hpp"
#include "model/markov/transient/uniformisation.hpp"

namespace nines::markov {
namespace {

constexpr double kTogether = 1e6;     // steps of the times of one uniformisation, for each of which it keeps numbers
constexpr double kCheap = 2e6;        // multiplications of uniformisation that nothing else is tried against
constexpr double kLongestRing = 256;  // stages of equal length in a row that a contour must be wide enough for
constexpr double kNothingLeft = 700;  // e^-700 is below kLeastCourse

// Methods from the cheapest to the surest, until each class at each time has the wanted error.
class Driver {
 public:
  Driver(const CourseProblem& problem, std::span<const double> times, const CourseOptions& options)
      : problem_(problem), times_(times), options_(options), found_(times.size(), Estimates(problem.classes)) {
    std::vector<char> present(problem.classes, 0);
    for (const std::uint32_t c : problem.class_of) present[c] = 1;
    for (auto& at_time : found_)
      for (std::uint32_t c = 0; c < problem.classes; ++c)
        if (!present[c]) at_time[c].at_error = at_time[c].mean_error = 0;
  }

  std::optional<SolveFailure> run() {
    Open open(times_.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    std::sort(open.begin(), open.end(), [&](auto a, auto b) { return times_[a] < times_[b]; });
    uniformise(open, std::min(kCheap, options_.work_limit / 1000));
    if (open.empty()) return std::nullopt;
    auto plan =
        plan_fronts(problem_.chain, limits(options_.most_eliminated * Iterating::work(problem_.chain, kPoleTerms)));
    if (!plan) {
      iterate(open);
      if (open.empty()) return std::nullopt;
      plan = plan_fronts(problem_.chain, limits(options_.work_limit / 4));
    }
    if (!plan) {
      uniformise(open, options_.work_limit);
      if (open.empty()) return std::nullopt;
      return plan.error();
    }
    fronts_ = std::make_shared<const Fronts>(std::move(*plan));
    one_pole(open);
    if (!open.empty()) falling(open);
    if (!open.empty()) uniformise(open, 100 * kCheap);
    if (!open.empty()) steps(open);
    if (!open.empty()) contours(open);
    if (!open.empty()) uniformise(open, options_.work_limit);
    if (open.empty()) return std::nullopt;
    return missed(open.front());
  }

  [[nodiscard]] const std::vector<Estimates>& found() const { return found_; }

 private:
  using Open = std::vector<std::size_t>;  // times that are not yet known well enough, ascending

  [[nodiscard]] EliminationLimits limits(double multiplications) const {
    EliminationLimits limits;
    limits.entries = options_.memory_limit / 48;
    limits.multiplications = std::min(multiplications, options_.work_limit / 4);
    return limits;
  }

  void uniformise(Open& open, double most_work) {
    std::vector<double> together;
    double before = 0, now = 0, steps = 0;  // of the times up to those together, of these
    std::size_t next = 0;
    const auto find = [&] {
      const auto estimates = uniformisation(problem_, together);
      for (std::size_t i = 0; i < together.size(); ++i) take(open[next++], estimates[i]);
      together.clear();
      before += std::exchange(now, 0.0);
      steps = 0;
    };
    for (const std::size_t i : open) {
      const auto cost = uniformisation_cost(problem_, times_[i]);
      if (!together.empty() && steps + cost.steps > kTogether) find();
      now = std::max(now, cost.multiplications) + cost.of_sums;
      steps += cost.steps;
      if (before + now > most_work || cost.error > options_.wanted_error) break;
      together.push_back(times_[i]);
    }
    if (!together.empty()) find();
    close(open);
  }

  void one_pole(Open& open) {
    Eliminating solver(problem_, fronts_);
    const double work = fronts_->multiplications + 2.0 * kPoleTerms * static_cast<double>(fronts_->entries);
    for_each_window(open, kPoleWindow, work,
                    [&](std::span<const double> times) { return by_one_pole(problem_, solver, times); });
    close(open);
  }

  // The same where elimination is not worth its while. Rare classes at the early times of a window have less digits.
  void iterate(Open& open) {
    const double work = Iterating::work(problem_.chain, kPoleTerms);
    uniformise(open, work / 2);
    for (const double window : {kPoleWindow, 1.0}) {
      for_each_window(open, window, work, [&](std::span<const double> times) {
        Iterating solver(problem_, times.back(), options_.memory_limit);
        return by_one_pole(problem_, solver, times);
      });
      close(open);
    }
  }

  // `find` gives the estimates of some times, the latest at most `window` times the earliest; the latest of all first.
  template <class Find>
  void for_each_window(const Open& open, double window, double work, const Find& find) {
    for (std::size_t end = open.size(); end > 0;) {
      std::size_t begin = end - 1;
      while (begin > 0 && times_[open[begin - 1]] * window >= times_[open[end - 1]]) --begin;
      std::vector<double> times;
      for (std::size_t i = begin; i < end; ++i) times.push_back(times_[open[i]]);
      spent_ += work;
      if (spent_ > options_.work_limit) break;
      const auto estimates = find(times);
      for (std::size_t i = begin; i < end; ++i) take(open[i], estimates[i - begin]);
      end = begin;
    }
  }

  // Classes that are left for good may be left but for e^{-50}, and still are to have all their digits.
  void falling(Open& open) {
    for (std::uint32_t c = 0; c < problem_.classes; ++c) {
      const auto bad = [&](std::size_t i) { return !good(found_[i][c].at, found_[i][c].at_error); };
      if (std::none_of(open.begin(), open.end(), bad)) continue;
      const Feeding part = feeding(problem_, c);
      if (!part.killed) continue;
      const CourseProblem killed{part.chain, part.class_of, 2, part.start, part.kill};
      auto plan = plan_fronts(part.chain, limits(options_.work_limit / 4));
      if (!plan) continue;
      Eliminating solver(killed, std::make_shared<const Fronts>(std::move(*plan)));
      for (const std::size_t i : open) {
        if (!bad(i)) continue;
        const double decay = decay_rate(killed, solver, times_[i]);
        Estimate& found = found_[i][c];
        if (decay * times_[i] > kNothingLeft) {
          found.at = 0;
          found.at_error = 0;
        } else if (decay > 0) {
          const Estimate now = by_one_pole(killed, solver, std::vector<double>{times_[i]}, decay)[0][0];
          if (now.at_error < found.at_error) {
            found.at = now.at;
            found.at_error = now.at_error;
          }
        }
      }
    }
    close(open);
  }

  [[nodiscard]] bool ringing(std::size_t i) const {
    return std::any_of(found_[i].begin(), found_[i].end(), [](const Estimate& e) { return e.ringing; });
  }

  // `now`, with errors by its distance from what another choice gave.
  [[nodiscard]] static Estimates compared(Estimates now, const Estimates& before) {
    const auto apart = [](double a, double b) { return a > 0 && b > 0 ? std::abs(a / b - 1) : kUnknown; };
    for (std::size_t c = 0; c < now.size(); ++c) {
      now[c].at_error += 2 * apart(now[c].at, before[c].at);
      now[c].mean_error += 2 * apart(now[c].mean, before[c].mean);
    }
    return now;
  }

  // More and more steps, until two numbers of them agree.
  void steps(Open& open) {
    Eliminating solver(problem_, fronts_);
    const double work = 2.0 * kPoleTerms * static_cast<double>(fronts_->entries);
    for (const std::size_t i : open)
      if (!ringing(i)) more_steps(i, work, [&](int count) { return by_steps(problem_, solver, times_[i], count); });
    close(open);
  }

  // `find` gives the estimates by so many steps, `work` each.
  template <class Find>
  void more_steps(std::size_t i, double work, const Find& find) {
    Estimates before(problem_.classes);
    for (int count = 12; count < 100 && !good(i); count += count / 2) {
      spent_ += count * work;
      if (spent_ > options_.work_limit) break;
      const Estimates now = find(count);
      take(i, compared(now, before));
      before = now;
    }
  }

  // Crossings farther and farther to the right, until each class agrees with the crossing before.
  void contours(Open& open) {
    const double ring = std::min(static_cast<double>(problem_.chain.size()), kLongestRing);
    const double height = ring > 2 ? 25 / std::tan(std::numbers::pi / ring) : 0;
    Resolvent resolvent(fronts_);
    for (const std::size_t i : open) {
      const Estimates real = found_[i];  // by one pole, as far as that goes
      Estimates before(problem_.classes);
      for (double crossing = 5, stretch = 1; crossing < 80 && !good(i); crossing *= 1.3, stretch *= 1.1) {
        const Parabola path = parabola(crossing, ringing(i) ? height * stretch : 0);
        spent_ += 3 * static_cast<double>(path.nodes) * fronts_->multiplications;
        if (spent_ > options_.work_limit) break;
        const auto now = by_contour(problem_, resolvent, times_[i], path);
        Estimates agreed = compared(now, before);
        // Two contours may both miss what lies far from the real axis; another method would not.
        for (std::uint32_t c = 0; c < problem_.classes; ++c) {
          const auto differs = [](double a, double b, double error) {
            return error < 0.01 && std::abs(a / b - 1) > 4 * error;
          };
          if (differs(now[c].at, real[c].at, real[c].at_error)) agreed[c].at_error = kUnknown;
          if (differs(now[c].mean, real[c].mean, real[c].mean_error)) agreed[c].mean_error = kUnknown;
        }
        take(i, agreed);
        before = now;
      }
    }
    close(open);
  }

  void take(std::size_t i, const Estimates& estimates) {
    for (std::uint32_t c = 0; c < problem_.classes; ++c) {
      const Estimate& from = estimates[c];
      Estimate& to = found_[i][c];
      to.ringing = to.ringing || from.ringing;
      if (from.at_error < to.at_error) {
        to.at = from.at;
        to.at_error = from.at_error;
      }
      if (from.mean_error < to.mean_error) {
        to.mean = from.mean;
        to.mean_error = from.mean_error;
      }
    }
  }
  [[nodiscard]] bool good(double value, double error) const {
    return error <= options_.wanted_error || (error < kUnknown && value < kLeastCourse);
  }
  [[nodiscard]] bool good(std::size_t i) const {
    return std::all_of(found_[i].begin(), found_[i].end(), [&](const Estimate& estimate) {
      return good(estimate.at, estimate.at_error) && good(estimate.mean, estimate.mean_error);
    });
  }
  void close(Open& open) const {
    std::erase_if(open, [&](std::size_t i) { return good(i); });
  }

  [[nodiscard]] SolveFailure missed(std::size_t i) const {
    double value = 0, error = 0;
    for (const Estimate& estimate : found_[i]) {
      if (!good(estimate.at, estimate.at_error) && estimate.at_error > error) {
        error = estimate.at_error;
        value = estimate.at;
      }
      if (!good(estimate.mean, estimate.mean_error) && estimate.mean_error > error) {
        error = estimate.mean_error;
        value = estimate.mean;
      }
    }
    return {SolveFailure::Kind::no_convergence,
            fmt::format("the chain of {} states at {:.3g} h: {:.3g} with a relative error of up to {:.1e}, wanted "
                        "{:.1e}",
                        problem_.chain.size(), times_[i], value, error, options_.wanted_error)};
  }

  const CourseProblem& problem_;
  std::span<const double> times_;
  const CourseOptions& options_;
  std::vector<Estimates> found_;  // by time
  std::shared_ptr<const Fronts> fronts_;
  double spent_ = 0;
};

}  // namespace

tl::expected<std::vector<Estimates>, SolveFailure> estimate(const CourseProblem& problem, std::span<const double> times,
                                                            const CourseOptions& options) {
  Driver driver(problem, times, options);
  if (const auto failure = driver.run()) return tl::unexpected(*failure);
  return driver.found();
}

}  // namespace nines::markov
