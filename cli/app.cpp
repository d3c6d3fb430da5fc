#include "cli/app.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/render/version.hpp"
#include "model/text/nearest.hpp"

namespace nines::cli {
namespace {

struct Command {
  const char* name;
  const char* sentence;
  int (*run)(Session&);
};

constexpr Command kCommands[] = {
    {"init", "print a commented model to start from: pair, cluster, web or quorum", run_init},
    {"check", "is the model sound, and does each design meet its target?", run_check},
    {"solve", "the analytic answer: availability, and where the downtime comes from", run_solve},
    {"compare", "all designs of all files side by side, and which is better", run_compare},
    {"explain", "an error code or key in full, or what a model means in plain words", run_explain},
    {"export", "the editor's schema, a picture of the structure, or the Markov chain for other tools", run_export},
};

// Named by the documentation, and not there yet.
constexpr const char* kLaterVerbs[] = {"simulate", "sensitivity", "optimize", "report"};
constexpr const char* kLaterOptions[] = {"--at",        "--simulate",    "--seed",      "--years",
                                         "--precision", "--max-events",  "--verify",    "--trace",
                                         "--story",     "--approximate", "--importance"};

void add_model_options(CLI::App& app, Options& options) {
  app.add_option("MODEL", options.models, "model files; `-` reads standard input");
  app.add_option("-s,--set", options.sets, "PATH=VALUE: override one value; repeat")
      ->type_size(1)
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("-d,--design", options.designs, "only these designs; repeat")
      ->type_size(1)
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
}

void add_result_options(CLI::App& app, Options& options, bool& exact) {
  app.add_option("--sweep", options.sweeps,
                 "PATH=RANGE: 1h..8h:8 points, 1h..8h:1h step, 1min..1day:9log, 3..9, 90%,95%; two make a grid")
      ->type_size(1)
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("-f,--format", options.format,
                 "table, csv, json or markdown; default: by the output's extension, or table");
  app.add_flag("--long", options.long_csv, "tidy CSV: one number a row");
  app.add_option("--digits", options.digits, "significant digits in tables");
  app.add_option("--max-states", options.max_states, "the budget of states; default 4 million");
  app.add_flag("--exact", exact, "never approximate (nothing is approximated yet)");
}

void add_common_options(CLI::App& app, Options& options, int& jobs) {
  app.add_option("-o,--output", options.output, "write to a file, whole or not at all");
  app.add_flag("-q,--quiet", options.quiet, "results and errors only");
  app.add_option("--color", options.color, "auto, always or never");
  app.add_option("--jobs", jobs, "threads; no answer depends on it");
}

// An option without its value, or with one that is no number.
void complain_of_value(Session& session, const CLI::App& command, const std::vector<std::string>& arguments,
                       const CLI::ParseError& error) {
  const std::string help = fmt::format("`nines {} --help` lists its options", command.get_name());
  std::string option, value;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::size_t equals = arguments[i].find('=');
    const std::string name = arguments[i].substr(0, equals);
    if (name.empty() || name[0] != '-' || !command.get_option_no_throw(name)) continue;
    if (dynamic_cast<const CLI::ConversionError*>(&error) && name != "--digits" && name != "--max-states" &&
        name != "--jobs")
      continue;
    option = name;
    value = equals != std::string::npos ? arguments[i].substr(equals + 1)
            : i + 1 < arguments.size()  ? arguments[i + 1]
                                        : "";
    if (dynamic_cast<const CLI::ConversionError*>(&error) &&
        (value.empty() || value.find_first_not_of("0123456789") != std::string::npos))
      break;
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error))
    return session.complain(fmt::format("`{}` takes a whole number, not `{}`", option, value), help);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) && !option.empty())
    return session.complain(fmt::format("`{}` needs a value", option), help);
  session.complain(error.what(), help);
}

