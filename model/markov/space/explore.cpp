#include "model/markov/space/explore.hpp"

#include <algorithm>
#include <cmath>

#include "model/markov/space/canonical_form.hpp"
#include "model/markov/space/state_set.hpp"

namespace nines::markov {
namespace {

using process::Orbit;
using process::Process;
using process::Running;
using process::Slot;
using process::State;

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

struct Successor {
  StateIndex target;
  double rate;
};

class Explorer {
 public:
  Explorer(const Process& process, const ExploreLimits& limits, const Stages& stages)
      : process_(process),
        limits_(limits),
        stages_(stages),
        canonical_(process, limits.lump, stages),
        packing_(slot_limits(process, stages)),
        found_(packing_.words()),
        source_(process.start()),
        ran_(process.wiring().activities.size(), 0) {
    source_.slots.resize(source_.slots.size() + stages.limits().size(), 0);
    for (const Law& law : process.wiring().laws) mean_h_.push_back(law.mean_h);  // infinite: never
  }

  [[nodiscard]] std::vector<char>& ran() { return ran_; }

  tl::expected<StateSpace, TooLarge> run() {
    Chain chain;
    chain.row_begin.push_back(0);
    stage(source_.slots, 0);
    find_staged();
    for (StateIndex from = 0; from < found_.size(); ++from) {
      packing_.unpack(found_.key(from), source_.slots);
      process_.look(source_.slots, {}, source_.signals);
      collect();
      find_staged();
      merge_row(from);
      for (const Successor& s : row_) {
        chain.target.push_back(s.target);
        chain.rate.push_back(s.rate);
      }
      chain.row_begin.push_back(chain.target.size());
      if (found_.size() > limits_.states) return tl::unexpected(TooLarge{TooLarge::What::states, limits_.states});
      const std::uint64_t bytes =
          found_.size() * (StateSet::bytes_per_state(packing_.words()) + 12 + sizeof(Slot) * source_.slots.size()) +
          chain.target.size() * 12;
      if (bytes > limits_.bytes) return tl::unexpected(TooLarge{TooLarge::What::bytes, limits_.bytes});
      if (work_ > limits_.work()) return tl::unexpected(TooLarge{TooLarge::What::work, source_.slots.size()});
    }
    StateSpace space{std::move(chain), {}, source_.slots.size()};
    space.slots.resize(found_.size() * source_.slots.size());
    for (StateIndex i = 0; i < found_.size(); ++i)
      packing_.unpack(found_.key(i), std::span(space.slots).subspan(i * space.slots_per_state, space.slots_per_state));
    return space;
  }

 private:
  static std::vector<Slot> slot_limits(const Process& process, const Stages& stages) {
    std::vector<Slot> limits = process.wiring().slot_limit;
    limits.insert(limits.end(), stages.limits().begin(), stages.limits().end());
    return limits;
  }

  // One of equal nodes in the same state stands for all of them.
  void collect() {
    work_ += ExploreLimits::charge(source_.slots.size());
    canonical_.look_at(source_.slots);
    for (const Orbit& orbit : canonical_.orbits()) {
      for (std::size_t i = 0; i < orbit.nodes.size();) {
        std::size_t same = i + 1;
        if (orbit.nodes.size() > 1) {
          const auto looked = canonical_.look_at(orbit, source_.slots);
          const auto mark = canonical_.mark(orbit.nodes[i], looked, source_.slots);
          while (same < orbit.nodes.size() && canonical_.mark(orbit.nodes[same], looked, source_.slots) == mark) ++same;
        }
        play_all(process_.running_of_node(orbit.nodes[i], source_), static_cast<double>(same - i));
        i = same;
        canonical_.look_at(source_.slots);  // playing has looked at other states
      }
    }
    for (process::GroupId g = 0; g < process_.wiring().groups.size(); ++g)
      play_all(process_.running_of_group(g, source_), 1);
    for (std::uint32_t t = 0; t < process_.wiring().timers.size(); ++t)
      play_all(process_.running_of_timer(t, source_), 1);
  }

  void play_all(const Running& running, double times) {
    for (std::uint32_t i = 0; i < running.count; ++i) {
      const process::ActivityId activity = running.first + i;
      const double mean_h = mean_h_[activity];
      if (!std::isfinite(mean_h)) continue;
      ran_[activity] = 1;
      const Stages::Clock* clock = stages_.clock_of(activity);
      if (!clock)
        play(activity, times * running.speed / mean_h);
      else if (clock->deliveries)
        pass_orders(*clock, running.speed / mean_h);
      else
        pass_stage(*clock, times * running.speed / mean_h);
    }
  }

