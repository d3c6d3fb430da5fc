#include "model/markov/orders.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

constexpr std::uint32_t kFirstStages = 8, kLeastStages = 2, kMostStages = 64;
constexpr std::uint64_t kFewStates = 30'000;  // of a block, for more stages than the first
constexpr double kCloseEnough = 1e-3;         // relative
constexpr double kTooFar = 0.1;
constexpr double kMuchFarther = 2;
constexpr std::size_t kMostListed = 4;

bool all_exact(const std::vector<FittedLaw>& laws) {
  return std::all_of(laws.begin(), laws.end(), [](const FittedLaw& law) { return law.exact; });
}

bool is_too_large(const Refusal& refusal) {
  return refusal.code == "too-many-states" || refusal.code == "memory";
}

// How far two answers are apart, by measure, relative. Measures that one of them has not are left out.
using Moved = std::map<std::string, double>;
constexpr const char* kFirstOutage = "mttff_h";
constexpr const char* kLongRun[] = {"unavailability", "failures_per_year", "what is not served"};

Moved between(const Answer& answer, const Answer& other) {
  Moved moved;
  const auto compare = [&](const char* measure, const std::optional<double>& a, const std::optional<double>& b) {
    if (a && b && *a > 0) moved[measure] = std::abs(*b / *a - 1);
  };
  compare("unavailability", answer.measures.unavailability, other.measures.unavailability);
  compare("failures_per_year", answer.measures.failures_per_year, other.measures.failures_per_year);
  compare(kFirstOutage, answer.measures.mttff_h, other.measures.mttff_h);
  compare("what is not served", answer.unserved, other.unserved);
  for (std::size_t i = 0; i < std::min(answer.components.size(), other.components.size()); ++i)
    compare(fmt::format("unavailability of `{}`", answer.components[i].name).c_str(),
            answer.components[i].unavailability, other.components[i].unavailability);
  return moved;
}

// Values over time of one answer, with the other side of each: how far others are from it, at most. Of a value that is
// 0 or that another has not, infinitely far, unless they are the same.
struct OverTime {
  std::optional<double>*up, *down;
  double moved = 0;
};

std::vector<OverTime> over_time(Answer& answer, const std::vector<FittedAnswer>& others) {
  std::vector<OverTime> values;
  for (std::size_t i = 0; i < answer.at.size(); ++i) {
    AtTime& at = answer.at[i];
    const auto add = [&](std::optional<double> AtTime::*up, std::optional<double> AtTime::*down) {
      OverTime value{&(at.*up), &(at.*down)};
      for (const FittedAnswer& other : others) {
        const auto& same = other.answer.at[i].*down;
        if (at.*down == same) continue;
        const bool apart = !same || !(at.*down) || *(at.*down) == 0;
        value.moved =
            std::max(value.moved, apart ? std::numeric_limits<double>::infinity() : std::abs(*same / *(at.*down) - 1));
      }
      if (*value.down) values.push_back(value);
    };
    add(&AtTime::point_availability, &AtTime::point_unavailability);
    add(&AtTime::interval_availability, &AtTime::interval_unavailability);
    add(&AtTime::reliability, &AtTime::unreliability);
  }
  return values;
}

// Of the system, in the long run. The first outage may be left out by itself.
double most_of(const Moved& moved) {
  double most = 0;
  for (const char* measure : kLongRun)
    if (const auto found = moved.find(measure); found != moved.end()) most = std::max(most, found->second);
  return most;
}

