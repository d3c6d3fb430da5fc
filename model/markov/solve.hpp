// The analytic engine: from a model to its answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"
#include "model/markov/chain/chain.hpp"

namespace nines::markov {

struct SolveOptions {
  std::uint64_t max_states = 4'000'000;
  std::size_t memory_limit = 0;  // bytes; 0: what the machine has available
  bool exact = false;            // refuse where something would be approximate
  std::vector<double> at_h;      // times above 0 for Answer::at, in any order
  bool approximate = false;      // groups over shared infrastructure one by one, though their joint chain may fit
  // How likely a month and a year hold more downtime than so many minutes: not said, where it costs little, always.
  enum class DowntimeTables : std::uint8_t { none, where_cheap, all };
  DowntimeTables downtime_tables = DowntimeTables::none;
  std::uint32_t many_names = 24;  // a module of so many is taken apart given what all of it shares
  bool importance = false;        // criticality, Fussell-Vesely, RAW and RRW of everything, and minimal cut sets
  std::size_t cut_sets = 1000;    // with it: how many of these are listed, the smallest first
  // Steps that cut sets of one module may take, and a diagram of all of one that is solved in pieces, which measures
  // over time need. What takes more is left out, and said.
  std::uint64_t cut_work = 6'000'000;
};

// Why there is no answer: exit code 3.
struct Refusal {
  std::string code;     // `not-exponential`, `not-exact`, `rounds-overlap`, `too-many-states`, `memory`, ...
  std::string message;  // one line
  std::vector<std::string> notes;
  std::vector<std::string> helps;  // what to do instead
};

// The steady state, importance and causes of one model.
[[nodiscard]] tl::expected<Answer, Refusal> solve(const Model& model, const SolveOptions& options = {});

// A chain whose states can be told apart and labelled, for export.
struct LabelledChain {
  Chain chain;
  std::vector<char> up;                  // by state: the system (or all components of the module) is up
  std::vector<std::string> variables;    // names of the state variables
  std::vector<std::vector<int>> values;  // by state, one per variable
};

// What `solve` takes apart: names of the independent modules, in order (`db`, `zones`, ...), each with what is in it.
struct ModuleInfo {
  std::string name;                  // of its first component
  std::vector<std::string> members;  // components and infrastructure
};
[[nodiscard]] std::vector<ModuleInfo> modules(const Model& model);

// The joint chain of everything that takes part, or of one module (by the name of any of its members).
[[nodiscard]] tl::expected<LabelledChain, Refusal> joint_chain(const Model& model, const std::string& module,
                                                               const SolveOptions& options = {});

}  // namespace nines::markov
