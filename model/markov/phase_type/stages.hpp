// The stages of clocks whose laws have phase-type laws in their place. What the simulator keeps as a time, drawn once
// and used up, is here a number: the process says which clocks run, which begin anew and which keep their age while
// they stand still, and knows of neither.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/markov/phase_type/phase_type.hpp"
#include "model/process/process.hpp"

namespace nines::markov {

// Slots behind those of the process. All are 0 where the clock is in its first stage, or stands still at age 0.
class Stages {
 public:
  Stages() = default;  // there are none: every law is an exponential of its mean
  Stages(const Model& model, const process::Process& process, const Fitting& fitting);

  // Largest values of the slots.
  [[nodiscard]] const std::vector<process::Slot>& limits() const { return limits_; }

  struct Clock {
    PhaseType law;
    process::ActivityId activity = 0;
    std::uint32_t slot = 0;  // its stage, from 0; of deliveries how many orders are in the second stage, then the third
    bool deliveries = false;
  };
  // Those whose law is not exponential, by number of the activity.
  [[nodiscard]] const std::vector<Clock>& clocks() const { return clocks_; }
  // Of an activity with more than one stage.
  [[nodiscard]] const Clock* clock_of(process::ActivityId activity) const {
    const std::uint32_t clock = clock_of_.empty() ? process::kNone : clock_of_[activity];
    return clock == process::kNone ? nullptr : &clocks_[clock];
  }

  // After an event: what begins anew is in its first stage.
  void follow(const process::Process& process, process::State& state) const;

  // The stages of a node, of which equal nodes are told apart.
  struct Place {
    std::uint32_t slot = 0;
    process::Slot values = 1;
  };
  [[nodiscard]] std::span<const Place> places_of(process::NodeId node) const {
    return first_place_.empty()
               ? std::span<const Place>{}
               : std::span(places_).subspan(first_place_[node], first_place_[node + 1] - first_place_[node]);
  }
  // Whether nodes of an orbit of the wiring differ by their numbers once they have ages.
  [[nodiscard]] bool tells_apart(const process::Process& process, const process::Orbit& orbit) const;

 private:
  std::uint32_t process_slots_ = 0;
  std::vector<Clock> clocks_;
  std::vector<std::uint32_t> clock_of_;    // by activity
  std::vector<std::uint32_t> life_slot_;   // by activity of a failure: its stage, or kNone
  std::vector<std::uint32_t> rest_slot_;   // by node: the stage of the phase of its restoration
  std::vector<std::uint32_t> group_slot_;  // by group
  std::vector<std::uint32_t> timer_slot_;  // by timer, deliveries left out
  std::vector<Place> places_;
  std::vector<std::uint32_t> first_place_;  // by node, and one more
  std::vector<process::Slot> limits_;
};

}  // namespace nines::markov
