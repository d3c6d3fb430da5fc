// One history told line by line.
#include "sim/history/history.hpp"
#include "sim/history/words.hpp"
#include "sim/simulate.hpp"

namespace nines::sim {
namespace {

using process::GroupId;

class Teller final : public Witness {
 public:
  Teller(const Script& script, double from_h, double to_h, const std::function<void(const TraceEvent&)>& tell)
      : script_(script), from_h_(from_h), to_h_(to_h), tell_(tell) {}

  [[nodiscard]] bool told() const override { return true; }

  void rang(const History& history, process::ActivityId activity) override {
    if (history.now() != time_) flush(was_up_);  // that instant changed nothing that is up or down
    time_ = history.now();
    if (time_ < from_h_ || time_ >= to_h_) return;
    instant_.push_back(event_words(script_, history.state(), activity));
    for (auto& words : change_words(script_, history.state(), activity)) instant_.push_back(std::move(words));
  }

  void instant(const History& history, std::span<const GroupId> flipped) override {
    const bool up = history.system_up();
    if (history.now() >= from_h_) {
      for (const GroupId group : flipped)
        // Of a hold its event says it, and what it takes down.
        if (script_.model().components[script_.process().wiring().groups[group].component].hold == Hold::none)
          instant_.push_back({instance_of(script_, group), history.is_up(group) ? "is up" : "is down"});
      if (up != was_up_) instant_.push_back({"system", up ? "is up" : "is down"});
    }
    was_up_ = up;
    flush(up);
  }

  void begin(const History& history) { was_up_ = history.system_up(); }

  void flush(bool up) {
    for (Words& words : instant_) tell_({time_, std::move(words.instance), std::move(words.event), up});
    instant_.clear();
  }

 private:
  const Script& script_;
  double from_h_, to_h_;
  const std::function<void(const TraceEvent&)>& tell_;
  std::vector<Words> instant_;  // of the instant under way
  double time_ = 0;             // its time
  bool was_up_ = true;
};

}  // namespace

void trace(const Model& model, const SimulateOptions& options, std::uint64_t number, double from_h, double to_h,
           const std::function<void(const TraceEvent&)>& tell) {
  const Script script(model);
  History history(script, options.seed);
  Teller teller(script, from_h, to_h, tell);
  history.begin(number);
  teller.begin(history);
  history.play(to_h, teller);
  teller.flush(history.system_up());
}

}  // namespace nines::sim
