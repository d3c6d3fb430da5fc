#include "cli/arguments.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/description/quantity.hpp"
#include "model/text/nearest.hpp"

namespace nines::cli {
namespace {

// Beside simulating these a run does not need to know every state of the chain: what takes longer is not waited for.
constexpr std::uint64_t kStatesBesideSimulation = 200'000;

void add_repeated(CLI::App& app, const char* name, std::vector<std::string>& to, const char* sentence) {
  app.add_option(name, to, sentence)->type_size(1)->expected(1)->allow_extra_args(false)->take_all();
}

void add_overrides(CLI::App& app, Options& options) {
  add_repeated(app, "-s,--set", options.sets, "PATH=VALUE: override one value; repeat");
  add_repeated(app, "-d,--design", options.designs, "only these designs; repeat");
}

void add_result_options(CLI::App& app, Options& options, bool simulates) {
  add_repeated(app, "--sweep", options.sweeps,
               "PATH=RANGE: 1h..8h:8 points, 1h..8h:1h step, 1min..1day:9log, 3..9, 90%,95%; two make a grid");
  app.add_option("-f,--format", options.format,
                 "table, csv, json or markdown; default: by the output's extension, or table");
  app.add_flag("--long", options.long_csv, "tidy CSV: one number a row");
  app.add_option("--digits", options.digits, "significant digits in tables");
  app.add_option("--max-states", options.max_states,
                 simulates ? "the budget of states of the solved value beside it; default 200,000"
                           : "the budget of states; default 4 million");
  if (simulates) return;
  app.add_flag("--downtime", options.downtime,
               "how likely a month and a year hold more downtime than so many minutes, also where that takes long");
  auto* exact = app.add_flag("--exact", options.exact,
                             "never approximate (calendars, laws that are not exponential, groups taken apart): exit "
                             "with 3");
  app.add_flag(
         "--approximate", options.approximate,
         "solve groups over shared infrastructure one by one at once, not only where their joint chain is too large")
      ->excludes(exact);
}

void add_simulation_options(CLI::App& app, Options& options, Words& words) {
  app.add_option("--seed", options.seed, "whole number that the random numbers are made from; default 1");
  app.add_option("--years", words.years, "play so many years, the sum over histories");
  app.add_option("--precision", words.precision,
                 "play until the unavailability is known so well, half of its 95 % interval; default 5%");
  app.add_option("--max-events", options.max_events,
                 "play no more events than this for a design; default 20 million, or as many as --years needs");
}

bool wrong_number(Session& session, const char* option, const std::string& words, const char* takes) {
  session.complain(fmt::format("`{}` takes {}, not `{}`", option, takes, words));
  return false;
}

// One or more `--at`, each with a list.
bool read_times(Session& session, const std::vector<std::string>& lists, Options& options) {
  const auto refuse = [&](const std::string& message, const std::string& help) {
    session.complain("`--at`: " + message, help);
    return false;
  };
  for (const std::string& list : lists) {
    std::size_t from = 0;
    while (from <= list.size()) {
      const std::size_t comma = std::min(list.find(',', from), list.size());
      std::string word = list.substr(from, comma - from);
      word.erase(0, word.find_first_not_of(' '));
      word.erase(word.find_last_not_of(' ') + 1);
      from = comma + 1;
      if (word.empty()) return refuse(fmt::format("a time is missing in `{}`", list), "write `--at 1h,1day,1year`");
      const auto hours = read_duration(word);
      if (!hours) return refuse(hours.error().message, hours.error().help);
      if (*hours <= 0) return refuse(fmt::format("`{}` is not above 0", word), "at time 0 everything is new and up");
      for (const AtWord& other : options.at)
        if (other.hours == *hours)
          return refuse(other.text == word ? fmt::format("`{}` is there twice", word)
                                           : fmt::format("`{}` and `{}` are the same time", other.text, word),
                        "name each time once");
      options.at.push_back({word, *hours});
    }
  }
  return true;
}

bool read_simulation(Session& session, const CLI::App& command, const Words& words, Options& options) {
  if (!words.years.empty()) {
    const auto years = read_number(words.years);
    if (!years || *years <= 0) return wrong_number(session, "--years", words.years, "a number above 0");
    options.years = *years;
  }
  if (!words.precision.empty()) {
    const auto precision = read_probability(words.precision);
    if (!precision || *precision <= 0 || *precision >= 1)
      return wrong_number(session, "--precision", words.precision, "a share such as 1%");
    options.precision = *precision;
  }
  const CLI::Option* budget = command.get_option_no_throw("--max-events");
  options.max_events_written = budget && budget->count() > 0;
  if (options.max_events < 1) return wrong_number(session, "--max-events", "0", "a number above 0");
  return true;
}

}  // namespace

void add_arguments(CLI::App& command, const std::string& name, Options& options, Words& words) {
  if (name == "init" || name == "explain") {
    command.add_option(
        "WORD", options.words,
        name == "init" ? "pair, cluster, web, quorum or storage" : "an error code, a key, or MODEL [NAME]");
    if (name == "explain") add_overrides(command, options);
  } else {
    command.add_option("MODEL", options.models, "model files; `-` reads standard input");
    add_overrides(command, options);
    if (name == "export") {
      command.add_option("--to", options.to, "schema, dot or prism");
      command.add_option("--module", options.module, "prism: only the module that holds this component");
      command.add_option("--max-states", options.max_states, "the budget of states; default 4 million");
    } else {
      add_result_options(command, options, name == "simulate");
    }
  }
  if (name == "solve" || name == "simulate" || name == "compare")
    add_repeated(command, "--at", words.at, "1h,1day,1year: up at these times, and from time 0 until then");
  if (name == "solve") {
    command.add_flag("--importance", options.importance,
                     "criticality, Fussell-Vesely, RAW and RRW of all components and infrastructure; minimal cut sets");
    command.add_option("--cut-sets", options.cut_sets, "how many of these, the smallest first; default 1000");
  }
  if (name == "compare") command.add_flag("--simulate", options.simulate, "by simulation, common random numbers");
  if (name == "simulate" || name == "compare") add_simulation_options(command, options, words);
  if (name == "simulate") {
    command.add_flag("--verify", options.verify, "exit code 1 when the solved values are not those simulated");
    command.add_option("--trace", options.trace, "write one history to a .csv or .jsonl file");
    command.add_flag("--story", options.story, "tell the worst outage in words");
  }
  command.add_option("-o,--output", options.output, "write to a file, whole or not at all");
  command.add_flag("-q,--quiet", options.quiet, "results and errors only");
  command.add_option("--color", options.color, "auto, always or never");
  command.add_option("--jobs", options.jobs, "threads; default: the cores there are; no answer depends on it");
}

bool is_counted(const std::string& option) {
  static constexpr const char* kCounted[] = {"--digits", "--max-states", "--jobs",
                                             "--seed",   "--max-events", "--cut-sets"};
  return std::find(std::begin(kCounted), std::end(kCounted), option) != std::end(kCounted);
}

bool read_arguments(const CLI::App& command, const Words& words, Options& options) {
  Session session(options);
  if (!wanted_format(options)) {
    const std::vector<std::string> formats = {"table", "csv", "json", "markdown"};
    const std::string suggestion = text::did_you_mean(options.format, formats);
    session.complain(fmt::format("there is no format `{}`", options.format),
                     suggestion.empty() ? "formats are table, csv, json, markdown" : suggestion);
    return false;
  }
  if (options.color != "auto" && options.color != "always" && options.color != "never") {
    session.complain(fmt::format("`--color` takes auto, always or never, not `{}`", options.color));
    return false;
  }
  if (options.digits < 0 || options.digits > 15) {
    session.complain("`--digits` takes 1 to 15");
    return false;
  }
  if (options.jobs < 0 || options.jobs > 4096) {
    session.complain("`--jobs` takes 1 to 4096");
    return false;
  }
  if (options.sweeps.size() > 2) {
    session.complain("at most two `--sweep`: they make a grid");
    return false;
  }
  if (options.max_states < 1 || options.max_states > 4'000'000'000U) {
    session.complain("`--max-states` takes 1 to 4000000000");
    return false;
  }
  if (const CLI::Option* sets = command.get_option_no_throw("--cut-sets"); sets && sets->count() > 0) {
    if (!options.importance) {
      session.complain("`--cut-sets` is for importance measures", "add `--importance`");
      return false;
    }
    if (options.cut_sets > 1'000'000) {
      session.complain("`--cut-sets` takes 0 to 1000000");
      return false;
    }
  }
  options.simulate = options.simulate || options.verb == "simulate";
  const CLI::Option* states = command.get_option_no_throw("--max-states");
  if (options.simulate && states && states->count() == 0) options.max_states = kStatesBesideSimulation;
  if (!options.simulate) {
    for (const char* name : {"--seed", "--years", "--precision", "--max-events"})
      if (const CLI::Option* option = command.get_option_no_throw(name); option && option->count() > 0) {
        session.complain(fmt::format("`{}` is for the simulation", name), "add `--simulate`");
        return false;
      }
  }
  return read_times(session, words.at, options) && read_simulation(session, command, words, options);
}

}  // namespace nines::cli
