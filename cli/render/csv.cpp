// Numbers as the shortest text that reads back, empty where something does not apply.
#include "cli/render/csv.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/render/results.hpp"
#include "cli/render/version.hpp"
#include "model/description/quantity.hpp"
#include "model/study/decision.hpp"

namespace nines::cli {
namespace {

std::string number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? number_text(*value) : "";
}

std::string row(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i ? "," : "") + csv_cell(cells[i]);
  return line + "\r\n";
}

std::vector<std::string> head(const std::vector<Sweep>& sweeps) {
  std::vector<std::string> cells = {"model", "design"};
  for (const Sweep& sweep : sweeps) cells.push_back(sweep.column);
  return cells;
}

std::vector<std::string> head(const Case& one) {
  std::vector<std::string> cells = {one.path, one.model.design};
  for (const SweepValue& value : one.point) cells.push_back(value.is_text ? value.text : number_text(value.number));
  return cells;
}

// Of a simulated answer whose interval holds a limit, and of a solved one that leaves a target open: neither.
std::string target_met(const Model& model, const Answer& answer) {
  const auto decision = study::decide(model, answer);
  if (!decision || *decision == study::Decision::undecided) return "";
  return *decision == study::Decision::met ? "true" : "false";
}

// What only a simulation has: distributions, promises broken, worst years, agreement, the difference between designs.
template <class Add>
void add_simulated(const Simulated& seen, const Add& add) {
  for (const Distribution& d : seen.distributions) {
    add("", "", d.of + "_mean", d.mean, nullptr);
    add("", "", d.of + "_most", d.most, nullptr);
    if (d.of != "outage_min") add("", "", d.of + "_none", d.none, nullptr);
    for (const auto& q : d.quantiles)
      add("", "", fmt::format("{}_quantile_{}", d.of, number_text(q.probability)), q.minutes, nullptr);
    for (const auto& e : d.exceeds)
      add("", "", fmt::format("{}_above_{}", d.of, number_text(e.minutes)), e.probability, &e.interval);
  }
  for (std::size_t i = 0; i < seen.worst_years.size(); ++i) {
    add("", "", fmt::format("worst_year_{}_downtime_min", i + 1), seen.worst_years[i].down_min, nullptr);
    add("", "", fmt::format("worst_year_{}_outages", i + 1), static_cast<double>(seen.worst_years[i].outages), nullptr);
  }
  for (const Agreement& a : seen.agreement) {
    add(a.component, "", a.measure + "_solved", a.solved, nullptr);
    add(a.component, "", a.measure + "_distance", a.distance, nullptr);
  }
  if (seen.difference)
    add("", "", "unavailability_less_" + seen.difference->from, seen.difference->unavailability,
        &seen.difference->interval);
}

}  // namespace

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string results_csv(const std::vector<Sweep>& sweeps, const std::vector<Case>& cases,
                        const std::vector<Answer>& answers) {
  auto columns = head(sweeps);
  const Measures none;
  const bool simulated =
      std::any_of(answers.begin(), answers.end(), [](const Answer& a) { return a.simulated.has_value(); });
  for_each_measure(none, [&](const std::string& name, const char*, const auto&) {
    columns.push_back(name);
    if (simulated && name == "unavailability")
      columns.insert(columns.end(), {"unavailability_low", "unavailability_high"});
  });
  // Every answer has the same times.
  const AtTime nothing;
  for (const AtTime& at : answers.empty() ? std::vector<AtTime>{} : answers.front().at)
    for_each_measure_at(nothing, [&](const char* name, const auto&) {
      columns.push_back(fmt::format("{}@{}h", name, number_text(at.time_h)));
    });
  for (const char* name : {"target_met", "engine", "years", "seed", "model_sha256", "version"})
    columns.emplace_back(name);
  std::string text = row(columns);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    auto cells = head(cases[i]);
    const Answer& answer = answers[i];
    for_each_measure(answer.measures, [&](const std::string& name, const char*, const auto& value) {
      cells.push_back(number(value));
      if (!simulated || name != "unavailability") return;
      const Interval* interval = study::interval_of(answer, name);
      cells.push_back(interval ? number(interval->first) : "");
      cells.push_back(interval ? number(interval->second) : "");
    });
    for (const AtTime& at : answer.at)
      for_each_measure_at(at, [&](const char*, const auto& value) { cells.push_back(number(value)); });
    cells.insert(cells.end(), {target_met(cases[i].model, answer), answer.engine});
    cells.push_back(answer.simulated ? number(answer.simulated->years) : "");
    cells.push_back(answer.simulated ? std::to_string(answer.simulated->seed) : "");
    cells.insert(cells.end(), {cases[i].model.sha256, kVersion});
    text += row(cells);
  }
  return text;
}

std::string results_long_csv(const std::vector<Sweep>& sweeps, const std::vector<Case>& cases,
                             const std::vector<Answer>& answers) {
  auto columns = head(sweeps);
  for (const char* name : {"component", "cause", "time_h", "measure", "value", "low", "high"})
    columns.emplace_back(name);
  std::string text = row(columns);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Answer& answer = answers[i];
    std::string time_h;
    const auto add = [&](const std::string& component, const std::string& cause, const std::string& measure,
                         const std::optional<double>& value, const Interval* interval = nullptr) {
      if (!interval && (!value || !std::isfinite(*value))) return;
      auto cells = head(cases[i]);
      cells.insert(cells.end(), {component, cause, time_h, measure, number(value)});
      cells.push_back(interval ? number(interval->first) : "");
      cells.push_back(interval ? number(interval->second) : "");
      text += row(cells);
    };
    for_each_measure(answer.measures, [&](const char* name, const char*, const auto& value) {
      add("", "", name, value, study::interval_of(answer, name));
    });
    for (const AtTime& at : answer.at) {
      time_h = number_text(at.time_h);
      for_each_measure_at(
          at, [&](const char* name, const auto& value) { add("", "", name, value, interval_at(at, name)); });
    }
    time_h.clear();
    const auto add_importance = [&](const std::string& name, const std::optional<Importance>& importance) {
      if (!importance) return;
      add(name, "", "criticality", importance->criticality);
      add(name, "", "fussell_vesely", importance->fussell_vesely);
      add(name, "", "raw", importance->raw);
      add(name, "", "rrw", importance->rrw);
    };
    for (const ComponentShare& c : answer.components) {
      add(c.name, "", "unavailability", c.unavailability,
          c.unavailability_interval ? &*c.unavailability_interval : nullptr);
      add(c.name, "", "failures_per_year", c.failures_per_year);
      add(c.name, "", "birnbaum", c.birnbaum);
      add(c.name, "", "downtime_share", c.downtime_share);
      add_importance(c.name, c.importance);
    }
    for (const CauseShare& c : answer.causes)
      add(c.component.value_or(""), c.cause ? to_string(*c.cause) : "several at once", "downtime_min_per_year",
          c.downtime_min_per_year);
    for (const DowntimeTable& t : answer.downtime)
      for (const auto& r : t.rows) add("", "", fmt::format("{}_above_{}", t.of, number_text(r.minutes)), r.probability);
    for (const InfrastructureShare& s : answer.infrastructure) {
      add(s.name, "", "downtime_share", s.downtime_share);
      add(s.name, "", "birnbaum", s.birnbaum);
      add_importance(s.name, s.importance);
    }
    if (answer.simulated) add_simulated(*answer.simulated, add);
  }
  return text;
}

}  // namespace nines::cli
