// Event by event: which clock rings next, and what follows.
#include <algorithm>
#include <functional>

#include "sim/history/history.hpp"

namespace nines::sim {

using process::ActivityId;
using process::GroupId;
using process::kNone;
using process::NodeId;

bool History::play(double until, Witness& witness) {
  return play_on(until, witness, false);
}

void History::play_to_next_up(double until, Witness& witness) {
  play_on(until, witness, true);
}

bool History::play_on(double until, Witness& witness, bool to_next_up) {
  return witness.told() ? play_on<true>(until, witness, to_next_up) : play_on<false>(until, witness, to_next_up);
}

template <bool kTold>
bool History::play_on(double until, Witness& witness, bool to_next_up) {
  // What stays in registers from one event of a plain node to the next.
  const process::PlainView view(state_);
  const Clocks::Tree tree = clocks_.tree();
  Plain* const plains = plain_.data();
  std::uint64_t events = events_;
  double now = now_;
  bool unsettled = unsettled_, whole = system_.whole();
  auto next = clocks_.next();
  // For a node that rings before long: first its own lines, then what those lead to. (Inline in any case: see Clocks.)
  const bool many = plain_.size() > kMany;
  const auto fetch = [&](std::uint32_t clock) __attribute__((always_inline)) {
    __builtin_prefetch(plains + clock, 1);
    __builtin_prefetch(reinterpret_cast<const char*>(plains + clock) + 64);
  };
  const auto look = [&](std::uint32_t clock) __attribute__((always_inline)) {
    const Plain& plain = plains[clock];
    __builtin_prefetch(&view.slots[plain.node.slot], 1);
    __builtin_prefetch(&view.node_up[plain.id], 1);
    if (plain.taken == Plain::kAhead - 1) __builtin_prefetch(&plain_sources_[clock], 1);
    tree.prefetch(clock);
  };
  const auto set_next = [&](std::uint32_t clock, double time) {
    next = tree.set_next(clock, time);
    if (many) {
      forecast_.note(clock, time);
      forecast_.go_on(now, fetch, look);
    }
  };
  const auto leave = [&] {
    events_ = events;
    now_ = now;
    unsettled_ = unsettled;
  };
  const auto settle = [&](GroupId group, bool changed, NodeId taken_on) {
    leave();
    state_.changes.clear();
    if (changed) process_.settle_plain(group, state_, *this);
    if (taken_on != kNone) state_.changes.units.push_back(taken_on);
    follow_changes();
    unsettled = unsettled_;
    next = clocks_.next();
  };
  while (true) {
    // Most of what happens where nothing is down for good: nodes that nobody else cares about.
    if (!kTold && whole && !unsettled) {
      while (next.time < until) {
        const std::uint32_t clock = next.clock;
        Plain& plain = plains[clock];
        if (plain.node.alone == 0) break;
        now = next.time;
        ++events;
        const bool changed = process::Process::turn_alone(plain.node, plain.id, view);
        set_next(clock, now + take_time(plain, clock));
        if (changed) [[unlikely]] {
          settle(plain.node.group, true, kNone);
          break;
        }
      }
    }
    if (unsettled && next.time > now) {
      leave();
      end_instant(witness);
      unsettled = false;
      whole = system_.whole();
      if (to_next_up && whole) return true;
    }
    if (next.time >= until) {
      now = until;
      leave();
      return next.time != Clocks::kNever;
    }
    now = next.time;
    ++events;
    const std::uint32_t clock = next.clock;
    Plain& plain = plains[clock];
    if (plain.id == kNone) {
      leave();
      const ActivityId activity = ring(script_.owners[clock]);
      if (kTold) witness.rang(*this, activity);
      unsettled = unsettled_;
      next = clocks_.next();
      continue;
    }
    const process::PlainTurn turn = process_.turn_plain(plain.node, plain.id, view, state_);
    set_next(clock, turn.slot == 2 ? Clocks::kNever : now + take_time(plain, clock));
    if (turn.group_changed || turn.taken_on != kNone) [[unlikely]] {
      settle(plain.node.group, turn.group_changed, turn.taken_on);
    }
    // Why the system is down may be another reason now.
    unsettled |= !whole;
    if (kTold) {
      leave();
      // A plain node that works was restored.
      witness.rang(*this, script_.owners[clock].first + (turn.slot == 0 ? 1 : 0));
    }
  }
}

void History::draw_ahead(std::uint32_t clock) {
  PlainSource& source = plain_sources_[clock];
  Plain& plain = plain_[clock];
  const auto bits = dozen(source.dozens++, seed_, number_, source.address);
  const Numbers more{more_[clock], seed_, number_, source.more_address};
  const Sampler &life = *source.life, &restoration = *source.restoration;
  plain.next = life.draw(bits[0], more);
  plain.later[0] = restoration.draw(bits[1], more);
  for (std::uint32_t i = 1; i + 1 < Plain::kAhead; i += 2) {
    plain.later[i] = life.draw(bits[i + 1], more);
    plain.later[i + 1] = restoration.draw(bits[i + 2], more);
  }
  plain.taken = 0;
}

ActivityId History::ring(const ClockOwner& owner) {
  ActivityId activity = kNone;
  if (owner.kind == ClockOwner::Kind::node) {
    NodeClock& node = nodes_[owner.id];
    activity = node.running.first;
    if (node.ages) {
      if (node.running.count > 1) {
        stop_ageing(node);
        const auto begin = sources_.begin() + node.running.first;
        const auto first = std::min_element(begin, begin + node.running.count,
                                            [](const Source& a, const Source& b) { return a.left < b.left; });
        activity += static_cast<ActivityId>(first - begin);
      }
      sources_[activity].left = -1;
      node.ages = false;
    }
    node.running.count = 0;
    choosing_ = process_.wiring().nodes[owner.id].group;
  } else if (owner.kind == ClockOwner::Kind::group) {
    activity = group_clock_[owner.id];
    group_clock_[owner.id] = kNone;
    choosing_ = owner.id;
  } else {
    TimerClock& timer = timers_[owner.id];
    activity = timer.runs;
    if (!timer.orders.empty()) {
      std::pop_heap(timer.orders.begin(), timer.orders.end(), std::greater<>());
      timer.orders.pop_back();
    }
    choosing_ = static_cast<std::uint32_t>(process_.wiring().groups.size()) + owner.id;
  }
  process_.fire(activity, state_, *this);
  follow_changes();
  return activity;
}

bool History::happens(double p) {
  Numbers numbers{choices_[choosing_], seed_, number_, script_.choice_address[choosing_]};
  return numbers.uniform() < p;
}

std::size_t History::pick(std::span<const double> weights) {
  Numbers numbers{choices_[choosing_], seed_, number_, script_.choice_address[choosing_]};
  double total = 0;
  for (const double weight : weights) total += weight;
  double left = numbers.uniform() * total;
  std::size_t i = 0;
  while (i + 1 < weights.size() && left >= weights[i]) left -= weights[i++];
  return i;
}

}  // namespace nines::sim
