#include "cli/render/screen.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "cli/render/downtime.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/over_time.hpp"

namespace nines::cli {
namespace {

using study::Candidate;

double minutes_down(const Answer& answer) {
  return answer.measures.downtime_min_per_year.value_or(0);
}

bool any(const std::vector<Candidate>& candidates, const std::function<bool(const Answer&)>& is) {
  return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) { return is(*c.answer); });
}

std::string met_or_missed(const Answer& answer) {
  if (answer.targets.empty()) return "-";
  return std::all_of(answer.targets.begin(), answer.targets.end(), [](const auto& t) { return t.met; }) ? "met"
                                                                                                        : "missed";
}

std::string target_label(const std::vector<Candidate>& candidates) {
  std::string label;
  for (const Candidate& c : candidates)
    for (const TargetResult& t : c.answer->targets) {
      const std::string this_one = t.measure == "breach_probability"
                                       ? "downtime target"
                                       : "target " + share(t.wanted) + (t.measure == "served" ? " served" : "");
      if (label.empty()) label = this_one;
      if (label != this_one) return "target";
    }
  return label;
}

bool serves(const Answer& answer) {
  return answer.measures.served && answer.unserved;
}

// `0.0512 %`
std::string part(double value, int digits) {
  return significant(value * 100, digits) + " %";
}

std::function<std::string(const Answer&)> served(int digits) {
  return [=](const Answer& a) { return serves(a) ? percent(*a.measures.served, *a.unserved, digits) : "-"; };
}

}  // namespace

Table measures_table(const std::vector<Candidate>& candidates, bool difference, int digits) {
  Table table;
  table.header.emplace_back("");
  for (const Candidate& c : candidates) table.header.push_back(c.name);
  difference = difference && candidates.size() == 2;
  if (candidates.size() == 1 && candidates[0].name.empty()) table.header.clear();
  if (difference) table.header.emplace_back("change");
  using Cell = std::function<std::string(const Answer&)>;
  const auto add = [&](const std::string& label, const Cell& cell, const std::string& change = "") {
    std::vector<std::string> row{label};
    for (const Candidate& c : candidates) row.push_back(cell(*c.answer));
    if (difference) row.push_back(change);
    table.rows.push_back(std::move(row));
  };
  const auto change_of = [&](std::optional<double> Measures::*m) -> std::string {
    if (!difference) return "";
    const auto &before = candidates[0].answer->measures.*m, &after = candidates[1].answer->measures.*m;
    return before && after ? relative(*before, *after) : "";
  };
  const auto number = [&](std::optional<double> Measures::*m) {
    return [=](const Answer& a) { return a.measures.*m ? significant(*(a.measures.*m), digits) : "-"; };
  };
  add("availability",
      [&](const Answer& a) { return percent(*a.measures.availability, *a.measures.unavailability, digits); });
  const bool plans = any(candidates, [](const Answer& a) { return a.measures.planned_unavailability.has_value(); });
  if (plans)
    add("  without planned work", [&](const Answer& a) {
      const double planned = a.measures.planned_unavailability.value_or(0);
      return percent(*a.measures.availability + planned, *a.measures.unavailability - planned, digits);
    });
  add("unavailability", number(&Measures::unavailability), change_of(&Measures::unavailability));
  add("nines", [&](const Answer& a) { return a.measures.nines ? fmt::format("{:.2f}", *a.measures.nines) : "-"; });
  add("downtime, min/year", number(&Measures::downtime_min_per_year), change_of(&Measures::downtime_min_per_year));
  if (plans)
    add("  planned", [&](const Answer& a) {
      const auto& planned = a.measures.planned_unavailability;
      return planned ? significant(*planned * 525600, digits) : "-";
    });
  add("outages per year", number(&Measures::failures_per_year), change_of(&Measures::failures_per_year));
  const auto time = [&](std::optional<double> Measures::*m) {
    return [=](const Answer& a) { return a.measures.*m ? span(*(a.measures.*m), digits) : "-"; };
  };
  add("mean outage", time(&Measures::mean_down_time_h), change_of(&Measures::mean_down_time_h));
  add("mean time between", time(&Measures::mean_up_time_h), change_of(&Measures::mean_up_time_h));
  if (any(candidates, [](const Answer& a) { return a.measures.mttff_h.has_value(); }))
    add("mean time to the first", time(&Measures::mttff_h), change_of(&Measures::mttff_h));
  if (any(candidates, serves)) {
    add("served", served(digits));
    add(
        "not served", [&](const Answer& a) { return serves(a) ? significant(*a.unserved, digits) : "-"; },
        difference && serves(*candidates[0].answer) && serves(*candidates[1].answer)
            ? relative(*candidates[0].answer->unserved, *candidates[1].answer->unserved)
            : "");
  }
  if (any(candidates, [](const Answer& a) { return !a.targets.empty(); })) add(target_label(candidates), met_or_missed);
  if (any(candidates, [](const Answer& a) { return a.measures.cost_per_year.has_value(); })) {
    std::string change;
    if (difference && candidates[0].answer->measures.cost_per_year && candidates[1].answer->measures.cost_per_year)
      change =
          signed_money(*candidates[1].answer->measures.cost_per_year - *candidates[0].answer->measures.cost_per_year);
    add(
        "cost per year",
        [](const Answer& a) { return a.measures.cost_per_year ? money(*a.measures.cost_per_year) : "-"; }, change);
  }
  return table;
}

