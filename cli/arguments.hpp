// Which command takes which option, and what the options' words must be.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/options.hpp"
#include "cli/session.hpp"

namespace nines::cli {

// Options of a command that are read as text before they are numbers.
struct Words {
  std::string years, precision;
  std::vector<std::string> at;
};

// Gives the command called `name` what it takes.
void add_arguments(CLI::App& command, const std::string& name, Options& options, Words& words);
// After parsing: what was written, turned into numbers and checked. False: what is wrong has been said.
[[nodiscard]] bool read_arguments(const CLI::App& command, const Words& words, Options& options);
// Options that take a whole number.
[[nodiscard]] bool is_counted(const std::string& option);

}  // namespace nines::cli
