// How much of the demand is not served, as a history is played.
#pragma once

#include <vector>

#include "model/structure/amounts.hpp"
#include "model/structure/live_amounts.hpp"
#include "sim/history/script.hpp"

namespace nines::sim {

class History;

class ServiceMeter {
 public:
  // The script's model has a demand.
  explicit ServiceMeter(const Script& script);

  // After History::begin().
  void begin(const History& history);
  // When an instant is over: looks at the groups that the history has touched, and at what they are copies of.
  void look(const History& history);
  // The share that is not served now, over the profile.
  [[nodiscard]] double missing() const { return missing_; }

 private:
  // Whether it serves another amount.
  bool look_at(const History& history, process::GroupId group);
  void add_up();

  const Script& script_;
  struct Level {
    structure::Scale scale;
    double share;
    structure::LiveAmounts system;
    std::vector<double> amounts;  // by group
  };
  std::vector<Level> levels_;
  std::vector<std::vector<process::GroupId>> asked_by_;  // by group: in whose copies it is
  std::vector<process::GroupId> waiting_;                // a heap, least first: what is in copies comes before
  double missing_ = 0;
};

}  // namespace nines::sim
