// One history of a model, played event by event.
//
// Every clock of a failure mode keeps what is left of its life while it stands still and runs at the stress the process
// gives it; all other clocks are drawn anew whenever they start. Times are in hours from the start of the history.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/structure/live_expression.hpp"
#include "sim/history/clocks.hpp"
#include "sim/history/forecast.hpp"
#include "sim/history/script.hpp"

namespace nines::sim {

class History;

// Who writes down what a history sees. Called when an instant is over, that is when every clock that rings at it has
// rung; `flipped` are the groups that are in another state than before it.
class Witness {
 public:
  Witness() = default;
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  virtual void instant(const History& history, std::span<const process::GroupId> flipped) = 0;
  // Each clock that rang, after its event; only where told() is true.
  virtual void rang(const History&, process::ActivityId) {}
  [[nodiscard]] virtual bool told() const { return false; }

 protected:
  ~Witness() = default;
};

class History final : private process::Chooser {
 public:
  History(const Script& script, std::uint64_t seed);

  // Time 0 of the history with this number.
  void begin(std::uint64_t number);
  // Plays on until `until`; every instant before it is over then. False when nothing will ever happen again.
  bool play(double until, Witness& witness);
  // The same, but ends as soon as the system is up.
  void play_to_next_up(double until, Witness& witness);

  [[nodiscard]] const Script& script() const { return script_; }
  [[nodiscard]] double now() const { return now_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] const process::State& state() const { return state_; }
  // As of the last instant that is over.
  [[nodiscard]] bool system_up() const { return system_.whole(); }
  [[nodiscard]] bool is_up(process::GroupId group) const { return up_[group] != 0; }
  [[nodiscard]] structure::LiveExpression& system() const { return system_; }
  // Where there is a demand: groups that may serve another amount of it since the last instant, some more than once.
  [[nodiscard]] std::span<const process::GroupId> touched() const { return touched_; }

 private:
  // Clocks, from which on what they touch is in no near cache. Below, a forecast costs more than it brings.
  static constexpr std::size_t kMany = 10'000;

  struct NodeClock {
    double since = 0;  // when it was last set going
    process::Running running;
    bool ages = false;  // clocks of failure modes: they keep their age
  };
  // All that a draw touches, on one line of the cache.
  struct alignas(64) Source {
    Stream stream;
    std::uint64_t address = 0;
    double left = -1;  // hours of a failure mode's life that are left; negative: to be drawn
    const Sampler* sampler = nullptr;
  };

  // A plain node, whose two clocks never stand still: life, restoration, life, ... They are drawn many at a time, so
  // that no event waits for a draw, and what draws needs its lines of the cache once in a while. All that an event
  // touches of it is here.
  struct alignas(64) Plain {
    static constexpr std::uint32_t kAhead = 12;
    process::NodeId id = process::kNone;  // kNone: this clock is none of a plain node
    process::PlainNode node;
    std::uint32_t taken = 0;  // of `later`
    double next = 0;          // the time that is used next, where no look at `taken` is needed to find it
    double later[kAhead - 1] = {};
  };
  static_assert(sizeof(Plain) == 128);  // two lines
  // Where a plain node's times come from, on one line: each has one number, that of life before that of restoration.
  struct alignas(64) PlainSource {
    std::uint64_t dozens = 0;                     // that have been drawn
    std::uint64_t address = 0, more_address = 0;  // the latter of `more_`
    const Sampler* life = nullptr;
    const Sampler* restoration = nullptr;
  };

  bool happens(double p) override;
  std::size_t pick(std::span<const double> weights) override;
  bool play_on(double until, Witness& witness, bool to_next_up);
  template <bool kTold>
  bool play_on(double until, Witness& witness, bool to_next_up);
  process::ActivityId ring(const ClockOwner& owner);
  void stop_ageing(NodeClock& clock);
  void restart_node(process::NodeId node);
  // The next life or restoration of a plain node, whichever it is.
  [[nodiscard]] double take_time(Plain& plain, std::uint32_t clock) {
    const double time = plain.next;
    if (plain.taken < Plain::kAhead - 1) [[likely]]
      plain.next = plain.later[plain.taken++];
    else
      draw_ahead(clock);
    return time;
  }
  void draw_ahead(std::uint32_t clock);
  void restart_group(process::GroupId group);
  void restart_stress(process::GroupId group);
  void restart_timer(std::uint32_t timer);
  // When a clock that starts now rings.
  [[nodiscard]] double time_of(process::ActivityId activity);
  void follow_changes();
  void touch(process::GroupId group);
  void touch_changed();
  void end_instant(Witness& witness);
  [[nodiscard]] double draw(Source& source) const {
    return source.sampler->draw(Numbers{source.stream, seed_, number_, source.address});
  }

  const Script& script_;
  const process::Process& process_;
  std::uint64_t seed_, number_ = 0, events_ = 0;
  double now_ = 0;
  process::State state_, start_;
  Clocks clocks_;
  Forecast forecast_;
  std::vector<Source> sources_;             // by activity
  std::vector<Plain> plain_;                // by clock
  std::vector<PlainSource> plain_sources_;  // by clock
  // By clock, for the few draws of a plain node that one number does not serve: apart, so that every dozen begins with
  // a block.
  std::vector<Stream> more_;
  std::vector<Stream> choices_;  // by group, then by timer
  std::vector<NodeClock> nodes_;
  std::vector<process::ActivityId> group_clock_;  // by group: the one that runs, or kNone
  struct TimerClock {
    process::ActivityId runs = process::kNone;
    std::vector<double> orders;  // of deliveries: when each comes, a heap with the earliest first
  };
  std::vector<TimerClock> timers_;
  std::uint32_t choosing_ = 0;  // into choices_

  mutable structure::LiveExpression system_;  // asked "what if", it is as before
  std::vector<char> up_;                      // by group, as of the last instant that is over
  std::vector<process::GroupId> flips_;       // that may be in another state since
  const bool serves_;                         // there is a demand
  std::vector<process::GroupId> touched_;
  bool unsettled_ = false;  // something to say of this instant
};

}  // namespace nines::sim
