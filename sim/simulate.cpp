#include "sim/simulate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>

#include <fmt/format.h>

#include "sim/crowd.hpp"
#include "sim/estimate.hpp"
#include "sim/history/script.hpp"
#include "sim/over_time.hpp"

namespace nines::sim {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kHoursPerMonth = 730, kHoursPerYear = 8760;
// Histories before the first look at the precision, and how much more there are at each further one: looking often
// would stop on lucky runs.
constexpr std::uint64_t kFirstLook = 100;
constexpr double kNextLook = 1.25;

Watch watch_for(const Model& model, const Plan& plan) {
  Watch watch;
  watch.from_h = plan.warm_up_h;
  watch.to_h = plan.warm_up_h + plan.counted_h;
  watch.spread_h = plan.spread_h;
  const auto add = [&](double length_h) {
    // A period is whole although its length was rounded.
    const double count = std::floor(plan.counted_h / length_h * (1 + 1e-12));
    watch.periods.push_back({length_h, static_cast<std::uint64_t>(count)});
  };
  add(kHoursPerMonth);
  add(kHoursPerYear);
  const auto& target = model.target_downtime;
  if (target && target->per_h != kHoursPerMonth && target->per_h != kHoursPerYear) add(target->per_h);
  return watch;
}

// One model of a run.
struct Played {
  Played(const Model& model, const Plan& plan)
      : script(model), watch(watch_for(model, plan)), estimate(script, watch) {}

  Script script;
  Watch watch;
  Estimate estimate;
  Moments down_difference, unserved_difference;  // from the first model, history by history
};

class Run {
 public:
  Run(std::span<const Model* const> models, const SimulateOptions& options, const SimulateHooks& hooks)
      : options_(options), hooks_(hooks), plan_(plan(models, options)) {
    for (const Model* model : models) played_.push_back(std::make_unique<Played>(*model, plan_));
  }

  tl::expected<std::vector<Answer>, SimulateRefusal> go() {
    std::vector<CrowdMember> members;
    for (const auto& one : played_) members.push_back({&one->script, &one->watch});
    Crowd crowd(std::move(members), options_.seed, options_.jobs, hooks_.stop);
    const std::uint64_t count = plan_.histories > 0 ? plan_.histories : std::numeric_limits<std::uint64_t>::max();
    crowd.play(count, [&](const std::vector<Record>& records) {
      take(records);
      tell();
      return !over_;
    });
    if (next_ == 0)
      return tl::unexpected(SimulateRefusal{"no-history", "stopped before the first history was over", {}, {}});
    std::vector<Answer> list = answers();
    if (!options_.at_h.empty()) add_over_time(list);
    return list;
  }

 private:
  [[nodiscard]] bool stopped() const { return hooks_.stop && hooks_.stop->load(std::memory_order_relaxed); }

  void take(const std::vector<Record>& records) {
    for (std::size_t i = 0; i < played_.size(); ++i) {
      played_[i]->estimate.add(records[i]);
      played_[i]->down_difference.add((records[i].down_h - records[0].down_h) / plan_.counted_h);
      played_[i]->unserved_difference.add((records[i].unserved_h - records[0].unserved_h) / plan_.counted_h);
    }
    ++next_;
    if (plan_.histories > 0) {
      over_ = next_ == plan_.histories;
    } else if (next_ >= look_at_) {
      over_ = worst_half_width() <= options_.precision;
      look_at_ = static_cast<std::uint64_t>(std::ceil(static_cast<double>(look_at_) * kNextLook));
    }
    const bool bounded = plan_.histories == 0 || options_.max_events_written;
    if (bounded && !over_ && most_events() >= options_.max_events) over_ = out_of_budget_ = true;
  }

  [[nodiscard]] double worst_half_width() const {
    double worst = 0;
    for (const auto& one : played_) worst = std::max(worst, one->estimate.half_width());
    return worst;
  }
  [[nodiscard]] std::uint64_t most_events() const {
    std::uint64_t most = 0;
    for (const auto& one : played_) most = std::max(most, one->estimate.events());
    return most;
  }

  void tell() {
    if (!hooks_.progress) return;
    const auto now = Clock::now();
    if (now - told_ < std::chrono::milliseconds(100)) return;
    told_ = now;
    Progress progress;
    progress.years = played_.front()->estimate.years();
    progress.half_width = worst_half_width();
    const double spent = static_cast<double>(most_events()) / static_cast<double>(options_.max_events);
    if (plan_.histories > 0) {
      progress.done = static_cast<double>(next_) / static_cast<double>(plan_.histories);
    } else {
      // The half-width falls with the root of what is played.
      const double precise = std::isfinite(progress.half_width) ? options_.precision / progress.half_width : 0;
      progress.done = std::min(1.0, std::max(precise * precise, spent));
    }
    hooks_.progress(progress);
  }

  [[nodiscard]] std::vector<Answer> answers() const {
    std::vector<Answer> answers;
    for (const auto& one : played_) {
      Answer answer = one->estimate.answer();
      for (std::string& note : beyond_warm_up(one->script.model())) answer.method.notes.push_back(std::move(note));
      Simulated& s = *answer.simulated;
      s.seed = options_.seed;
      s.interrupted = stopped() && !over_;
      s.out_of_budget = out_of_budget_;
      s.years_needed = years_needed(s);
      if (&one != &played_.front()) {
        s.difference = Difference{played_.front()->script.model().design, one->down_difference.mean(),
                                  interval_of(one->down_difference)};
        if (answer.unserved && !played_.front()->script.model().demand.empty()) {
          s.difference->unserved = one->unserved_difference.mean();
          s.difference->unserved_interval = interval_of(one->unserved_difference);
        }
      }
      answers.push_back(std::move(answer));
    }
    return answers;
  }

  void add_over_time(std::vector<Answer>& answers) const {
    std::vector<const Script*> scripts;
    for (const auto& one : played_) scripts.push_back(&one->script);
    PlayedOverTime over_time = play_over_time(scripts, options_, hooks_.stop);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      answers[i].at = std::move(over_time.by_model[i]);
      answers[i].simulated->interrupted = answers[i].simulated->interrupted || over_time.stopped;
      answers[i].method.notes.push_back(
          fmt::format("the values over time are of {} histories of their own, from time 0 on", over_time.histories));
    }
  }

  [[nodiscard]] static Interval interval_of(const Moments& difference) {
    const double half = 1.959964 * wider_for_few(difference.count()) * difference.standard_error();
    return {difference.mean() - half, difference.mean() + half};
  }

  // Half-widths fall with the root of what is played. Where no outage was seen there are at most three in these years,
  // at 95 %, and the precision wants (1.96 / precision)^2 of them.
  [[nodiscard]] double years_needed(const Simulated& s) const {
    const double precision = options_.precision;
    if (std::isfinite(s.half_width)) return s.years * std::pow(s.half_width / precision, 2);
    return s.years / 3 * std::pow(1.96 / precision, 2);
  }

  SimulateOptions options_;
  const SimulateHooks& hooks_;
  Plan plan_;
  std::vector<std::unique_ptr<Played>> played_;
  std::uint64_t next_ = 0, look_at_ = kFirstLook;  // the number of the next history
  bool over_ = false, out_of_budget_ = false;
  Clock::time_point told_ = Clock::now();
};

}  // namespace

tl::expected<std::vector<Answer>, SimulateRefusal> simulate(std::span<const Model* const> models,
                                                            const SimulateOptions& options,
                                                            const SimulateHooks& hooks) {
  return Run(models, options, hooks).go();
}

}  // namespace nines::sim
