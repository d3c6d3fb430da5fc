#include <algorithm>
#include <functional>
#include <utility>

#include "model/markov/downtime/period.hpp"
#include "model/markov/downtime/series.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/solution/solution.hpp"

namespace nines::markov {
namespace {

constexpr LikelyLimits kCheap{400, 24},
    kLimitsOfTable[] = {{600, 60, 2000}, {600, 60}},
    kLimitsOfTarget[] = {{600, 40, 2000, 1000}, {600, 40, 2000}, {1500, 80}, {4000, 140}, {280, 280}, {420, 420}};
constexpr double kWorstBound = 0.5;    // of the error: then nothing is said
constexpr double kCloseEnough = 0.01;  // a bound of the error beside the chance that a target is broken
constexpr double kWorkOfTable = 3e8, kWorkOfTarget = 1.2e10;
constexpr double kHoursPerMonth = 730;
constexpr double kLittle = 1e-9;  // that a month sees of what a cheap table leaves out
constexpr double kRarest = 1e-7;  // of the table; a bound below it is enough

std::string name_of(double period_h) {
  if (period_h == kHoursPerMonth) return "downtime_min_per_month";
  if (period_h == kHoursPerYear) return "downtime_min_per_year";
  return "downtime_min_per_period";
}

void note_once(Answer& answer, const std::string& note) {
  auto& notes = answer.method.notes;
  if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

class Tables {
 public:
  explicit Tables(Solution& s) : s_(s), series_(s.model, s.dissection, s.is_up(), s.options) {}

  void fill() {
    const auto& target = s_.model.target_downtime;
    std::vector<double> periods;
    using Wanted = SolveOptions::DowntimeTables;
    const bool all =
        s_.options.downtime_tables == Wanted::all || (target && s_.options.downtime_tables != Wanted::none);
    const bool some = all || (s_.options.downtime_tables == Wanted::where_cheap && is_cheap());
    if (some) periods = {kHoursPerMonth, kHoursPerYear};
    if (target && std::find(periods.begin(), periods.end(), target->per_h) == periods.end())
      periods.push_back(target->per_h);
    for (const double period : periods) {
      DowntimeTable table{name_of(period), period, {}, 0, s_.answer.method.exact};
      if (some) add_rows(table);
      if (target && target->per_h == period) add_target(table, *target);
      if (!table.rows.empty()) s_.answer.downtime.push_back(std::move(table));
    }
  }

 private:
  // The surest of the answers that come of these limits: of one that has a bound, and of these of the least. The later
  // limits only where that is not `enough`.
  template <std::size_t kMany>
  tl::expected<DowntimeInPeriod, std::string> ask(double period_h, std::span<const double> amounts,
                                                  const LikelyLimits (&all_limits)[kMany], double work_limit,
                                                  const std::function<bool(const DowntimeInPeriod&)>& enough) {
    tl::expected<DowntimeInPeriod, std::string> best = tl::unexpected(std::string());
    std::vector<SeriesTerm> before;
    for (const LikelyLimits& limits : all_limits) {
      auto terms = series_.terms(period_h, limits);
      const bool same = terms && std::equal(terms->begin(), terms->end(), before.begin(), before.end(),
                                            [](const auto& a, const auto& b) { return a.chain == b.chain; });
      if (same && !terms->empty()) continue;
      const double bound = terms ? overlooked(*terms, period_h) : 0;
      if (best && !best->clumps && bound >= best->error_bound) continue;
      tl::expected<DowntimeInPeriod, std::string> result = tl::unexpected(
          terms ? std::string("a period sees too many states for any of them to be followed") : terms.error());
      if (terms && bound <= kWorstBound) result = downtime_in_period(*terms, period_h, amounts, work_limit);
      const bool surer = !best || (result && std::pair(result->clumps, result->error_bound) <
                                                 std::pair(best->clumps, best->error_bound));
      if (surer) best = std::move(result);
      if (best && !best->clumps && enough(*best)) break;
      if (terms) before = std::move(*terms);
    }
    return best;
  }

  void note(DowntimeTable& table, const DowntimeInPeriod& result) {
    if (!result.clumps) return;
    table.exact = false;
    note_once(s_.answer,
              "downtime in a period is approximate: outages are taken as coming in clumps, each outage as long as one "
              "of the long run, for all states are too many");
  }

  bool is_cheap() {
    const auto terms = series_.terms(kHoursPerMonth, kCheap);
    return terms && std::all_of(terms->begin(), terms->end(), [](const SeriesTerm& term) {
             return term.chain.left_out_within(kHoursPerMonth) < kLittle;
           });
  }

  void add_rows(DowntimeTable& table) {
    std::vector<double> amounts;
    for (const double minutes : kDowntimeMinutes)
      if (minutes / 60 <= table.period_h / 4) amounts.push_back(minutes / 60);
    const auto result =
        ask(table.period_h, amounts, kLimitsOfTable, kWorkOfTable, [](const DowntimeInPeriod&) { return true; });
    if (!result) return note_once(s_.answer, "downtime in a period is left out: " + result.error());
    table.error_bound = result->error_bound;
    note(table, *result);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      if (i > 0 && result->above[i] < kRarest) break;
      table.rows.push_back({amounts[i] * 60, result->above[i], false});
    }
  }

  void add_target(DowntimeTable& table, const DowntimeTarget& target) {
    // As many states as it takes.
    const auto result =
        ask(table.period_h, {&target.at_most_h, 1}, kLimitsOfTarget, kWorkOfTarget, [](const DowntimeInPeriod& found) {
          return found.error_bound <= std::max(kCloseEnough * found.above.front(), kRarest);
        });
    if (!result) return note_once(s_.answer, "the target of " + to_string(target) + " is left out: " + result.error());
    table.error_bound = std::max(table.error_bound, result->error_bound);
    note(table, *result);
    const double broken = result->above.front();
    const double minutes = target.at_most_h * 60;
    const auto at = std::lower_bound(table.rows.begin(), table.rows.end(), minutes,
                                     [](const auto& row, double m) { return row.minutes < m; });
    if (at != table.rows.end() && at->minutes == minutes)
      *at = {minutes, broken, true};
    else
      table.rows.insert(at, {minutes, broken, true});
    s_.answer.measures.breach_probability = broken;
  }

  Solution& s_;
  Series series_;
};

}  // namespace

void fill_downtime(Solution& s) {
  const auto& target = s.model.target_downtime;
  if (!target && s.options.downtime_tables == SolveOptions::DowntimeTables::none) return;
  if (s.answer.method.approximation_error) {
    const std::string why = " is left out: it takes the joint chain of groups that are solved one by one";
    if (target)
      note_once(s.answer,
                "the target of " + to_string(*target) + why + "; `nines simulate` says how likely it is kept");
    else if (s.options.downtime_tables == SolveOptions::DowntimeTables::all)
      note_once(s.answer, "downtime in a period" + why);
    return;
  }
  if (all_exponential_outside(s.model, s.dissection.parts)) return Tables(s).fill();
  if (target)
    note_once(s.answer, "the target of " + to_string(*target) +
                            " is left out: it depends on more than the means of the times; `nines simulate` says how "
                            "likely it is kept");
}

}  // namespace nines::markov
