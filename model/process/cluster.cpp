#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process::cluster {
namespace {

// A takeover that does not hold the cluster down is kept only where something asks for it: the round of maintenance,
// which waits for its end, and the demand, of which less is served until the loss is noticed. What a node's loss does
// asks for a holding one alone.
void start_takeover(const Cluster& rules, GroupScene& scene, bool holds) {
  if (!holds && !rules.rolling && !rules.detection_matters) return;
  scene.enter(rules.detection ? mode::kTakeoverDetecting : mode::kTakeoverSwitching, holds ? 1 : 0);
}

}  // namespace

void node_went_down(const Cluster& rules, GroupScene& scene, std::uint32_t up_before) {
  if (scene.mode == mode::kRecovering) return;
  if (rules.coverage < 1 && !scene.chooser.happens(rules.coverage)) return scene.enter(mode::kRecovering);
  if (!rules.detection && !rules.failover) return;
  const bool holding = scene.mode != mode::kNoTakeover && scene.about == 1;
  const bool holds =
      rules.pause == Pause::all || holding || (rules.pause == Pause::leader && scene.chooser.happens(1.0 / up_before));
  start_takeover(rules, scene, holds);
}

void clock_rang(const Cluster& rules, GroupScene& scene, Activity::Kind clock) {
  if (clock == Activity::Kind::detection && rules.failover && (scene.about == 1 || rules.rolling))
    scene.enter(mode::kTakeoverSwitching, scene.about);
  else
    scene.enter(mode::kNoTakeover);
}

}  // namespace nines::process::cluster
