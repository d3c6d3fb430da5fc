#include "cli/render/simulated_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "cli/render/estimates.hpp"
#include "cli/render/numbers.hpp"
#include "model/study/decision.hpp"

namespace nines::cli {
namespace {

using study::Candidate;
using study::Decision;
using study::interval_of;

constexpr double kMinutesPerYear = 525600;

bool any(const std::vector<Candidate>& candidates, const std::function<bool(const Answer&)>& is) {
  return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) { return is(*c.answer); });
}

const char* decision_word(const Answer& answer) {
  const auto decision = study::decide(answer);
  if (!decision) return "-";
  return *decision == Decision::met ? "met" : *decision == Decision::missed ? "missed" : "undecided";
}

// `-1.14 ± 0.08`; with both ends where the interval is wide or the sign is open.
std::string signed_estimate(double value, const Interval& interval, double scale, int digits) {
  value *= scale;
  const double low = interval.first * scale, high = interval.second * scale;
  if (low == 0 && high == 0) return "0";
  if ((high - low) / 2 > 0.3 * std::abs(value)) {
    const auto with_sign = [](double x) { return (x < 0 ? "-" : "+") + significant(std::abs(x), 2); };
    return fmt::format("{} ({} .. {})", with_sign(value), with_sign(low), with_sign(high));
  }
  const Interval size = value < 0 ? Interval{-high, -low} : Interval{low, high};
  return (value < 0 ? "-" : "+") + estimate(std::abs(value), &size, digits);
}

std::string cost_words(const Candidate& better, const Candidate& other) {
  const auto &a = better.answer->measures.cost_per_year, &b = other.answer->measures.cost_per_year;
  if (!a || !b) return "";
  if (std::abs(*a - *b) < 0.5) return " at the same cost";
  const std::string amount = money(std::abs(*a - *b));
  return *a > *b ? fmt::format(" for {} a year more", amount) : fmt::format(", and {} a year cheaper", amount);
}

double years_of(const Candidate& candidate) {
  return candidate.answer->simulated->years;
}

}  // namespace

Table simulated_comparison_table(const std::vector<Candidate>& candidates, int digits) {
  Table table;
  table.header.emplace_back("");
  for (const Candidate& c : candidates) table.header.push_back(c.name);
  const auto add = [&](const std::string& label, const std::function<std::string(const Answer&)>& cell) {
    std::vector<std::string> row{label};
    for (const Candidate& c : candidates) row.push_back(cell(*c.answer));
    table.rows.push_back(std::move(row));
  };
  const auto down = [](const Answer& a) { return a.measures.unavailability.value_or(0); };
  add("availability",
      [&](const Answer& a) { return estimate_availability(down(a), interval_of(a, "unavailability"), digits); });
  add("unavailability", [&](const Answer& a) { return estimate(down(a), interval_of(a, "unavailability"), digits); });
  add("downtime, min/year",
      [&](const Answer& a) { return estimate(down(a), interval_of(a, "unavailability"), digits, kMinutesPerYear); });
  if (any(candidates, [](const Answer& a) { return !a.simulated->agreement.empty(); }))
    add("  solved, and how far off", [&](const Answer& a) -> std::string {
      if (a.simulated->agreement.empty()) return "-";
      const Agreement& same = a.simulated->agreement.front();
      const std::string solved = significant(same.solved * kMinutesPerYear, digits);
      return std::isnan(same.distance) ? solved : fmt::format("{} ({:+.1f})", solved, same.distance);
    });
  if (candidates.size() > 1) {
    std::vector<std::string> row{"  difference to " + candidates[0].name};
    for (const Candidate& c : candidates) {
      const auto& difference = c.answer->simulated->difference;
      row.push_back(
          difference ? signed_estimate(difference->unavailability, difference->interval, kMinutesPerYear, digits) : "");
    }
    table.rows.push_back(std::move(row));
  }
  if (any(candidates, [](const Answer& a) { return a.measures.planned_unavailability.has_value(); }))
    add("  planned", [&](const Answer& a) {
      const auto& planned = a.measures.planned_unavailability;
      return planned ? estimate(*planned, interval_of(a, "planned_unavailability"), digits, kMinutesPerYear) : "-";
    });
  add("outages per year", [&](const Answer& a) {
    return estimate(a.measures.failures_per_year.value_or(0), interval_of(a, "failures_per_year"), digits);
  });
  add("mean outage", [&](const Answer& a) {
    const auto& time = a.measures.mean_down_time_h;
    return time ? estimate_span(*time, interval_of(a, "mean_down_time_h"), digits) : "-";
  });
  if (any(candidates, [](const Answer& a) { return a.unserved.has_value(); })) {
    const auto missing = [](const Answer& a) { return a.unserved_interval ? &*a.unserved_interval : nullptr; };
    add("served",
        [&](const Answer& a) { return a.unserved ? estimate_availability(*a.unserved, missing(a), digits) : "-"; });
    add("not served", [&](const Answer& a) { return a.unserved ? estimate(*a.unserved, missing(a), digits) : "-"; });
    if (candidates.size() > 1) {
      std::vector<std::string> row{"  difference to " + candidates[0].name};
      for (const Candidate& c : candidates) {
        const auto& d = c.answer->simulated->difference;
        row.push_back(d && d->unserved ? signed_estimate(*d->unserved, d->unserved_interval, 1, digits) : "");
      }
      table.rows.push_back(std::move(row));
    }
  }
  if (any(candidates, [](const Answer& a) { return a.measures.breach_probability.has_value(); }))
    add("downtime target broken", [&](const Answer& a) {
      const auto& breach = a.measures.breach_probability;
      return breach ? estimate_percent(*breach, interval_of(a, "breach_probability"), digits) : "-";
    });
  if (any(candidates, [](const Answer& a) { return !a.targets.empty(); })) add("target", decision_word);
  if (any(candidates, [](const Answer& a) { return a.measures.cost_per_year.has_value(); }))
    add("cost per year",
        [](const Answer& a) { return a.measures.cost_per_year ? money(*a.measures.cost_per_year) : "-"; });
  return table;
}

