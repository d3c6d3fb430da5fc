// Steps in which a wiring is made.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "model/process/wiring.hpp"

namespace nines::process::wire {

template <class T>
void add_unique(std::vector<T>& list, T value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

inline std::uint32_t new_slot(Wiring& wiring, std::size_t limit) {
  wiring.slot_limit.push_back(static_cast<Slot>(limit));
  return wiring.slots++;
}

inline void add_activity(Wiring& wiring, const Activity& activity, const Law& law) {
  wiring.activities.push_back(activity);
  wiring.laws.push_back(law);
}

// A timer with its activities, which follow each other.
inline std::uint32_t add_timer(Wiring& wiring, Timer::Kind kind, std::uint32_t owner,
                               std::span<const std::pair<Activity::Kind, Law>> clocks) {
  const auto id = static_cast<std::uint32_t>(wiring.timers.size());
  wiring.timers.push_back({kind, owner, static_cast<ActivityId>(wiring.activities.size())});
  for (const auto& [clock, law] : clocks) add_activity(wiring, {clock, false, id, 0}, law);
  return id;
}

// Crews and spares that several units of `members` may wait for. What they are called in the wiring, by number in the
// model; kNone: nobody ever waits.
struct Queues {
  std::vector<std::uint32_t> crew, spare;
};
[[nodiscard]] Queues add_queues(const Model& model, std::span<const ComponentId> members, Wiring& wiring);
// Once all nodes are known: the slots of the queues.
void finish_queues(const Model& model, Wiring& wiring);

// Which nodes of a group are alike.
void add_orbits(const Model& model, Wiring& wiring, const Group& group);

// Shocks of common causes and of beta, once all groups are known.
void add_shocks(const Model& model, Wiring& wiring);
// Whether a shock fails several of its units at once.
[[nodiscard]] bool fails_at_once(const Model& model, ComponentId id);
// The share of a component's failures that are its own: 1 - beta of itself or of what it is a copy in.
[[nodiscard]] double share_of_its_own(const Model& model, ComponentId id);

}  // namespace nines::process::wire
