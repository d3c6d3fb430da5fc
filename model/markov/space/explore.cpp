#include "model/markov/space/explore.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/markov/space/canonical_form.hpp"
#include "model/markov/space/large_pages.hpp"
#include "model/markov/space/local_moves.hpp"
#include "model/markov/space/scripted_chooser.hpp"
#include "model/markov/space/state_set.hpp"

namespace nines::markov {
namespace {

using process::Orbit;
using process::Process;
using process::Running;
using process::Slot;
using process::State;

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
        local_(process, packing_, stages),
        orbits_of_(process.wiring().groups.size()),
        source_(process.start()),
        ran_(process.wiring().activities.size(), 0) {
    source_.slots.resize(source_.slots.size() + stages.limits().size(), 0);
    for (const Law& law : process.wiring().laws) mean_h_.push_back(law.mean_h);  // infinite: never
    for (const Orbit& orbit : canonical_.orbits())
      orbits_of_[process.wiring().nodes[orbit.nodes[0]].group].push_back(&orbit);
  }

  [[nodiscard]] std::vector<char>& ran() { return ran_; }

  tl::expected<StateSpace, TooLarge> run() {
    Chain chain;
    chain.row_begin.push_back(0);
    stage(source_.slots, 0);
    find_staged();
    for (StateIndex from = 0; from < found_.size(); ++from) {
      collect(from);
      find_staged();
      merge_row(from);
      const std::size_t at = chain.target.size();
      extend(chain.target, row_.size());
      extend(chain.rate, row_.size());
      for (std::size_t i = 0; i < row_.size(); ++i) {
        chain.target[at + i] = row_[i].target;
        chain.rate[at + i] = row_[i].rate;
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
    space.slots.reserve(found_.size() * source_.slots.size());
    wish_for_large_pages(space.slots);
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

  void collect(StateIndex from) {
    work_ += ExploreLimits::charge(source_.slots.size());
    key_.assign(found_.key(from), found_.key(from) + packing_.words());
    unpacked_ = false;
    for (process::GroupId g = 0; g < process_.wiring().groups.size(); ++g) {
      if (!local_.is_local(g)) {
        collect_group(g);
      } else if (const auto moves = local_.find(g, key_.data())) {
        for (std::size_t i = 0; i < moves->rates.size(); ++i) {
          const std::size_t at = keys_.size();
          keys_.resize(at + key_.size());
          for (std::size_t w = 0; w < key_.size(); ++w) keys_[at + w] = key_[w] ^ moves->turned[i * key_.size() + w];
          staged(moves->rates[i]);
        }
      } else {
        const std::size_t begin = staged_.size();
        collect_group(g);
        rates_.clear();
        for (std::size_t i = begin; i < staged_.size(); ++i) rates_.push_back(staged_[i].rate);
        local_.keep(key_.data(), std::span(keys_).subspan(begin * key_.size()), rates_);
      }
    }
    if (process_.wiring().timers.empty()) return;
    look();
    for (std::uint32_t t = 0; t < process_.wiring().timers.size(); ++t)
      play_all(process_.running_of_timer(t, source_), 1);
  }

  // The state as the process sees it, as soon as somebody asks.
  void look() {
    if (unpacked_) return;
    packing_.unpack(key_.data(), source_.slots);
    process_.look(source_.slots, {}, source_.signals);
    unpacked_ = true;
  }

  // Grows fourfold: memory is touched as it is filled, so that what is never used costs less than copying would.
  template <class T>
  static void extend(std::vector<T>& list, std::size_t by) {
    if (list.size() + by > list.capacity()) {
      list.reserve(4 * (list.size() + by));
      wish_for_large_pages(list);
    }
    list.resize(list.size() + by);
  }

  // One of equal nodes in the same state stands for all of them.
  void collect_group(process::GroupId g) {
    look();
    find_different(g);
    for (const auto& [node, alike] : different_)
      play_all(process_.running_of_node(node, source_), static_cast<double>(alike));
    play_all(process_.running_of_group(g, source_), 1);
  }

  // Nodes of a group that differ, each with how many are like it, itself included. Before any is played: that looks at
  // other states.
  void find_different(process::GroupId g) {
    different_.clear();
    canonical_.look_at(source_.slots);
    for (const Orbit* orbit : orbits_of_[g]) {
      const auto& nodes = orbit->nodes;
      const auto looked = canonical_.look_at(*orbit, source_.slots);
      std::uint64_t last = 0;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::uint64_t mark = nodes.size() > 1 ? canonical_.mark(nodes[i], looked, source_.slots) : 0;
        if (i > 0 && mark == last)
          ++different_.back().second;
        else
          different_.emplace_back(nodes[i], 1);
        last = mark;
      }
    }
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
    staged(rate);
  }

  // The last of keys_ is a successor.
  void staged(double rate) {
    const std::uint64_t hash = found_.hash(keys_.data() + keys_.size() - packing_.words());
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
  LocalMoves local_;
  std::vector<std::vector<const Orbit*>> orbits_of_;  // by group
  std::vector<std::uint64_t> key_;                    // of the state whose successors are looked for
  bool unpacked_ = false;                             // it is in source_
  std::vector<double> rates_;
  std::vector<std::pair<process::NodeId, std::uint32_t>> different_;
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
