#include "model/markov/trajectory/projection.hpp"

#include <stdexcept>
#include <string>
#include <unordered_map>

#include "model/markov/space/canonical_form.hpp"

namespace nines::markov {
namespace {

using process::GroupId;
using process::kNone;
using process::NodeId;
using process::Slot;

class Projection {
 public:
  Projection(const process::Process& process, const Stages& stages, const process::Process& shared,
             const Stages& shared_stages)
      : process_(process),
        stages_(stages),
        shared_(shared),
        shared_stages_(shared_stages),
        canonical_(shared, true, shared_stages),
        slots_(shared.wiring().slots + shared_stages.limits().size(), 0) {
    pair_nodes();
    pair_timers();
  }

  // Good until the next call.
  std::span<const Slot> look(std::span<const Slot> slots) {
    std::fill(slots_.begin(), slots_.end(), 0);
    for (const auto& [from, to] : copied_) slots_[to] = slots[from];
    const auto& wiring = shared_.wiring();
    for (std::size_t l = 0; l < wiring.lines.size(); ++l) {
      waiting_.clear();
      process_.queue_members(process_.wiring().lines[line_of_[l]], slots, waiting_);
      for (NodeId& node : waiting_) node = shared_node_[node];
      shared_.set_queue(wiring.lines[l], waiting_, slots_);
    }
    canonical_.apply(slots_);
    return slots_;
  }

 private:
  void pair_activities(process::ActivityId from, process::ActivityId to) {
    const auto* clock = stages_.clock_of(from);
    const auto* other = shared_stages_.clock_of(to);
    if (!clock || !other) return;
    for (std::uint32_t i = 0; i < (clock->deliveries ? clock->law.order() - 1 : 1); ++i)
      copied_.emplace_back(clock->slot + i, other->slot + i);
  }

  void pair_nodes() {
    const auto& all = process_.wiring();
    const auto& few = shared_.wiring();
    shared_node_.assign(all.nodes.size(), kNone);
    for (GroupId g = 0; g < few.groups.size(); ++g) {
      const auto& group = few.groups[g];
      const auto& same = all.groups[all.group_of[group.component]];
      if (group.reacts) copied_.emplace_back(same.slot + 1, group.slot + 1);
      if (group.reacts || group.chain) copied_.emplace_back(same.slot, group.slot);
      if (group.round_slot != kNone) {
        copied_.emplace_back(same.round_slot, group.round_slot);
        copied_.emplace_back(same.round_slot + 1, group.round_slot + 1);
      }
      if (group.reacts)
        for (std::uint32_t a = 0; a < process::kGroupActivities; ++a)
          pair_activities(same.first_activity + a, group.first_activity + a);
      for (std::uint32_t i = 0; i < group.nodes; ++i) {
        const auto& node = few.nodes[group.first_node + i];
        const auto& twin = all.nodes[same.first_node + i];
        shared_node_[same.first_node + i] = group.first_node + i;
        copied_.emplace_back(twin.slot, node.slot);
        const auto activities = node.modes + static_cast<std::uint32_t>(few.kinds[node.kind].phases.size());
        for (std::uint32_t a = 0; a < activities; ++a)
          pair_activities(twin.first_activity + a, node.first_activity + a);
      }
    }
    for (const auto& crew : few.crews)
      for (std::uint32_t c = 0; c < all.crews.size(); ++c)
        if (all.crews[c].crew == crew.crew) {
          copied_.emplace_back(all.crews[c].slot, crew.slot);
          line_of_.push_back(c);
        }
    for (const auto& spare : few.spares)
      for (std::uint32_t s = 0; s < all.spares.size(); ++s)
        if (all.spares[s].spare == spare.spare) {
          copied_.emplace_back(all.spares[s].slot, spare.slot);
          line_of_.push_back(static_cast<std::uint32_t>(all.crews.size()) + s);
        }
  }

  // A timer is what it belongs to: a part, a shock by what it hits, a group.
  [[nodiscard]] bool same_timer(const process::Timer& all, const process::Timer& few) const {
    if (all.kind != few.kind) return false;
    const auto& wiring = process_.wiring();
    const auto& other = shared_.wiring();
    switch (few.kind) {
      case process::Timer::Kind::delivery: return wiring.spares[all.owner].spare == other.spares[few.owner].spare;
      case process::Timer::Kind::shock: {
        const auto& shock = wiring.shocks[all.owner];
        const auto& same = other.shocks[few.owner];
        return shock.name == same.name && !shock.hits.empty() && !same.hits.empty() &&
               shared_node_[shock.hits[0].node] == same.hits[0].node && shock.hits[0].mode == same.hits[0].mode;
      }
      default: return wiring.groups[all.owner].component == other.groups[few.owner].component;
    }
  }

  void pair_timers() {
    const auto& all = process_.wiring();
    const auto& few = shared_.wiring();
    for (std::size_t t = 0; t < few.timers.size(); ++t)
      for (std::size_t a = 0; a < all.timers.size(); ++a) {
        if (!same_timer(all.timers[a], few.timers[t])) continue;
        const auto& timer = few.timers[t];
        if (timer.kind == process::Timer::Kind::shock && few.shocks[timer.owner].slot != kNone)
          copied_.emplace_back(all.shocks[all.timers[a].owner].slot, few.shocks[timer.owner].slot);
        const std::uint32_t activities =
            timer.kind == process::Timer::Kind::shock || timer.kind == process::Timer::Kind::round ? 2 : 1;
        for (std::uint32_t i = 0; i < activities && timer.activity + i < few.activities.size(); ++i)
          pair_activities(all.timers[a].activity + i, timer.activity + i);
        break;
      }
  }

  const process::Process& process_;
  const Stages& stages_;
  const process::Process& shared_;
  const Stages& shared_stages_;
  CanonicalForm canonical_;
  std::vector<Slot> slots_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> copied_;  // slots of the process, slots of the shared one
  std::vector<NodeId> shared_node_;                              // by node
  std::vector<std::uint32_t> line_of_;                           // by line of the shared process
  std::vector<NodeId> waiting_;
};

std::string key_of(std::span<const Slot> slots) {
  return {reinterpret_cast<const char*>(slots.data()), slots.size_bytes()};
}

}  // namespace

std::vector<StateIndex> project(const process::Process& process, const Stages& stages, const StateSpace& space,
                                const process::Process& shared, const Stages& shared_stages,
                                const StateSpace& shared_space) {
  std::unordered_map<std::string, StateIndex> number;
  for (StateIndex z = 0; z < shared_space.chain.size(); ++z) number.emplace(key_of(shared_space.state(z)), z);
  Projection projection(process, stages, shared, shared_stages);
  std::vector<StateIndex> result;
  result.reserve(space.chain.size());
  for (StateIndex s = 0; s < space.chain.size(); ++s) {
    const auto found = number.find(key_of(projection.look(space.state(s))));
    if (found == number.end())
      throw std::logic_error("a state of shared infrastructure that its own chain never takes");
    result.push_back(found->second);
  }
  return result;
}

}  // namespace nines::markov
