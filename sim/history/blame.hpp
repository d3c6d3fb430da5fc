// Whose being down keeps the system down, and why: section "Measures" of the model reference.
#pragma once

#include <cstdint>
#include <vector>

#include "model/answer/answer.hpp"
#include "sim/history/history.hpp"

namespace nines::sim {

class Blame {
 public:
  explicit Blame(const Script& script);

  struct Share {
    std::uint32_t watched = 0;  // into Script::watched
    Cause cause = Cause::too_few_nodes;
  };

  // Of the state as it is, the system being down.
  void look(const History& history);
  [[nodiscard]] const std::vector<Share>& components() const { return components_; }  // empty: several at once
  [[nodiscard]] const std::vector<std::uint32_t>& entries() const { return entries_; }

 private:
  [[nodiscard]] bool up_without_infrastructure(const History& history, const Watched& watched);

  const Script& script_;
  std::vector<char> all_infrastructure_, one_entry_;  // forced signals by group
  process::Signals supposed_, other_;
  bool supposed_known_ = false;
  std::vector<Share> components_;
  std::vector<std::uint32_t> entries_;
};

}  // namespace nines::sim
