#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process::cluster {
namespace {

void start_takeover(const Cluster& rules, GroupScene& scene, bool holds) {
  scene.enter(rules.detection ? mode::kTakeoverDetecting : mode::kTakeoverSwitching, holds ? 1 : 0);
}

}  // namespace

// A takeover that holds nothing down is kept only where the round of maintenance waits for its end: nothing else
// depends on it, because what a node's loss does asks for a holding one alone.
void node_went_down(const Cluster& rules, GroupScene& scene, std::uint32_t up_before) {
  if (scene.mode == mode::kRecovering) return;
  if (rules.coverage < 1 && !scene.chooser.happens(rules.coverage)) return scene.enter(mode::kRecovering);
  if (!rules.detection && !rules.failover) return;
  const bool holding = scene.mode != mode::kNoTakeover && scene.about == 1;
  const bool holds = rules.pause == Pause::all || holding ||
                     (rules.pause == Pause::leader && scene.chooser.happens(1.0 / up_before));
  if (holds || rules.rolling) start_takeover(rules, scene, holds);
}

void clock_rang(const Cluster& rules, GroupScene& scene, Activity::Kind clock) {
  if (clock == Activity::Kind::detection && rules.failover)
    scene.enter(mode::kTakeoverSwitching, scene.about);
  else
    scene.enter(mode::kNoTakeover);
}

}  // namespace nines::process::cluster
