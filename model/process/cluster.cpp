#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process::cluster {
namespace {

// Only a takeover that holds the cluster down is kept: nothing depends on whether another one is under way, because
// what a node's loss does asks for a holding one alone.
void start_takeover(const Cluster& rules, GroupScene& scene) {
  if (!rules.detection && !rules.failover) return;
  scene.enter(rules.detection ? mode::kTakeoverDetecting : mode::kTakeoverSwitching, 1);
}

}  // namespace

void node_went_down(const Cluster& rules, GroupScene& scene, std::uint32_t up_before) {
  if (scene.mode == mode::kRecovering) return;
  if (rules.coverage < 1 && !scene.chooser.happens(rules.coverage)) return scene.enter(mode::kRecovering);
  const bool holding = scene.mode != mode::kNoTakeover;
  const bool timed = rules.detection || rules.failover;
  const bool leader_matters = timed && rules.pause == Pause::leader && !holding;
  if (rules.pause == Pause::all || holding || (leader_matters && scene.chooser.happens(1.0 / up_before)))
    start_takeover(rules, scene);
}

void clock_rang(const Cluster& rules, GroupScene& scene, Activity::Kind clock) {
  if (clock == Activity::Kind::detection && rules.failover)
    scene.enter(mode::kTakeoverSwitching, scene.about);
  else
    scene.enter(mode::kNoTakeover);
}

}  // namespace nines::process::cluster
