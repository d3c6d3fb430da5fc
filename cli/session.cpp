#include "cli/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/render/problems.hpp"
#include "model/text/nearest.hpp"

namespace nines::cli {
namespace {

bool wants_color(const std::string& wish, int file) {
  if (wish != "auto") return wish == "always";
  const char* no_color = std::getenv("NO_COLOR");
  return !(no_color && *no_color) && ::isatty(file) != 0;
}

constexpr std::size_t kMostPoints = 100'000;

// Every combination of the sweeps' values, the last one fastest.
std::vector<std::vector<SweepValue>> grid(const std::vector<Sweep>& sweeps) {
  std::vector<std::vector<SweepValue>> points{{}};
  for (const Sweep& sweep : sweeps) {
    std::vector<std::vector<SweepValue>> longer;
    for (const auto& point : points)
      for (const SweepValue& value : sweep.values) {
        longer.push_back(point);
        longer.back().push_back(value);
      }
    points = std::move(longer);
  }
  return points;
}

}  // namespace

std::optional<Format> wanted_format(const Options& options) {
  std::string word = options.format;
  if (word.empty()) {
    const auto ends = [&](const char* ending) { return options.output.ends_with(ending); };
    word = ends(".csv") ? "csv" : ends(".json") ? "json" : ends(".md") ? "markdown" : "table";
  }
  if (word == "table") return Format::table;
  if (word == "csv") return Format::csv;
  if (word == "json") return Format::json;
  if (word == "markdown") return Format::markdown;
  return std::nullopt;
}

Session::Session(const Options& options)
    : options_(options),
      format_(wanted_format(options).value_or(Format::table)),
      color_stderr_(wants_color(options.color, STDERR_FILENO)) {}

void Session::say(const text::Problems& problems) {
  std::string words;
  for (const text::Problem& problem : problems) {
    const bool warning = problem.severity == text::Severity::warning;
    if (warning && options_.quiet) continue;
    const std::string rendered = render(sources_, problem, color_stderr_);
    if (warning && !said_.insert(rendered).second) continue;
    if (!words.empty()) words += "\n";
    words += rendered;
  }
  std::fputs(words.c_str(), stderr);
}

void Session::say_refusal(const markov::Refusal& refusal, const Case& at) {
  std::string about = fmt::format("{}, design {}", at.path, at.model.design);
  for (const SweepValue& value : at.point) about += fmt::format(", {} = {}", value.change.path, value.text);
  std::fputs(render(refusal, about, color_stderr_).c_str(), stderr);
}

void Session::say_refusal(const markov::Refusal& refusal) {
  std::fputs(render(refusal, "", color_stderr_).c_str(), stderr);
}

void Session::note(const std::string& line) {
  if (!options_.quiet) std::fputs((line + "\n").c_str(), stderr);
}

void Session::complain(const std::string& message, const std::string& help) {
  std::fputs(
      render(
          markov::Refusal{"command-line", message, {}, help.empty() ? std::vector<std::string>{} : std::vector{help}},
          "", color_stderr_)
          .c_str(),
      stderr);
}

bool Session::read_file_cases(const std::string& path, const std::vector<Override>& sets, Cases& cases) {
  auto file = load_model_file(sources_, path);
  if (!file) {
    say(file.error());
    return false;
  }
  // Of several files each gives those of the wanted designs that it has.
  std::vector<std::string> designs;
  known_designs_.insert(known_designs_.end(), file->designs.begin(), file->designs.end());
  for (const std::string& wanted : options_.designs) {
    if (std::find(file->designs.begin(), file->designs.end(), wanted) != file->designs.end()) designs.push_back(wanted);
  }
  if (designs.empty() && !options_.designs.empty()) return true;
  const auto read = [&](const std::vector<Override>& overrides, const std::vector<SweepValue>& point,
                        std::vector<Case>& to) {
    auto readings = read_designs(sources_, *file, designs, overrides);
    if (!readings) {
      say(readings.error());
      return false;
    }
    for (Reading& reading : *readings) {
      say(reading.warnings);
      to.push_back({path, std::move(reading.model), point});
    }
    return true;
  };
  for (const auto& point : grid(cases.sweeps)) {
    std::vector<Override> overrides = sets;
    for (const SweepValue& value : point) overrides.push_back(value.change);
    if (!read(overrides, point, cases.list)) return false;
  }
  if (!sets.empty() && cases.sweeps.empty()) return read({}, {}, cases.as_written);
  return true;
}

std::optional<Cases> Session::read_cases() {
  Cases cases;
  std::vector<Override> sets;
  text::Problems wrong;
  for (const std::string& words : options_.sets) {
    auto change = parse_override(sources_, "--set", words);
    if (change)
      sets.push_back(std::move(*change));
    else
      wrong.insert(wrong.end(), change.error().begin(), change.error().end());
  }
  for (const std::string& words : options_.sweeps) {
    auto sweep = parse_sweep(sources_, words);
    if (sweep)
      cases.sweeps.push_back(std::move(*sweep));
    else
      wrong.insert(wrong.end(), sweep.error().begin(), sweep.error().end());
  }
  if (!wrong.empty()) {
    say(wrong);
    return std::nullopt;
  }
  if (cases.sweeps.size() == 2 && cases.sweeps[0].path == cases.sweeps[1].path) {
    complain(fmt::format("`{}` is swept twice", cases.sweeps[0].path), "a grid takes two paths");
    return std::nullopt;
  }
  if (cases.sweeps.size() == 2 && cases.sweeps[0].values.size() * cases.sweeps[1].values.size() > kMostPoints) {
    complain(fmt::format("a grid of {} x {} is more than {} points", cases.sweeps[0].values.size(),
                         cases.sweeps[1].values.size(), kMostPoints),
             "take fewer of either");
    return std::nullopt;
  }
  bool fine = true;  // each file has its say
  for (const std::string& path : options_.models) fine = read_file_cases(path, sets, cases) && fine;
  if (!fine) return std::nullopt;
  for (const std::string& wanted : options_.designs) {
    if (std::find(known_designs_.begin(), known_designs_.end(), wanted) != known_designs_.end()) continue;
    const std::string suggestion = text::did_you_mean(wanted, known_designs_);
    std::string all;
    std::vector<std::string> said;
    for (const std::string& name : known_designs_) {
      if (std::find(said.begin(), said.end(), name) != said.end()) continue;
      said.push_back(name);
      all += (all.empty() ? "" : ", ") + name;
    }
    complain(fmt::format("there is no design `{}`", wanted), suggestion.empty() ? "designs are " + all : suggestion);
    fine = false;
  }
  if (!fine) return std::nullopt;
  return cases;
}

std::optional<std::vector<Answer>> Session::solve(const std::vector<Case>& cases, bool with_tables) {
  markov::SolveOptions solve_options;
  solve_options.max_states = options_.max_states;
  solve_options.exact = options_.exact;
  solve_options.at_h = hours_of(options_.at);
  solve_options.approximate = options_.approximate;
  using Tables = markov::SolveOptions::DowntimeTables;
  if (options_.downtime)
    solve_options.downtime_tables = Tables::all;
  else if (with_tables)
    solve_options.downtime_tables = Tables::where_cheap;
  solve_options.importance = options_.importance;
  solve_options.cut_sets = options_.cut_sets;
  std::vector<Answer> answers;
  for (const Case& one : cases) {
    auto answer = markov::solve(one.model, solve_options);
    if (!answer) {
      say_refusal(answer.error(), one);
      return std::nullopt;
    }
    answers.push_back(std::move(*answer));
  }
  return answers;
}

int Session::deliver(const std::string& result, int exit_code) {
  const std::string problem = write_output(options_.output, result);
  if (problem.empty()) return exit_code;
  std::fputs(render(markov::Refusal{"output", problem, {}, {}}, "", color_stderr_).c_str(), stderr);
  return kCouldNot;
}

}  // namespace nines::cli
