#include "cli/render/simulation.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/render/estimates.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/over_time.hpp"
#include "cli/render/screen.hpp"
#include "model/description/quantity.hpp"
#include "model/study/agreement.hpp"
#include "model/study/decision.hpp"

namespace nines::cli {
namespace {

using study::Candidate;
using study::Decision;
using study::interval_of;

const Agreement* agreement_of(const Answer& answer, const std::string& measure) {
  for (const Agreement& a : answer.simulated->agreement)
    if (a.component.empty() && a.measure == measure) return &a;
  return nullptr;
}

std::string distance_text(double distance) {
  if (std::isnan(distance)) return "-";
  return std::isinf(distance) ? (distance < 0 ? "-inf" : "+inf") : fmt::format("{:+.1f}", distance);
}

std::string times(std::uint64_t count, const char* what) {
  return fmt::format("{} {}{}", money(static_cast<double>(count)), what, count == 1 ? "" : "s");
}

const char* word(Decision decision) {
  return decision == Decision::met ? "met" : decision == Decision::missed ? "missed" : "undecided";
}

}  // namespace

Table estimates_table(const Answer& answer, int digits) {
  const Simulated& seen = *answer.simulated;
  const bool compared = !seen.agreement.empty();
  Table table;
  table.header = {"", "simulated, 95 %"};
  if (compared) table.header.insert(table.header.end(), {"solved", "distance"});
  const auto add = [&](const char* label, const std::string& cell, const std::string& solved, const Agreement* same) {
    std::vector<std::string> row{label, cell};
    if (compared) row.insert(row.end(), {solved, same ? distance_text(same->distance) : ""});
    table.rows.push_back(std::move(row));
  };
  const Measures& m = answer.measures;
  const Interval* down = interval_of(answer, "unavailability");
  const Agreement* same = agreement_of(answer, "unavailability");
  // Seen or not: without an outage the interval alone speaks.
  const bool unseen = study::nothing_seen(answer);
  const std::optional<double> unavailability = unseen && down ? std::optional(0.0) : m.unavailability;
  if (unavailability) {
    add("availability", estimate_availability(*unavailability, down, digits),
        same ? percent(1 - same->solved, same->solved, digits) : "", nullptr);
    add("unavailability", estimate(*unavailability, down, digits), same ? significant(same->solved, digits) : "", same);
    if (!unseen)
      add("nines", fmt::format("{:.2f}", -std::log10(*unavailability)),
          same ? fmt::format("{:.2f}", -std::log10(same->solved)) : "", nullptr);
    add("downtime, min/year", estimate(*unavailability, down, digits, 525600),
        same ? significant(same->solved * 525600, digits) : "", nullptr);
    if (m.planned_unavailability && !unseen) {
      const Interval* planned = interval_of(answer, "planned_unavailability");
      add("  planned", estimate(*m.planned_unavailability, planned, digits, 525600), "", nullptr);
      // Its interval is no wider than that of all downtime.
      const double rest = std::max(0.0, *unavailability - *m.planned_unavailability);
      Interval shifted = down ? *down : Interval{};
      for (double* end : {&shifted.first, &shifted.second}) *end = std::max(0.0, *end - *m.planned_unavailability);
      add("  availability without it", estimate_availability(rest, down ? &shifted : nullptr, digits), "", nullptr);
    }
  }
  const auto number = [&](const char* label, const char* name, const std::optional<double>& value, bool is_time) {
    const Interval* interval = interval_of(answer, name);
    const Agreement* other = agreement_of(answer, name);
    const bool bounded = unseen && interval && !is_time;
    if (!bounded && (!value || unseen)) return;
    const double got = bounded ? 0 : *value;
    add(label, is_time ? estimate_span(got, interval, digits) : estimate(got, interval, digits),
        other ? (is_time ? span(other->solved, digits) : significant(other->solved, digits)) : "", other);
  };
  number("outages per year", "failures_per_year", m.failures_per_year, false);
  number("mean outage", "mean_down_time_h", m.mean_down_time_h, true);
  number("mean time between", "mean_up_time_h", m.mean_up_time_h, true);
  number("mean time to the first", "mttff_h", m.mttff_h, true);
  if (answer.unserved && answer.unserved_interval) {
    const Interval* missing = &*answer.unserved_interval;
    const Agreement* other = agreement_of(answer, "unserved");
    add("served", estimate_availability(*answer.unserved, missing, digits),
        other ? percent(1 - other->solved, other->solved, digits) : "", nullptr);
    add("not served", estimate(*answer.unserved, missing, digits), other ? significant(other->solved, digits) : "",
        other);
  }
  if (m.cost_per_year && !unseen) add("cost per year", money(*m.cost_per_year), "", nullptr);
  return table;
}

std::string agreement_sentence(const Answer& answer) {
  const Simulated& seen = *answer.simulated;
  if (seen.agreement.empty())
    return seen.not_compared.empty() ? "" : "Not compared with solve: " + seen.not_compared + ".";
  const study::Verdict verdict = study::verify(answer);
  if (verdict.compared == 0)
    return fmt::format("Too little was seen to compare with solve: that takes {:.0f} outages.",
                       study::kOutagesToDecide);
  const Agreement& worst = verdict.worst->agreement;
  const std::string what =
      worst.component.empty() ? worst.measure : fmt::format("{} of {}", worst.measure, worst.component);
  const std::string others =
      verdict.undecidable > 0 ? fmt::format("; of {} more too little was seen", verdict.undecidable) : "";
  if (verdict.agree())
    return fmt::format(
        "It agrees with solve: of {} the largest distance is {:.1f} standard errors ({}); chance stays below {:.1f} in "
        "99.9 % of runs{}.",
        times(verdict.compared, "measure"), std::abs(worst.distance), what, verdict.limit, others);
  return fmt::format(
      "IT DOES NOT AGREE WITH SOLVE: {} is {} standard errors away ({} solved, {} simulated); chance goes beyond "
      "{:.1f} "
      "in 0.1 % of runs.",
      what, distance_text(worst.distance), significant(worst.solved, 4), significant(worst.estimated, 4),
      verdict.limit);
}

std::string simulated_target_sentence(const Model& model, const Answer& answer, int digits) {
  std::string words;
  for (const TargetResult& t : answer.targets) {
    if (!words.empty()) words += "\n";
    const char* decision = word(study::decide(answer, t));
    if (t.measure == "availability") {
      const Interval* down = interval_of(answer, "unavailability");
      words += fmt::format("Target {} {}: it allows {} min/year of downtime", share(t.wanted), decision,
                           significant((1 - t.wanted) * 525600, digits));
      if (down)
        words += fmt::format(", between {} and {} were found (95 %)", significant(down->first * 525600, digits),
                             significant(down->second * 525600, digits));
      words += ".";
      continue;
    }
    if (t.measure == "served" && answer.unserved) {
      words += fmt::format("Target {} served {}: {} of the demand may go unserved, {} does.", share(t.wanted), decision,
                           share(std::round((1 - t.wanted) * 1e12) / 1e12),
                           estimate_percent(*answer.unserved, &*answer.unserved_interval, digits));
      continue;
    }
    const Interval* interval = interval_of(answer, t.measure);
    if (t.measure == "breach_probability" && model.target_downtime) {
      const DowntimeTarget& target = *model.target_downtime;
      const std::string period = period_name(target.per_h);
      words += fmt::format("Target of at most {} of downtime a {} {}: {} of them hold more, {} may.",
                           duration_text(target.at_most_h), period, decision,
                           estimate_percent(answer.measures.breach_probability.value_or(t.got), interval, digits),
                           share(std::round((1 - target.probability) * 1e12) / 1e12));
      continue;
    }
    words += fmt::format("Target {} of {} {}.", share(t.wanted), t.measure, decision);
  }
  return words;
}

std::string nothing_seen_sentence(const Answer& answer) {
  const Simulated& seen = *answer.simulated;
  if (!study::nothing_seen(answer)) return "";
  const Interval* down = interval_of(answer, "unavailability");
  std::string words =
      fmt::format("No outage was seen in {} years. That is not an availability of 100 %", significant(seen.years, 3));
  if (down && std::isfinite(down->second) && down->second > 0)
    words += fmt::format(": with 95 % confidence the unavailability is below {}", significant(down->second, 2));
  words += ".";
  // Without a solved value it follows from the bound.
  if (seen.years_needed > 0)
    words += fmt::format(" The wanted precision needs {} {} years.", seen.agreement.empty() ? "at least" : "about",
                         roughly(seen.years_needed));
  return words;
}

std::string run_sentence(const Answer& answer, double wanted_precision) {
  const Simulated& seen = *answer.simulated;
  std::string words =
      fmt::format("{} years in {}", years_text(seen.years),
                  seen.histories == 1 ? "1 history" : money(static_cast<double>(seen.histories)) + " histories");
  if (seen.warm_up_years > 0)
    words += fmt::format(", each after {} that {} not counted, while all is still new",
                         span(seen.warm_up_years * 8760, 2), seen.warm_up_years * 8760 >= 1.5 ? "are" : "is");
  words += fmt::format("; {}, {}, seed {}.", times(seen.outages, "outage"), times(seen.events, "event"), seen.seed);
  if (seen.interrupted) words += " INTERRUPTED before its end.";
  if (study::nothing_seen(answer) || !std::isfinite(seen.half_width) || seen.half_width <= 0) return words;
  const auto needs = [&](double precision) {
    const double years = seen.years * (seen.half_width / precision) * (seen.half_width / precision);
    return fmt::format("± {} would need about {} years", share(precision), roughly(years));
  };
  words += fmt::format("\nThe unavailability is known to ± {} %", significant(seen.half_width * 100, 2));
  if (seen.half_width > wanted_precision * 1.0001)
    words += "; " + needs(wanted_precision);
  else if (seen.half_width > 0.01)
    words += "; " + needs(0.01);
  words += ".";
  return words;
}

void add_simulation(Document& document, const Candidate& candidate, const Options& options, int digits) {
  const double wanted_precision = options.precision;
  const Answer& answer = *candidate.answer;
  document.add(estimates_table(answer, digits));
  std::string words;
  for (const std::string& sentence : {nothing_seen_sentence(answer), agreement_sentence(answer),
                                      simulated_target_sentence(*candidate.model, answer, digits)})
    if (!sentence.empty()) words += (words.empty() ? "" : "\n") + sentence;
  if (!words.empty()) document.add(words);
  add_over_time(document, options.at, {candidate}, digits);
  Table causes = causes_table({candidate}, digits);
  if (!causes.rows.empty()) {
    document.add(std::string("Where the downtime comes from, min/year"));
    document.add(std::move(causes));
  }
  Table infrastructure = infrastructure_table({candidate}, digits);
  if (!infrastructure.rows.empty()) {
    document.add(std::string("Of all this would not be, if this were always up, min/year"));
    document.add(std::move(infrastructure));
  }
  Table spread = spread_table(*candidate.model, answer, digits);
  if (!spread.rows.empty()) {
    document.add(std::string("How much downtime there is"));
    document.add(std::move(spread));
  }
  Table promises = promises_table(*candidate.model, answer, digits);
  if (!promises.rows.empty()) {
    document.add(std::string("How often a promise is broken"));
    document.add(std::move(promises));
  }
  words = worst_years_sentence(answer);
  document.add(words + (words.empty() ? "" : "\n") + run_sentence(answer, wanted_precision));
}

Table simulated_sweep_table(const std::vector<Sweep>& sweeps, const std::vector<std::vector<SweepValue>>& points,
                            const std::vector<Candidate>& candidates, bool show_names, const std::vector<AtWord>& at,
                            int digits) {
  Table table;
  for (const Sweep& sweep : sweeps) table.header.push_back(sweep.path);
  if (show_names) table.header.emplace_back("design");
  table.header.insert(table.header.end(), {"availability", "min/year", "outages/year", "solved", "distance"});
  const bool targets =
      std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return !c.answer->targets.empty(); });
  const bool costs = std::any_of(candidates.begin(), candidates.end(),
                                 [](const Candidate& c) { return c.answer->measures.cost_per_year.has_value(); });
  const bool with_demand = std::any_of(candidates.begin(), candidates.end(),
                                       [](const Candidate& c) { return c.answer->unserved.has_value(); });
  if (with_demand) table.header.emplace_back("served");
  if (targets) table.header.emplace_back("target");
  if (costs) table.header.emplace_back("cost/year");
  for (const std::string& heading : over_time_headings(at)) table.header.push_back(heading);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Answer& answer = *candidates[i].answer;
    const Measures& m = answer.measures;
    const Interval* down = interval_of(answer, "unavailability");
    const bool seen = !study::nothing_seen(answer);
    const double unavailability = seen ? m.unavailability.value_or(0) : 0;
    std::vector<std::string> cells;
    for (const SweepValue& value : points[i]) cells.push_back(value.text);
    if (show_names) cells.push_back(candidates[i].name);
    cells.push_back(estimate_availability(unavailability, down, digits));
    cells.push_back(estimate(unavailability, down, digits, 525600));
    cells.push_back(
        estimate(seen ? m.failures_per_year.value_or(0) : 0, interval_of(answer, "failures_per_year"), digits));
    const Agreement* same = agreement_of(answer, "unavailability");
    cells.push_back(same ? significant(same->solved * 525600, digits) : "-");
    cells.push_back(same ? distance_text(same->distance) : "-");
    const auto decision = study::decide(answer);
    if (with_demand)
      cells.push_back(answer.unserved ? estimate_availability(*answer.unserved, &*answer.unserved_interval, digits)
                                      : "-");
    if (targets) cells.emplace_back(decision ? word(*decision) : "-");
    if (costs) cells.push_back(m.cost_per_year && seen ? money(*m.cost_per_year) : "-");
    for (std::string& cell : over_time_cells(at, *candidates[i].answer, digits)) cells.push_back(std::move(cell));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace nines::cli