// The system, and the component that moves most if it moves by more.
std::string distances_in_words(Moved moved) {
  std::string words;
  const auto tell = [&](const std::string& measure, double share) {
    words += fmt::format("{}{} by {:.2g} %", words.empty() ? "" : ", ", measure, 100 * share);
  };
  const double most = most_of(moved);
  for (const char* measure : {kLongRun[0], kLongRun[1], kFirstOutage, kLongRun[2]})
    if (const auto found = moved.find(measure); found != moved.end()) {
      tell(measure, found->second);
      moved.erase(found);
    }
  const auto farthest =
      std::max_element(moved.begin(), moved.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (farthest != moved.end() && farthest->second > 1.01 * most) tell(farthest->first, farthest->second);
  return words.empty() ? "nothing" : words;
}

class Orders {
 public:
  Orders(const SolveOptions& options, const SolveWith& solve_with) : options_(options), solve_with_(solve_with) {}

  tl::expected<Answer, Refusal> run() {
    auto begun = begin(options_, fitting_);
    if (!begun && is_too_large(begun.error()) && !options_.exact) {
      fitting_.most_stages = kLeastStages;
      fitting_.whole_erlangs = false;
      if (begin(options_, fitting_)) begun = {};
    }
    if (!begun) return tl::unexpected(std::move(begun.error()));
    while (most_of(moved_) > kCloseEnough && 2 * fitting_.most_stages <= kMostStages && go_on()) {
    }
    return conclude();
  }

 private:
  tl::expected<void, Refusal> begin(const SolveOptions& options, const Fitting& fitting) {
    auto by_moments = solve_with_(options, fitting);
    if (!by_moments) return tl::unexpected(std::move(by_moments.error()));
    by_moments_ = std::move(*by_moments);
    if (!all_exact(by_moments_.laws)) return compare(options, fitting);
    taken_ = std::move(by_moments_);
    moved_.clear();
    return {};
  }

  tl::expected<FittedAnswer, Refusal> by_distribution(const SolveOptions& options, Fitting fitting,
                                                      std::uint32_t stages) const {
    fitting.kind = Fitting::Kind::by_distribution;
    fitting.most_stages = stages;
    return solve_with_(options, fitting);
  }

  // The fits by distribution come closer and closer to the law, but slowly. What the three are apart is what there is
  // to say; those by moments are taken unless the others agree with each other, and not with them, at the finest.
  tl::expected<void, Refusal> compare(const SolveOptions& options, const Fitting& fitting) {
    auto fine = by_distribution(options, fitting, fitting.most_stages);
    if (!fine) return tl::unexpected(std::move(fine.error()));
    auto coarse = by_distribution(options, fitting, fitting.most_stages / 2);
    if (!coarse) return tl::unexpected(std::move(coarse.error()));
    const double of_half = most_of(between(fine->answer, coarse->answer));
    const double of_moments = most_of(between(fine->answer, by_moments_.answer));
    others_.clear();
    if (fitting.most_stages < kMostStages || of_moments <= kMuchFarther * of_half) {
      taken_ = std::move(by_moments_);
      others_.push_back(std::move(*fine));
    } else {
      taken_ = std::move(*fine);
      others_.push_back(std::move(by_moments_));
    }
    others_.push_back(std::move(*coarse));
    moved_.clear();
    for (const FittedAnswer& other : others_)
      for (const auto& [measure, share] : between(taken_.answer, other.answer))
        moved_[measure] = std::max(moved_[measure], share);
    return {};
  }

  bool go_on() {
    SolveOptions few = options_;
    few.max_states = std::min(few.max_states, kFewStates);
    Fitting more = fitting_;
    more.most_stages *= 2;
    if (!begin(few, more)) return false;
    fitting_ = more;
    return true;
  }

  [[nodiscard]] std::string orders_in_words() const {
    std::string words;
    std::size_t listed = 0, inexact = 0;
    for (std::size_t i = 0; i < taken_.laws.size(); ++i) {
      const FittedLaw& law = taken_.laws[i];
      if (law.exact || ++inexact > kMostListed) continue;
      words += fmt::format("{}`{}` of `{}` (order {}, compared with", listed++ > 0 ? ", " : "", law.key, law.owner,
                           law.order);
      for (std::size_t o = 0; o < others_.size(); ++o)
        if (i < others_[o].laws.size()) words += fmt::format("{}{}", o == 0 ? " " : " and ", others_[o].laws[i].order);
      words += ")";
    }
    if (inexact > listed) words += fmt::format(" and {} more", inexact - listed);
    return words;
  }

  tl::expected<Answer, Refusal> conclude() {
    if (all_exact(taken_.laws)) return std::move(taken_.answer);
    const std::string words = fmt::format("phase-type laws stand for {}: the other orders move {}", orders_in_words(),
                                          distances_in_words(moved_));
    if (most_of(moved_) > kTooFar) {
      const auto first =
          std::find_if(taken_.laws.begin(), taken_.laws.end(), [](const FittedLaw& law) { return !law.exact; });
      return tl::unexpected(fits_differ(*first, words));
    }
    Method& method = taken_.answer.method;
    method.exact = false;
    if (const auto first = moved_.find(kFirstOutage); first != moved_.end() && first->second > kTooFar) {
      taken_.answer.measures.mttff_h.reset();
      method.notes.push_back("mttff_h is left out: fits of other orders put it elsewhere");
    }
    judge_over_time();
    method.notes.insert(method.notes.begin(), "approximate: " + words);
    return std::move(taken_.answer);
  }

  // In the beginning fits are far from a law, however many stages they have: what that leaves open is not told.
  void judge_over_time() {
    double most = 0;
    bool left_out = false;
    for (const OverTime& value : over_time(taken_.answer, others_)) {
      if (value.moved > kTooFar) {
        value.up->reset();
        value.down->reset();
        left_out = true;
      } else {
        most = std::max(most, value.moved);
      }
    }
    auto& notes = taken_.answer.method.notes;
    if (most > 0) notes.push_back(fmt::format("the other orders move values over time by up to {:.2g} %", 100 * most));
    if (left_out)
      notes.push_back(
          "some values over time are left out: fits of other orders put them elsewhere; `nines simulate "
          "--at` estimates any");
  }

  const SolveOptions& options_;
  const SolveWith& solve_with_;
  Fitting fitting_{kFirstStages, true, Fitting::Kind::by_moments};
  FittedAnswer by_moments_, taken_;
  std::vector<FittedAnswer> others_;
  Moved moved_;
};

}  // namespace

tl::expected<Answer, Refusal> solve_by_orders(const SolveOptions& options, const SolveWith& solve_with) {
  return Orders(options, solve_with).run();
}

}  // namespace nines::markov
