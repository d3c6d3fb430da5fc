#include "sim/history/history.hpp"

#include <algorithm>

namespace nines::sim {

using process::Activity;
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
      streams_(script.draws.size()),
      choices_(process_.wiring().groups.size()),
      nodes_(process_.wiring().nodes.size()),
      left_(script.draws.size()),
      group_clock_(process_.wiring().groups.size()),
      system_(script.model().system, script.model().components.size()),
      up_(process_.wiring().groups.size()) {}

void History::begin(std::uint64_t number) {
  number_ = number;
  events_ = 0;
  now_ = 0;
  state_ = start_;
  clocks_.clear();
  for (Stream& stream : streams_) stream.begin();
  for (Stream& stream : choices_) stream.begin();
  std::fill(left_.begin(), left_.end(), -1.0);
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
  flips_.clear();
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
    const ActivityId activity = ring(clock);
    follow_changes();
    if (told) witness.rang(*this, activity);
  }
}

ActivityId History::ring(std::uint32_t clock) {
  const ClockOwner owner = script_.owners[clock];
  ActivityId activity = kNone;
  if (owner.is_node) {
    NodeClock& node = nodes_[owner.id];
    activity = node.running.first;
    if (node.ages) {
      if (node.running.count > 1) {
        stop_ageing(node);
        const auto begin = left_.begin() + node.running.first;
        activity += static_cast<ActivityId>(std::min_element(begin, begin + node.running.count) - begin);
      }
      left_[activity] = -1;
      node.ages = false;
    }
    node.running.count = 0;
    choosing_ = process_.wiring().nodes[owner.id].group;
  } else {
    activity = group_clock_[owner.id];
    group_clock_[owner.id] = kNone;
    choosing_ = owner.id;
  }
  process_.fire(activity, state_, *this);
  return activity;
}

bool History::happens(double p) {
  Numbers numbers{choices_[choosing_], seed_, number_, script_.choice_address[choosing_]};
  return numbers.uniform() < p;
}

double History::draw(ActivityId activity) {
  const Script::Draw& draw = script_.draws[activity];
  return script_.samplers[draw.sampler].draw(Numbers{streams_[activity], seed_, number_, draw.address});
}

// What is left of each mode's life, now that its clock stands still.
void History::stop_ageing(NodeClock& clock) {
  const double aged = (now_ - clock.since) * clock.running.speed;
  for (ActivityId a = clock.running.first; a < clock.running.first + clock.running.count; ++a)
    left_[a] = std::max(0.0, left_[a] - aged);
  clock.ages = false;
}

void History::restart_node(NodeId id) {
  NodeClock& clock = nodes_[id];
  const Running running = process_.running_of_node(id, state_);
  if (running.count == clock.running.count && running.count > 0 && running.first == clock.running.first &&
      running.speed == clock.running.speed)
    return;
  if (clock.ages) stop_ageing(clock);
  clock.running = running;
  clock.since = now_;
  double next = Clocks::kNever;
  if (running.count > 0) {
    clock.ages = process_.wiring().activities[running.first].kind == Activity::Kind::failure;
    if (clock.ages) {
      for (ActivityId a = running.first; a < running.first + running.count; ++a) {
        if (left_[a] < 0) left_[a] = draw(a);
        next = std::min(next, left_[a]);
      }
      next = now_ + next / running.speed;
    } else {
      next = now_ + draw(running.first);
    }
  }
  clocks_.set(script_.clock_of_node[id], next);
}

// The clock of a mode just entered, or of one whose clock may have to start or stop.
void History::restart_group(GroupId id) {
  if (script_.clock_of_group[id] == kNone) return;
  const Running running = process_.running_of_group(id, state_);
  group_clock_[id] = running.count > 0 ? running.first : kNone;
  clocks_.set(script_.clock_of_group[id], running.count > 0 ? now_ + draw(running.first) : Clocks::kNever);
}

void History::restart_stress(GroupId id) {
  if (!script_.stress_by_mode[id]) return;
  const auto& group = process_.wiring().groups[id];
  for (NodeId node = group.first_node; node < group.first_node + group.nodes; ++node) restart_node(node);
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
  if (!changes.flipped.empty()) {
    flips_.insert(flips_.end(), changes.flipped.begin(), changes.flipped.end());
    unsettled_ = true;
  }
  if (!system_.whole()) unsettled_ = true;  // why it is down may be another reason now
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
}

}  // namespace nines::sim
