#include "sim/history/history.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace nines::sim {

using process::ActivityId;
using process::GroupId;
using process::kNone;
using process::NodeId;
using process::Running;

History::History(const Script& script, std::uint64_t seed)
    : script_(script),
      process_(script.process()),
      seed_(seed),
      start_(process_.start()),
      clocks_(script.owners.size()),
      sources_(script.draws.size()),
      plain_(process_.wiring().nodes.size()),
      ready_(2 * plain_.size()),
      choices_(script.choice_address.size()),
      nodes_(process_.wiring().nodes.size()),
      group_clock_(process_.wiring().groups.size()),
      timers_(process_.wiring().timers.size()),
      system_(script.model().system, script.model().components.size()),
      up_(process_.wiring().groups.size()),
      serves_(!script.model().demand.empty()) {
  for (std::size_t a = 0; a < sources_.size(); ++a) {
    sources_[a].address = script.draws[a].address;
    sources_[a].sampler = &script.samplers[script.draws[a].sampler];
  }
  for (NodeId id = 0; id < plain_.size(); ++id) {
    const auto& node = process_.wiring().nodes[id];
    if (!node.plain) continue;
    plain_[id].address = script.draws[node.first_activity].address;
    for (ActivityId a = 0; a < 2; ++a) plain_[id].samplers[a] = sources_[node.first_activity + a].sampler;
  }
}

void History::begin(std::uint64_t number) {
  number_ = number;
  events_ = 0;
  now_ = 0;
  state_ = start_;
  clocks_.clear();
  for (Source& source : sources_) {
    source.stream.begin();
    source.left = -1;
  }
  for (Stream& stream : choices_) stream.begin();
  for (PlainSource& source : plain_) source.stream.begin();
  std::fill(group_clock_.begin(), group_clock_.end(), kNone);
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    nodes_[node] = {};
    if (process_.wiring().nodes[node].plain)
      for (process::Slot slot = 0; slot < 2; ++slot) ready_[2 * std::size_t{node} + slot] = draw_plain(node, slot);
    restart_node(node);
  }
  for (GroupId group = 0; group < group_clock_.size(); ++group) {
    restart_group(group);
    up_[group] = state_.signals.up[group];
    system_.set(process_.wiring().groups[group].component, up_[group] != 0);
  }
  for (std::uint32_t timer = 0; timer < timers_.size(); ++timer) {
    timers_[timer] = {};
    restart_timer(timer);
  }
  flips_.clear();
  touched_.clear();
  unsettled_ = false;
}

bool History::play(double until, Witness& witness) {
  return play_on(until, witness, false);
}

void History::play_to_next_up(double until, Witness& witness) {
  play_on(until, witness, true);
}

bool History::play_on(double until, Witness& witness, bool to_next_up) {
  const bool told = witness.told();
  while (true) {
    const auto [time, clock] = clocks_.next();
    if (unsettled_ && time > now_) {
      end_instant(witness);
      if (to_next_up && system_.whole()) return true;
    }
    if (time >= until) {
      now_ = until;
      return time != Clocks::kNever;
    }
    now_ = time;
    ++events_;
    const ClockOwner& owner = script_.owners[clock];
    const ActivityId activity =
        owner.kind == ClockOwner::Kind::plain_node ? ring_plain(owner, clock) : ring(owner, clock);
    if (told) witness.rang(*this, activity);
  }
}

ActivityId History::ring_plain(const ClockOwner& owner, std::uint32_t clock) {
  const ActivityId activity = owner.first + state_.slots[owner.slot];
  if (changes_are_old_) {
    state_.changes.clear();
    changes_are_old_ = false;
  }
  NodeId taken_on = kNone;
  const bool more = process_.turn_plain(owner.id, state_, *this, taken_on);
  clocks_.set_next(clock, next_of_plain(owner.id, state_.slots[owner.slot]));
  if (taken_on != kNone) state_.changes.units.push_back(taken_on);
  if (more || taken_on != kNone) follow_changes();
  if (!system_.whole()) unsettled_ = true;
  return activity;
}

