// Whose being down keeps the system down, and why: section "Measures" of the model reference.
#pragma once

#include <cstdint>
#include <optional>
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
  // The system would be up if nothing planned were under way.
  [[nodiscard]] bool planned() const { return planned_; }

 private:
  [[nodiscard]] std::optional<Cause> cause_of_holds(const History& history, const Watched& watched) const;
  [[nodiscard]] bool look_for_plans(const History& history);
  [[nodiscard]] bool up_without_infrastructure(const History& history, const Watched& watched);

  const Script& script_;
  std::vector<char> all_infrastructure_, maintenance_, one_entry_;  // supposed to be up, by group
  bool plans_ = false, planned_ = false;
  process::Signals supposed_, other_;
  bool supposed_known_ = false;
  std::vector<Share> components_;
  std::vector<std::uint32_t> entries_;
};

}  // namespace nines::sim
