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

  // The same of a plain node, whose two clocks never stand still and share one stream: life, restoration, life, ...
  struct alignas(64) PlainSource {
    Stream stream;
    std::uint64_t address = 0;
    const Sampler* samplers[2] = {};  // by slot
  };

  bool happens(double p) override;
  std::size_t pick(std::span<const double> weights) override;
  bool play_on(double until, Witness& witness, bool to_next_up);
  process::ActivityId ring(const ClockOwner& owner, std::uint32_t clock);
  process::ActivityId ring_plain(const ClockOwner& owner, std::uint32_t clock);
  void stop_ageing(NodeClock& clock);
  void restart_node(process::NodeId node);
  // When the clock of a plain node that entered this slot rings.
  [[nodiscard]] double next_of_plain(process::NodeId node, process::Slot slot) {
    if (slot == 2) return Clocks::kNever;
    double& ready = ready_[2 * std::size_t{node} + slot];
    const double next = now_ + ready;
    ready = draw_plain(node, slot);
    return next;
  }
  [[nodiscard]] double draw_plain(process::NodeId node, process::Slot slot) {
    PlainSource& source = plain_[node];
    return source.samplers[slot]->draw(Numbers{source.stream, seed_, number_, source.address});
  }
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
  std::vector<Source> sources_;     // by activity
  std::vector<PlainSource> plain_;  // by node
  // By plain node, its next life and its next restoration: drawn ahead, so that the next event need not wait for a
  // draw.
  std::vector<double> ready_;
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
  bool unsettled_ = false;        // something to say of this instant
  bool changes_are_old_ = false;  // of an event before: to be cleared
};

}  // namespace nines::sim