// In our words: what CLI11 says of an error is terse.
void complain_of(Session& session, const CLI::App& app, const std::vector<std::string>& arguments,
                 const CLI::ParseError& error) {
  const auto known_options = [](const CLI::App& of) {
    std::vector<std::string> names;
    for (const CLI::Option* option : of.get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
  };
  std::vector<std::string> verbs;
  for (const Command& command : kCommands) verbs.emplace_back(command.name);
  const CLI::App* chosen = app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
  if (!chosen) {
    const auto verb = std::find_if(arguments.begin(), arguments.end(),
                                   [](const std::string& word) { return word.empty() || word[0] != '-'; });
    if (verb == arguments.end())
      return session.complain(
          arguments.empty() ? "what should be done?" : fmt::format("no command in `{}`", arguments[0]),
          "a command comes first: init, check, solve, compare, explain, export; `nines --help` says more");
    if (std::find(std::begin(kLaterVerbs), std::end(kLaterVerbs), *verb) != std::end(kLaterVerbs))
      return session.complain(fmt::format("`nines {}` is not supported yet", *verb),
                              "a later version has it; `nines --help` lists what there is");
    const std::string suggestion = text::did_you_mean(*verb, verbs);
    return session.complain(
        fmt::format("there is no command `{}`", *verb),
        suggestion.empty() ? "commands are init, check, solve, compare, explain, export" : suggestion);
  }
  const auto names = known_options(*chosen);
  for (const std::string& word : arguments) {
    if (word.size() < 2 || word[0] != '-' || word == "-") continue;
    const std::string option = word.substr(0, word.find('='));
    if (std::find(std::begin(kLaterOptions), std::end(kLaterOptions), option) != std::end(kLaterOptions) &&
        std::find(names.begin(), names.end(), option) == names.end())
      return session.complain(fmt::format("`{}` is not supported yet", option), "a later version has it");
  }
  if (const auto* extras = dynamic_cast<const CLI::ExtrasError*>(&error); extras) {
    const auto rest = chosen->remaining(true);
    const auto before = app.remaining(false);
    if (!before.empty())
      return session.complain(fmt::format("`{}` stands before the command", before.front()),
                              fmt::format("options follow it: `nines {} ...`", chosen->get_name()));
    const std::string word = rest.empty() ? "" : rest.front();
    const std::string suggestion = text::did_you_mean(word.substr(0, word.find('=')), names);
    return session.complain(
        fmt::format("`nines {}` has no option `{}`", chosen->get_name(), word),
        suggestion.empty() ? fmt::format("`nines {} --help` lists its options", chosen->get_name()) : suggestion);
  }
  complain_of_value(session, *chosen, arguments, error);
}

bool sound(Session& session, const Options& options) {
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
  if (options.sweeps.size() > 2) {
    session.complain("at most two `--sweep`: they make a grid");
    return false;
  }
  if (options.max_states < 1 || options.max_states > 4'000'000'000U) {
    session.complain("`--max-states` takes 1 to 4000000000");
    return false;
  }
  return true;
}

}  // namespace

int run(int argc, const char* const* argv) {
  Options options;
  bool exact = false;
  int jobs = 1;
  CLI::App app(
      "Availability of redundant systems: exact Markov answers from a model file of MTBF, MTTR and redundancy.",
      "nines");
  app.set_version_flag("--version", fmt::format("nines {}", kVersion));
  app.require_subcommand(1);
  app.footer("Try: nines init web > web.yaml; nines compare web.yaml");
  for (const Command& command : kCommands) {
    CLI::App* sub = app.add_subcommand(command.name, command.sentence);
    const std::string name = command.name;
    if (name == "init" || name == "explain") {
      sub->add_option("WORD", options.words,
                      name == "init" ? "pair, cluster, web or quorum" : "an error code, a key, or MODEL [NAME]");
      if (name == "explain") {
        sub->add_option("-s,--set", options.sets, "PATH=VALUE: override one value; repeat")
            ->type_size(1)
            ->expected(1)
            ->allow_extra_args(false)
            ->take_all();
        sub->add_option("-d,--design", options.designs, "only these designs; repeat")
            ->type_size(1)
            ->expected(1)
            ->allow_extra_args(false)
            ->take_all();
      }
    } else {
      add_model_options(*sub, options);
      if (name == "export") {
        sub->add_option("--to", options.to, "schema, dot or prism");
        sub->add_option("--module", options.module, "prism: only the module that holds this component");
        sub->add_option("--max-states", options.max_states, "the budget of states; default 4 million");
      } else {
        add_result_options(*sub, options, exact);
      }
    }
    add_common_options(*sub, options, jobs);
  }

  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    Session session(options);
    complain_of(session, app, arguments, error);
    return kWrongInput;
  }
  options.verb = app.get_subcommands().front()->get_name();
  Session session(options);
  if (!sound(session, options)) return kWrongInput;
  const bool reads_models = options.verb == "solve" || options.verb == "compare" || options.verb == "check";
  if (reads_models && options.models.empty()) {
    session.complain(fmt::format("`nines {}` needs a model file", options.verb),
                     "`nines init > model.yaml` prints one to start from");
    return kWrongInput;
  }
  if (options.verb == "solve" && options.models.size() > 1) {
    session.complain("`nines solve` takes one model", "`nines compare` takes several");
    return kWrongInput;
  }
  for (const Command& command : kCommands)
    if (options.verb == command.name) return command.run(session);
  return kWrongInput;
}

}  // namespace nines::cli
