// What the command line says, as data. Every command takes from it what it knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nines::cli {

enum class Format { table, csv, json, markdown };

// A time of `--at` as it was written: `1day`.
struct AtWord {
  std::string text;
  double hours = 0;
};

struct Options {
  std::string verb;
  std::vector<std::string> models;
  std::vector<std::string> words;  // of explain, init: whatever stands behind the verb
  std::vector<std::string> sets, sweeps, designs;
  std::string format;  // as written; empty: from the output's extension, or table
  std::string output;
  std::string module;  // export
  std::string to;      // export
  std::uint64_t max_states = 4'000'000;
  int digits = 0;  // 0: as many as are worth reading
  bool quiet = false;
  bool long_csv = false;
  bool exact = false;
  std::vector<AtWord> at;
  bool downtime = false;
  bool approximate = false;
  bool importance = false;      // solve
  std::size_t cut_sets = 1000;  // the same
  int jobs = 0;                 // threads; 0: as many as there are cores
  // simulate, compare --simulate
  bool simulate = false;
  std::uint64_t seed = 1;
  std::optional<double> years;
  double precision = 0.05;
  std::uint64_t max_events = 20'000'000;
  bool max_events_written = false;
  bool verify = false, story = false;
  std::string trace;
  std::string color = "auto";
};

[[nodiscard]] inline std::vector<double> hours_of(const std::vector<AtWord>& at) {
  std::vector<double> hours;
  for (const AtWord& word : at) hours.push_back(word.hours);
  return hours;
}

// Exit codes, fixed by the documentation of the command line.
enum Exit : int { kDone = 0, kNo = 1, kWrongInput = 2, kCouldNot = 3, kInterrupted = 130 };

}  // namespace nines::cli
