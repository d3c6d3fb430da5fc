// How a group reacts, one set of functions for each redundancy: the rules of the model reference, "Redundancy".
#pragma once

#include <span>

#include "model/process/chooser.hpp"
#include "model/process/process.hpp"
#include "model/process/wiring.hpp"

namespace nines::process {

// What a rule sees and changes. `node_up` is after the whole event, by number within the group.
struct GroupScene {
  Slot& mode;
  Slot& about;  // the node that the mode is about, see namespace mode
  std::span<const char> node_up;
  Chooser& chooser;
  bool& entered;         // set when a mode is entered, the same as before included: its clock is drawn anew
  bool notices = false;  // set when every failed node is noticed

  void enter(Slot to, Slot about_node = 0) {
    mode = to;
    about = about_node;
    entered = true;
  }

  [[nodiscard]] bool any_up() const;
};

[[nodiscard]] inline GroupScene scene_of(const Group& group, State& state, Chooser& chooser, bool& entered) {
  return {state.slots[group.slot], state.slots[group.slot + 1],
          std::span<const char>(state.signals.node_up).subspan(group.first_node, group.nodes), chooser, entered};
}

namespace primary_standby {
void node_went_down(const PrimaryStandby& rules, GroupScene& scene, std::uint32_t node);
void node_came_up(const PrimaryStandby& rules, GroupScene& scene, std::uint32_t node);
void clock_rang(const PrimaryStandby& rules, GroupScene& scene, Activity::Kind clock);
// To be called when everything else has been handled: the planned return to the first node.
void return_to_first(const PrimaryStandby& rules, GroupScene& scene);
}  // namespace primary_standby

namespace cluster {
// `up_before`: how many nodes were up before this one went.
void node_went_down(const Cluster& rules, GroupScene& scene, std::uint32_t up_before);
void clock_rang(const Cluster& rules, GroupScene& scene, Activity::Kind clock);
}  // namespace cluster

}  // namespace nines::process
