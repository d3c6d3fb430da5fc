// Which nodes are alike.
#include <algorithm>
#include <map>

#include "model/process/wire.hpp"

namespace nines::process::wire {
namespace {

// Whether nodes of this kind wait where equals of priority are taken in order of their numbers.
bool waits_by_number(const Wiring& wiring, const UnitKind& kind) {
  return std::any_of(kind.crew.begin(), kind.crew.end(),
                     [&](auto crew) { return crew != kNone && wiring.crews[crew].line.by_priority; });
}

// Units that wait in two modes of one priority are then not alike: which of them is taken first depends on which is
// which.
bool numbers_matter(const Wiring& wiring, const UnitKind& kind) {
  for (std::size_t a = 0; a < kind.crew.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (kind.crew[a] != kNone && kind.crew[a] == kind.crew[b] && wiring.crews[kind.crew[a]].line.by_priority &&
          kind.unit.modes[a].priority == kind.unit.modes[b].priority)
        return true;
  return false;
}

}  // namespace

// A primary-standby group picks the first node that is up, so only neighbours in its order are alike; and with
// failback the first node is told from all others. Where equals wait by number, or join a queue by number because a
// shock fails them together, only neighbours are alike too, for others may stand between them in the queue; and in a
// group that remembers one that may wait (the node whose return ends a detection, the former one of a false failover,
// the one out for maintenance) none are. Nodes that a shock fails, or an inspection finds, together join queues by
// number, so none are where they are not all in one state then; copies are told apart by what is in them, and what
// a network is made of by its place in it.
void add_orbits(const Model& model, Wiring& wiring, const Group& group) {
  const auto* pair = std::get_if<PrimaryStandby>(&group.redundancy);
  const bool remembers = (pair && (pair->detection || pair->false_failover_mean_h)) || group.round_slot != kNone;
  const bool struck = fails_at_once(model, group.component);
  std::map<std::pair<std::uint32_t, GroupId>, std::size_t> orbit_of;
  for (NodeId id = group.first_node; id < group.first_node + group.nodes; ++id) {
    const Node& node = wiring.nodes[id];
    const UnitKind& kind = wiring.kinds[node.kind];
    const std::pair key{node.kind, node.placement};
    const auto found = orbit_of.find(key);
    if (found != orbit_of.end()) {
      wiring.orbits[found->second].nodes.push_back(id);
      continue;
    }
    const bool by_number = waits_by_number(wiring, kind);
    const bool struck_in_line = struck && node.next_slot != kNone;
    if (pair || by_number || struck_in_line) orbit_of.clear();
    const bool struck_together = (pair || group.round_slot != kNone) && struck_in_line;
    const bool found_together = pair && pair->inspection_h && node.next_slot != kNone && kind.modes() > 1;
    const bool apart = (pair && pair->failback && node.number == 0) || (remembers && by_number) ||
                       numbers_matter(wiring, kind) || found_together || struck_together || !group.copies.empty() ||
                       group.network;
    if (!apart) orbit_of[key] = wiring.orbits.size();
    wiring.orbits.push_back({{id}});
  }
}

}  // namespace nines::process::wire
