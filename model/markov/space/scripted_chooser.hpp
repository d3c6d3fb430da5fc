// How the explorer answers where an event asks.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/process/chooser.hpp"

namespace nines::markov {

// Plays an event once for every sequence of answers: the last answer that still has an alternative is turned round.
class ScriptedChooser final : public process::Chooser {
 public:
  bool happens(double p) override {
    if (position_ == script_.size()) script_.push_back({p, p > 0, 0, 0});
    const Answer& answer = script_[position_++];
    probability_ *= answer.yes ? answer.p : 1 - answer.p;
    return answer.yes;
  }

  std::size_t pick(std::span<const double> weights) override {
    if (position_ == script_.size()) script_.push_back({0, false, 0, weights.size()});
    const Answer& answer = script_[position_++];
    double total = 0;
    for (const double weight : weights) total += weight;
    probability_ *= weights[answer.picked] / total;
    return answer.picked;
  }

  void begin_event() {
    script_.clear();
    begin_run();
  }
  void begin_run() {
    position_ = 0;
    probability_ = 1;
  }
  [[nodiscard]] double probability() const { return probability_; }

  // Whether another sequence of answers is left; it is then set up.
  bool next() {
    while (!script_.empty() && !script_.back().more()) script_.pop_back();
    if (script_.empty()) return false;
    script_.back().yes = false;
    ++script_.back().picked;
    begin_run();
    return true;
  }

 private:
  struct Answer {
    double p;
    bool yes;
    std::size_t picked, choices;  // of one of several; otherwise none

    [[nodiscard]] bool more() const { return choices > 0 ? picked + 1 < choices : yes && p < 1; }
  };
  std::vector<Answer> script_;
  std::size_t position_ = 0;
  double probability_ = 1;
};

}  // namespace nines::markov