Table causes_table(const std::vector<Candidate>& candidates, int digits) {
  Table table;
  if (candidates.size() > 1) {
    table.header = {"min/year"};
    for (const Candidate& c : candidates) table.header.push_back(c.name);
  }
  std::size_t widest = 0;
  const auto rows = study::cause_rows(candidates);
  for (const auto& row : rows) widest = std::max(widest, row.component.value_or("").size());
  double total = 0;
  for (const Candidate& c : candidates) total = std::max(total, minutes_down(*c.answer));
  for (const auto& row : rows) {
    std::vector<std::string> cells{
        row.component ? fmt::format("{:<{}}   {}", *row.component, widest, to_string(*row.cause)) : "several at once"};
    for (std::size_t i = 0; i < row.minutes_per_year.size(); ++i)
      cells.push_back(row.minutes_per_year[i] > 0 ? significant(row.minutes_per_year[i], digits) : "-");
    if (candidates.size() == 1 && total > 0)
      cells.push_back(fmt::format("{:.1f} %", row.minutes_per_year[0] / total * 100));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table infrastructure_table(const std::vector<Candidate>& candidates, int digits) {
  Table table;
  if (candidates.size() > 1) {
    table.header = {"min/year"};
    for (const Candidate& c : candidates) table.header.push_back(c.name);
  }
  std::vector<std::string> names;
  for (const Candidate& c : candidates)
    for (const InfrastructureShare& entry : c.answer->infrastructure)
      if (std::find(names.begin(), names.end(), entry.name) == names.end()) names.push_back(entry.name);
  for (const std::string& name : names) {
    std::vector<std::string> cells{name};
    for (const Candidate& c : candidates) {
      const auto& list = c.answer->infrastructure;
      const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.name == name; });
      cells.push_back(found == list.end() ? "-" : significant(found->downtime_share * minutes_down(*c.answer), digits));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table sweep_table(const std::vector<Sweep>& sweeps, const std::vector<std::vector<SweepValue>>& points,
                  const std::vector<Candidate>& candidates, bool show_names, const std::vector<AtWord>& at,
                  int digits) {
  Table table;
  for (const Sweep& sweep : sweeps) table.header.push_back(sweep.path);
  if (show_names) table.header.emplace_back("design");
  for (const char* label : {"availability", "nines", "min/year", "outages/year"}) table.header.emplace_back(label);
  const bool targets = any(candidates, [](const Answer& a) { return !a.targets.empty(); });
  const bool costs = any(candidates, [](const Answer& a) { return a.measures.cost_per_year.has_value(); });
  const bool with_demand = any(candidates, serves);
  if (with_demand) table.header.emplace_back("served");
  if (targets) table.header.push_back(target_label(candidates));
  if (costs) table.header.emplace_back("cost/year");
  for (const std::string& heading : over_time_headings(at)) table.header.push_back(heading);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Measures& m = candidates[i].answer->measures;
    std::vector<std::string> cells;
    for (const SweepValue& value : points[i]) cells.push_back(value.text);
    if (show_names) cells.push_back(candidates[i].name);
    cells.push_back(percent(*m.availability, *m.unavailability, digits));
    cells.push_back(m.nines ? fmt::format("{:.2f}", *m.nines) : "-");
    cells.push_back(significant(*m.downtime_min_per_year, digits));
    cells.push_back(significant(*m.failures_per_year, digits));
    if (with_demand) cells.push_back(served(digits)(*candidates[i].answer));
    if (targets) cells.push_back(met_or_missed(*candidates[i].answer));
    if (costs) cells.push_back(m.cost_per_year ? money(*m.cost_per_year) : "-");
    for (std::string& cell : over_time_cells(at, *candidates[i].answer, digits)) cells.push_back(std::move(cell));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string target_sentence(const Answer& answer, int digits) {
  std::string words;
  for (const TargetResult& t : answer.targets) {
    const double allowed = (1 - t.wanted) * 525600, got = minutes_down(answer);
    if (!words.empty()) words += "\n";
    if (t.measure == "breach_probability") {
      words += downtime_target_sentence(answer, digits);
      continue;
    }
    if (t.measure == "served") {
      words += fmt::format("Target {} served {}: {} of the demand may go unserved, {} does.", share(t.wanted),
                           t.met ? "met" : "missed", share(std::round((1 - t.wanted) * 1e12) / 1e12),
                           part(*answer.unserved, digits));
      continue;
    }
    words += fmt::format("Target {} {}: it allows {} min/year of downtime, ", share(t.wanted), t.met ? "met" : "missed",
                         significant(allowed, digits));
    words += t.met ? fmt::format("{} are left.", significant(std::max(0.0, allowed - got), digits))
                   : fmt::format("this is {} more.", significant(got - allowed, digits));
  }
  return words;
}

}  // namespace nines::cli