  // A stage of a clock ends: the next one follows, or it rings.
  void pass_stage(const Stages::Clock& clock, double speed) {
    const Slot stage_now = source_.slots[clock.slot];
    const double rate = speed * clock.law.rate[stage_now], goes_on = clock.law.goes_on[stage_now];
    if (goes_on < 1) play(clock.activity, rate * (1 - goes_on));
    if (goes_on > 0) {
      target_.slots = source_.slots;
      ++target_.slots[clock.slot];
      stage(target_.slots, rate * goes_on);
    }
  }

  // Of the orders under way those in one stage are alike.
  void pass_orders(const Stages::Clock& clock, double orders_per_mean) {
    const auto& timer = process_.wiring().timers[process_.wiring().activities[clock.activity].owner];
    const std::uint32_t later_stages = clock.law.order() - 1;
    Slot first = source_.slots[process_.wiring().spares[timer.owner].slot];
    const double per_order = orders_per_mean / first;
    for (std::uint32_t i = 0; i < later_stages; ++i) first -= source_.slots[clock.slot + i];
    for (std::uint32_t now = 0; now <= later_stages; ++now) {
      const Slot orders = now == 0 ? first : source_.slots[clock.slot + now - 1];
      if (orders == 0) continue;
      const double rate = orders * per_order * clock.law.rate[now], goes_on = clock.law.goes_on[now];
      const auto leave = [&](std::vector<Slot>& slots) {
        if (now > 0) --slots[clock.slot + now - 1];
      };
      if (goes_on < 1) play(clock.activity, rate * (1 - goes_on), leave);
      if (goes_on > 0) {
        target_.slots = source_.slots;
        leave(target_.slots);
        ++target_.slots[clock.slot + now];
        stage(target_.slots, rate * goes_on);
      }
    }
  }

  void play(process::ActivityId activity, double rate) {
    play(activity, rate, [](std::vector<Slot>&) {});
  }

  template <class Before>
  void play(process::ActivityId activity, double rate, Before&& before) {
    chooser_.begin_event();
    do {
      work_ += ExploreLimits::charge(source_.slots.size());
      target_.slots = source_.slots;
      target_.signals = source_.signals;
      before(target_.slots);
      process_.fire(activity, target_, chooser_);
      stages_.follow(process_, target_);
      const double probability = chooser_.probability();
      if (probability > 0) stage(target_.slots, rate * probability);
    } while (chooser_.next());
  }

  // Successors are looked for together at the end of their row: see StateSet::prefetch.
  void stage(std::vector<Slot>& slots, double rate) {
    canonical_.apply(slots);
    const std::size_t at = keys_.size();
    keys_.resize(at + packing_.words());
    packing_.pack(slots, keys_.data() + at);
    const std::uint64_t hash = found_.hash(keys_.data() + at);
    found_.prefetch(hash);
    staged_.push_back({hash, rate});
  }

  void find_staged() {
    row_.clear();
    for (std::size_t i = 0; i < staged_.size(); ++i)
      row_.push_back({found_.insert(keys_.data() + i * packing_.words(), staged_[i].hash).index, staged_[i].rate});
    staged_.clear();
    keys_.clear();
  }

  void merge_row(StateIndex self) {
    std::sort(row_.begin(), row_.end(), [](const Successor& a, const Successor& b) { return a.target < b.target; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].target == self) continue;
      if (kept > 0 && row_[kept - 1].target == row_[i].target)
        row_[kept - 1].rate += row_[i].rate;
      else
        row_[kept++] = row_[i];
    }
    row_.resize(kept);
  }

  const Process& process_;
  ExploreLimits limits_;
  const Stages& stages_;
  CanonicalForm canonical_;
  Packing packing_;
  StateSet found_;
  struct Staged {
    std::uint64_t hash;
    double rate;
  };
  std::vector<Staged> staged_;
  std::vector<std::uint64_t> keys_;  // of the staged, packed
  State source_, target_;
  std::vector<double> mean_h_;  // by activity
  std::vector<char> ran_;       // by activity
  ScriptedChooser chooser_;
  std::vector<Successor> row_;
  std::uint64_t work_ = 0;
};

}  // namespace

tl::expected<StateSpace, TooLarge> explore(const Process& process, const ExploreLimits& limits, const Stages& stages,
                                           std::vector<char>* ran) {
  Explorer explorer(process, limits, stages);
  auto space = explorer.run();
  if (ran) *ran = std::move(explorer.ran());
  return space;
}

}  // namespace nines::markov
