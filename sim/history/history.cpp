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

namespace {

// Hours from one failure of a plain node to its next: the harmonic mean, where those that fail often count most.
double mean_cycle_h(const Script& script) {
  double count = 0, per_hour = 0;
  for (const ClockOwner& owner : script.owners) {
    if (owner.kind != ClockOwner::Kind::plain_node) continue;
    const auto& laws = script.process().wiring().laws;
    ++count;
    per_hour += 1 / (laws[owner.first].mean_h + laws[owner.first + 1].mean_h);
  }
  return per_hour > 0 && std::isfinite(per_hour) ? count / per_hour : 1;
}

}  // namespace

History::History(const Script& script, std::uint64_t seed)
    : script_(script),
      process_(script.process()),
      seed_(seed),
      start_(process_.start()),
      clocks_(script.owners.size()),
      forecast_(script.owners.size() > kMany ? script.owners.size() : 0, mean_cycle_h(script)),
      sources_(script.draws.size()),
      plain_(script.owners.size()),
      plain_sources_(script.owners.size()),
      more_(script.owners.size()),
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
  for (std::size_t clock = 0; clock < plain_.size(); ++clock) {
    const ClockOwner& owner = script.owners[clock];
    if (owner.kind != ClockOwner::Kind::plain_node) continue;
    plain_[clock].id = owner.id;
    plain_[clock].node = process_.wiring().plain_node(owner.id);
    const ActivityId life = process_.wiring().nodes[owner.id].first_activity;
    plain_sources_[clock].address = sources_[life].address;
    plain_sources_[clock].more_address = sources_[life + 1].address;
    plain_sources_[clock].life = sources_[life].sampler;
    plain_sources_[clock].restoration = sources_[life + 1].sampler;
  }
}

void History::begin(std::uint64_t number) {
  number_ = number;
  events_ = 0;
  now_ = 0;
  state_ = start_;
  clocks_.clear();
  forecast_.clear();
  for (Source& source : sources_) {
    source.stream.begin();
    source.left = -1;
  }
  for (Stream& stream : choices_) stream.begin();
  for (std::uint32_t clock = 0; clock < plain_.size(); ++clock) {
    if (plain_[clock].id == kNone) continue;
    plain_sources_[clock].dozens = 0;
    more_[clock].begin();
    draw_ahead(clock);
  }
  std::fill(group_clock_.begin(), group_clock_.end(), kNone);
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    nodes_[node] = {};
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

// What is left of each mode's life, now that its clock stands still.
void History::stop_ageing(NodeClock& clock) {
  const double aged = (now_ - clock.since) * clock.running.speed;
  for (ActivityId a = clock.running.first; a < clock.running.first + clock.running.count; ++a)
    sources_[a].left = std::max(0.0, sources_[a].left - aged);
  clock.ages = false;
}

void History::restart_node(NodeId id) {
  const auto& node = process_.wiring().nodes[id];
  if (const std::uint32_t clock = script_.clock_of_node[id]; plain_[clock].id != kNone) {
    const process::Slot slot = state_.slots[node.slot];
    if (slot == 2) return clocks_.set(clock, Clocks::kNever);
    // Should the same clock start twice, the time that lies between is left out.
    if (plain_[clock].taken % 2 != slot) static_cast<void>(take_time(plain_[clock], clock));
    const double time = now_ + take_time(plain_[clock], clock);
    if (plain_.size() > kMany) forecast_.note(clock, time);
    return clocks_.set(clock, time);
  }
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
  if (running.count > 0)
    next = running.speed == 1 ? time_of(running.first) : now_ + draw(sources_[running.first]) / running.speed;
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
  if (script_.serves[group] == 0) return;
  touched_.push_back(group);
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