std::string simulated_verdict(const std::vector<Candidate>& candidates, int digits) {
  if (candidates.size() < 2) return "There is one design; a comparison needs two (see `designs:`).";
  const auto ranking = study::rank(candidates);
  const auto seen = [](const Candidate& c) { return !study::nothing_seen(*c.answer); };
  if (std::none_of(candidates.begin(), candidates.end(), seen))
    return "No design was seen down: the simulation says nothing about which is better.";
  // What was never seen down has no estimate, and ranks first.
  std::vector<std::size_t> order = ranking.order;
  std::stable_partition(order.begin(), order.end(), [&](std::size_t i) { return !seen(candidates[i]); });
  const Candidate &best = candidates[order[0]], &next = candidates[order[1]];
  const study::Apart apart = study::apart(best, next);
  const std::string by =
      fmt::format("{} min/year less downtime{}",
                  estimate(std::abs(apart.unavailability), nullptr, digits, kMinutesPerYear), cost_words(best, next));
  const std::string interval = fmt::format("the 95 % interval of the difference is {} .. {} min/year",
                                           significant(apart.interval.first * kMinutesPerYear, 2),
                                           significant(apart.interval.second * kMinutesPerYear, 2));
  if (!apart.decided() || apart.unavailability <= 0) {
    std::string words =
        fmt::format("Which is better, {} or {}, is not decided by the data: {}.", best.name, next.name, interval);
    const double half = (apart.interval.second - apart.interval.first) / 2, by_much = std::abs(apart.unavailability);
    if (by_much > 0 && half > 0)
      words += fmt::format(" If the difference is what it seems, some {} years would decide it.",
                           roughly(years_of(best) * std::pow(1.5 * half / by_much, 2)));
    else if (half == 0)
      words = fmt::format("{} and {} are equally good: they were down at the same times.", best.name, next.name);
    return words;
  }
  if (candidates.size() == 2) return fmt::format("{} is better: {}; {}.", best.name, by, interval);
  return fmt::format("{} is the best of {}: {} than {}, which comes next; {}.", best.name, candidates.size(), by,
                     next.name, interval);
}

std::string simulated_targets(const std::vector<Candidate>& candidates) {
  std::vector<std::string> met, open;
  const Candidate* cheapest = nullptr;
  std::size_t with = 0;
  for (const Candidate& c : candidates) {
    const auto decision = study::decide(*c.answer);
    if (!decision) continue;
    ++with;
    if (*decision == Decision::undecided) open.push_back(c.name);
    if (*decision != Decision::met) continue;
    met.push_back(c.name);
    const auto& cost = c.answer->measures.cost_per_year;
    if (cost && (!cheapest || *cost < *cheapest->answer->measures.cost_per_year)) cheapest = &c;
  }
  if (with == 0) return "";
  std::string words;
  if (met.empty() && open.empty())
    words = with == 1 ? "It misses the target." : "None of them meets the target.";
  else if (!met.empty() && met.size() == with)
    words = with == 1 ? "It meets the target." : "All of them meet the target.";
  else if (!met.empty())
    words = fmt::format("The target is met by {}.", fmt::join(met, ", "));
  if (cheapest && candidates.size() > 1 && open.empty())
    words = fmt::format("The cheapest that meets the target is {}.", cheapest->name);
  if (!open.empty())
    words += fmt::format("{}The data do not decide whether {} meet{} the target: that takes more years.",
                         words.empty() ? "" : " ", fmt::join(open, ", "), open.size() == 1 ? "s" : "");
  return words;
}

}  // namespace nines::cli
