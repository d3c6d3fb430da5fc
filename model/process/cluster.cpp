#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process::cluster {
namespace {

// Only a takeover that holds the cluster down is kept: nothing depends on whether another one is under way, because
// what a node's loss does asks for a holding one alone.
void start_takeover(const Cluster& rules, GroupScene& scene) {
  if (!rules.detection && !rules.failover) return;
  scene.mode = rules.detection ? mode::kTakeoverDetecting : mode::kTakeoverSwitching;
  scene.about = 1;
}

void end(GroupScene& scene) {
  scene.mode = mode::kNoTakeover;
  scene.about = 0;
}

}  // namespace

void node_went_down(const Cluster& rules, GroupScene scene, std::uint32_t up_before) {
  if (scene.mode == mode::kRecovering) return;
  if (rules.coverage < 1 && !scene.chooser.happens(rules.coverage)) {
    scene.mode = mode::kRecovering;
    scene.about = 0;
    return;
  }
  const bool holding = scene.mode != mode::kNoTakeover;
  const bool timed = rules.detection || rules.failover;
  const bool leader_matters = timed && rules.pause == Pause::leader && !holding;
  if (rules.pause == Pause::all || holding || (leader_matters && scene.chooser.happens(1.0 / up_before)))
    start_takeover(rules, scene);
}

void clock_rang(const Cluster& rules, GroupScene scene, Activity::Kind clock) {
  if (clock == Activity::Kind::detection && rules.failover)
    scene.mode = mode::kTakeoverSwitching;
  else
    end(scene);
}

}  // namespace nines::process::cluster
