// Events of a history in words.
#pragma once

#include <string>
#include <vector>

#include "sim/history/script.hpp"

namespace nines::sim {

struct Words {
  std::string instance;  // `db[1]`, `db`
  std::string event;
};

[[nodiscard]] std::string instance_of(const Script& script, process::GroupId group);
// What rang: `db[1]` `fails: crash`, `db` `notices the failure`, ...
[[nodiscard]] Words event_words(const Script& script, const process::State& after, process::ActivityId activity);
// What came of it: modes that groups entered, units that a crew took on.
[[nodiscard]] std::vector<Words> change_words(const Script& script, const process::State& after,
                                              process::ActivityId activity);

}  // namespace nines::sim