ActivityId History::ring(const ClockOwner& owner, std::uint32_t clock) {
  if (owner.kind == ClockOwner::Kind::served_node) {
    touch(process_.wiring().nodes[owner.id].group);
    return ring_plain(owner, clock);
  }
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

// What is left of each mode's life, now that its clock stands still.
void History::stop_ageing(NodeClock& clock) {
  const double aged = (now_ - clock.since) * clock.running.speed;
  for (ActivityId a = clock.running.first; a < clock.running.first + clock.running.count; ++a)
    sources_[a].left = std::max(0.0, sources_[a].left - aged);
  clock.ages = false;
}

void History::restart_node(NodeId id) {
  const auto& node = process_.wiring().nodes[id];
  if (node.plain) return clocks_.set(script_.clock_of_node[id], next_of_plain(id, state_.slots[node.slot]));
  NodeClock& clock = nodes_[id];
  const Running running = process_.running_of_node(id, state_);
  if (running.count == clock.running.count && running.count > 0 && running.first == clock.running.first &&
      running.speed == clock.running.speed)
    return;
  if (clock.ages) {
    stop_ageing(clock);
    // A shock failed it: its restoration makes the clock of that mode new.
    if (const process::Slot slot = state_.slots[node.slot]; slot != 0)
      sources_[node.first_activity + process_.wiring().kinds[node.kind].mode_of(slot)].left = -1;
  }
  clock.running = running;
  clock.since = now_;
  double next = Clocks::kNever;
  if (running.count > 0) {
    clock.ages = state_.slots[node.slot] == 0;
    if (clock.ages) {
      for (ActivityId a = running.first; a < running.first + running.count; ++a) {
        Source& source = sources_[a];
        if (source.left < 0) source.left = draw(source);
        next = std::min(next, source.left);
      }
      if (running.speed != 1) next /= running.speed;
      next += now_;
      if (sources_[running.first].sampler->every() > 0) next = time_of(running.first);
    } else {
      next = now_ + draw(sources_[running.first]);
    }
  }
  clocks_.set(script_.clock_of_node[id], next);
}

// The clock of a mode just entered, or of one whose clock may have to start or stop.
void History::restart_group(GroupId id) {
  if (script_.clock_of_group[id] == kNone) return;
  const Running running = process_.running_of_group(id, state_);
  group_clock_[id] = running.count > 0 ? running.first : kNone;
  double next = Clocks::kNever;
  if (running.count > 0) next = running.speed == 1 ? time_of(running.first) : now_ + draw(sources_[running.first]) / running.speed;
  clocks_.set(script_.clock_of_group[id], next);
}

double History::time_of(ActivityId activity) {
  Source& source = sources_[activity];
  const double every = source.sampler->every();
  if (every == 0) return now_ + draw(source);
  // The first multiple after now; times of a calendar that fall together are the same number.
  double due = every * (std::floor(now_ / every) + 1);
  while (due <= now_) due += every;
  return due;
}

void History::restart_timer(std::uint32_t id) {
  TimerClock& timer = timers_[id];
  const Running running = process_.running_of_timer(id, state_);
  timer.runs = running.count > 0 ? running.first : kNone;
  double next = Clocks::kNever;
  if (process_.wiring().timers[id].kind != process::Timer::Kind::delivery) {
    if (running.count > 0) next = time_of(running.first);
  } else {
    while (timer.orders.size() < static_cast<std::size_t>(running.speed)) {
      timer.orders.push_back(time_of(running.first));
      std::push_heap(timer.orders.begin(), timer.orders.end(), std::greater<>());
    }
    if (!timer.orders.empty()) next = timer.orders.front();
  }
  clocks_.set(script_.clock_of_timer[id], next);
}

void History::restart_stress(GroupId id) {
  for (const NodeId node : script_.stress_of[id]) restart_node(node);
}

void History::follow_changes() {
  const process::Changes& changes = state_.changes;
  changes_are_old_ = true;
  for (const NodeId node : changes.units) restart_node(node);
  for (const GroupId group : changes.entered) {
    restart_group(group);
    restart_stress(group);
  }
  for (const GroupId group : changes.stirred) {
    const bool runs = process_.running_of_group(group, state_).count > 0;
    if (runs != (group_clock_[group] != kNone)) restart_group(group);
    restart_stress(group);
  }
  for (const std::uint32_t timer : changes.timers) restart_timer(timer);
  if (!changes.flipped.empty()) {
    flips_.insert(flips_.end(), changes.flipped.begin(), changes.flipped.end());
    unsettled_ = true;
  }
  if (serves_) touch_changed();
  if (!system_.whole()) unsettled_ = true;  // why it is down may be another reason now
}

void History::touch(GroupId group) {
  if (script_.serves[group] == kNone) return;
  touched_.push_back(script_.serves[group]);
  unsettled_ = true;
}

// Whatever changes how many nodes of a group are up, the mode it is in, or whether it is up with what it needs.
void History::touch_changed() {
  const process::Changes& changes = state_.changes;
  const auto& wiring = process_.wiring();
  for (const NodeId node : changes.units) touch(wiring.nodes[node].group);
  for (const GroupId group : changes.entered) touch(group);
  for (const std::uint32_t timer : changes.timers)
    if (wiring.timers[timer].kind == process::Timer::Kind::round) touch(wiring.timers[timer].owner);
  for (const GroupId group : changes.flipped) {
    touch(group);
    for (const GroupId on_it : wiring.groups[group].carries) touch(on_it);
  }
}

void History::end_instant(Witness& witness) {
  std::size_t kept = 0;
  for (const GroupId group : flips_) {
    const char up = state_.signals.up[group];
    if (up == up_[group]) continue;  // down and up again at one instant is nothing
    up_[group] = up;
    system_.set(process_.wiring().groups[group].component, up != 0);
    flips_[kept++] = group;
  }
  flips_.resize(kept);
  unsettled_ = false;
  witness.instant(*this, flips_);
  flips_.clear();
  touched_.clear();
}

}  // namespace nines::sim
