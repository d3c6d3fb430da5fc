// RFC 4180; numbers as the shortest text that reads back, empty where something does not apply.
#include <cmath>

#include <fmt/format.h>

#include "cli/render/results.hpp"
#include "cli/render/version.hpp"
#include "model/description/quantity.hpp"
#include "model/study/comparison.hpp"

namespace nines::cli {
namespace {

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? number_text(*value) : "";
}

std::string row(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i ? "," : "") + cell(cells[i]);
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

std::string target_met(const Model& model, const Answer& answer) {
  const auto met = study::meets_target(model, answer);
  return met ? (*met ? "true" : "false") : "";
}

}  // namespace

std::string results_csv(const std::vector<Sweep>& sweeps, const std::vector<Case>& cases,
                        const std::vector<Answer>& answers) {
  auto columns = head(sweeps);
  const Measures none;
  for_each_measure(none, [&](const char* name, const char*, const auto&) { columns.emplace_back(name); });
  for (const char* name : {"target_met", "engine", "years", "seed", "model_sha256", "version"})
    columns.emplace_back(name);
  std::string text = row(columns);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    auto cells = head(cases[i]);
    for_each_measure(answers[i].measures,
                     [&](const char*, const char*, const auto& value) { cells.push_back(number(value)); });
    cells.insert(cells.end(),
                 {target_met(cases[i].model, answers[i]), answers[i].engine, "", "", cases[i].model.sha256, kVersion});
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
    const auto add = [&](const std::string& component, const std::string& cause, const char* measure,
                         const std::optional<double>& value) {
      if (!value || !std::isfinite(*value)) return;
      auto cells = head(cases[i]);
      cells.insert(cells.end(), {component, cause, "", measure, number(value), "", ""});
      text += row(cells);
    };
    for_each_measure(answer.measures,
                     [&](const char* name, const char*, const auto& value) { add("", "", name, value); });
    for (const ComponentShare& c : answer.components) {
      add(c.name, "", "unavailability", c.unavailability);
      add(c.name, "", "failures_per_year", c.failures_per_year);
      add(c.name, "", "birnbaum", c.birnbaum);
      add(c.name, "", "downtime_share", c.downtime_share);
    }
    for (const CauseShare& c : answer.causes)
      add(c.component.value_or(""), c.cause ? to_string(*c.cause) : "several at once", "downtime_min_per_year",
          c.downtime_min_per_year);
    for (const InfrastructureShare& s : answer.infrastructure) add(s.name, "", "downtime_share", s.downtime_share);
  }
  return text;
}

}  // namespace nines::cli
