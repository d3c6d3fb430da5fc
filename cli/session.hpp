// One run of a command: its sources, where its words go, and the models it reads.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "model/description/model_file.hpp"
#include "model/description/sweep.hpp"
#include "model/markov/solve.hpp"
#include "model/text/problem.hpp"

namespace nines::cli {

// One design of one file at one point of the sweeps.
struct Case {
  std::string path;
  Model model;
  std::vector<SweepValue> point;  // one value per sweep
};

struct Cases {
  std::vector<Sweep> sweeps;
  std::vector<Case> list;        // by file, point, design
  std::vector<Case> as_written;  // with --set and no sweep: the same designs unchanged
};

class Session {
 public:
  explicit Session(const Options& options);

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] text::Sources& sources() { return sources_; }
  [[nodiscard]] Format format() const { return format_; }
  [[nodiscard]] bool color_on_stderr() const { return color_stderr_; }

  // Files, designs, --set and --sweep, read and checked. Nothing: everything wrong has been said.
  [[nodiscard]] std::optional<Cases> read_cases();
  // The analytic answer of each case, in order. Nothing: the refusal has been said.
  [[nodiscard]] std::optional<std::vector<Answer>> solve(const std::vector<Case>& cases, bool with_tables = false);

  void say(const text::Problems& problems);  // stderr
  void say_refusal(const markov::Refusal& refusal, const Case& at);
  void say_refusal(const markov::Refusal& refusal);
  void note(const std::string& line);  // stderr, not with -q
  // Errors of the command line itself.
  void complain(const std::string& message, const std::string& help = "");

  // The result, to stdout or the output file: whole or not at all. Gives the exit code.
  [[nodiscard]] int deliver(const std::string& result, int exit_code);

 private:
  [[nodiscard]] bool read_file_cases(const std::string& path, const std::vector<Override>& sets, Cases& cases);

  const Options& options_;
  text::Sources sources_;
  Format format_ = Format::table;
  bool color_stderr_ = false;
  std::vector<std::string> known_designs_;  // of the files read, where `--design` chooses
  std::set<std::string> said_;              // warnings already given: a sweep would repeat them at every point
};

// The format that the options ask for; nothing when the word is unknown.
[[nodiscard]] std::optional<Format> wanted_format(const Options& options);

}  // namespace nines::cli
