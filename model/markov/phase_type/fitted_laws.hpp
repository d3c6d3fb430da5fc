// Which laws of a model have phase-type laws in their place, in the words of the file.
#pragma once

#include <string>
#include <vector>

#include "model/markov/phase_type/stages.hpp"

namespace nines::markov {

struct FittedLaw {
  std::string key, owner;  // `mttr` of `db`
  Law law;
  std::uint32_t order = 1;    // stages
  std::uint32_t moments = 1;  // that are met
  bool exact = false;

  friend bool operator==(const FittedLaw& a, const FittedLaw& b) {
    return a.key == b.key && a.owner == b.owner && a.law == b.law && a.order == b.order;
  }
};

// Each law once, of the clocks that ran (by activity).
[[nodiscard]] std::vector<FittedLaw> fitted_laws(const Model& model, const process::Process& process,
                                                 const Stages& stages, const std::vector<char>& ran);

// The key that the time of a failure mode is written by: `mtbf`, `failures.disk.mtbf`, `recovery.0.takes`.
[[nodiscard]] std::string key_of_mode(const FailureMode& mode, const std::string& key);
[[nodiscard]] std::string key_of_step(const FailureMode& mode, std::size_t step);

}  // namespace nines::markov
