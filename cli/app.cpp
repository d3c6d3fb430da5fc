#include "cli/app.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/arguments.hpp"
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
    {"init", "print a commented model to start from: pair, cluster, web, quorum or storage", run_init},
    {"check", "is the model sound, and does each design meet its target?", run_check},
    {"solve", "the analytic answer: availability, and where the downtime comes from", run_solve},
    {"simulate", "the Monte Carlo answer: any law, intervals, the bad years, and whether it agrees with solve",
     run_simulate},
    {"compare", "all designs of all files side by side, and which is better", run_compare},
    {"explain", "an error code or key in full, or what a model means in plain words", run_explain},
    {"export", "the editor's schema, a picture of the structure, or the Markov chain for other tools", run_export},
};

// Named by the documentation, and not there yet.
constexpr const char* kLaterVerbs[] = {"sensitivity", "optimize", "report"};
constexpr const char* kSimulationOptions[] = {"--simulate",   "--seed",   "--years", "--precision",
                                              "--max-events", "--verify", "--trace", "--story"};

// An option without its value, or with one that is no number.
void complain_of_value(Session& session, const CLI::App& command, const std::vector<std::string>& arguments,
                       const CLI::ParseError& error) {
  const std::string help = fmt::format("`nines {} --help` lists its options", command.get_name());
  std::string option, value;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::size_t equals = arguments[i].find('=');
    const std::string name = arguments[i].substr(0, equals);
    if (name.empty() || name[0] != '-' || !command.get_option_no_throw(name)) continue;
    if (dynamic_cast<const CLI::ConversionError*>(&error) && !is_counted(name)) continue;
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
          "a command comes first: init, check, solve, simulate, compare, explain, export; `nines --help` says more");
    if (std::find(std::begin(kLaterVerbs), std::end(kLaterVerbs), *verb) != std::end(kLaterVerbs))
      return session.complain(fmt::format("`nines {}` is not supported yet", *verb),
                              "a later version has it; `nines --help` lists what there is");
    const std::string suggestion = text::did_you_mean(*verb, verbs);
    return session.complain(
        fmt::format("there is no command `{}`", *verb),
        suggestion.empty() ? "commands are init, check, solve, simulate, compare, explain, export" : suggestion);
  }
  const auto names = known_options(*chosen);
  if (const auto* extras = dynamic_cast<const CLI::ExtrasError*>(&error); extras) {
    const auto rest = chosen->remaining(true);
    const auto before = app.remaining(false);
    if (!before.empty())
      return session.complain(fmt::format("`{}` stands before the command", before.front()),
                              fmt::format("options follow it: `nines {} ...`", chosen->get_name()));
    const std::string word = rest.empty() ? "" : rest.front();
    const std::string option = word.substr(0, word.find('='));
    std::string suggestion = text::did_you_mean(option, names);
    if (std::find(std::begin(kSimulationOptions), std::end(kSimulationOptions), option) != std::end(kSimulationOptions))
      suggestion = "it belongs to `nines simulate`";
    return session.complain(
        fmt::format("`nines {}` has no option `{}`", chosen->get_name(), word),
        suggestion.empty() ? fmt::format("`nines {} --help` lists its options", chosen->get_name()) : suggestion);
  }
  complain_of_value(session, *chosen, arguments, error);
}

}  // namespace

int run(int argc, const char* const* argv) {
  Options options;
  Words words;
  CLI::App app(
      "Availability of redundant systems: exact and simulated answers from a model file of MTBF, MTTR and redundancy.",
      "nines");
  app.set_version_flag("--version", fmt::format("nines {}", kVersion));
  app.require_subcommand(1);
  app.footer("Try: nines init web > web.yaml; nines compare web.yaml");
  for (const Command& command : kCommands) {
    CLI::App* sub = app.add_subcommand(command.name, command.sentence);
    add_arguments(*sub, command.name, options, words);
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
  const CLI::App& chosen = *app.get_subcommands().front();
  options.verb = chosen.get_name();
  if (!read_arguments(chosen, words, options)) return kWrongInput;
  Session session(options);
  const bool reads_models = options.verb != "init" && options.verb != "explain" && options.verb != "export";
  if (reads_models && options.models.empty()) {
    session.complain(fmt::format("`nines {}` needs a model file", options.verb),
                     "`nines init > model.yaml` prints one to start from");
    return kWrongInput;
  }
  if ((options.verb == "solve" || options.verb == "simulate") && options.models.size() > 1) {
    session.complain(
        fmt::format("`nines {}` takes one model", options.verb),
        options.verb == "solve" ? "`nines compare` takes several" : "`nines compare --simulate` takes several");
    return kWrongInput;
  }
  for (const Command& command : kCommands)
    if (options.verb == command.name) return command.run(session);
  return kWrongInput;
}

}  // namespace nines::cli
