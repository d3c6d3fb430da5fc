#include <algorithm>

#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process {

bool GroupScene::any_up() const {
  return std::find(node_up.begin(), node_up.end(), 1) != node_up.end();
}

namespace primary_standby {
namespace {

// The first node that is up; one that a false failover left comes last. Some node is up.
Slot pick(const GroupScene& scene) {
  const std::uint32_t former = scene.about;  // 1 + node, or 0
  for (std::uint32_t i = 0; i < scene.node_up.size(); ++i)
    if (scene.node_up[i] && i + 1 != former) return i;
  return former - 1;
}

// `scene.about` holds the node that a false failover left.
void finish(const PrimaryStandby& rules, GroupScene& scene) {
  if (!scene.any_up()) return scene.enter(mode::kAllDown);
  if (rules.coverage == 1 || scene.chooser.happens(rules.coverage)) return scene.enter(mode::kServing, pick(scene));
  scene.enter(mode::kManual, scene.about);
}

void begin_failover(const PrimaryStandby& rules, GroupScene& scene, Slot former) {
  if (!scene.any_up()) return scene.enter(mode::kAllDown);
  scene.enter(mode::kSwitching, former);
  if (!rules.failover) finish(rules, scene);
}

}  // namespace

void node_went_down(const PrimaryStandby& rules, GroupScene& scene, std::uint32_t node) {
  if (scene.mode != mode::kServing || scene.about != node) return;
  if (rules.detection)
    scene.enter(mode::kDetecting, node);
  else
    begin_failover(rules, scene, 0);
}

void node_came_up(const PrimaryStandby&, GroupScene& scene, std::uint32_t node) {
  if (scene.mode == mode::kAllDown)
    scene.enter(mode::kServing, node);
  else if (scene.mode == mode::kDetecting && scene.about == node)
    scene.enter(mode::kServing, node);
}

void clock_rang(const PrimaryStandby& rules, GroupScene& scene, Activity::Kind clock) {
  switch (clock) {
    case Activity::Kind::detection: begin_failover(rules, scene, 0); break;
    case Activity::Kind::failover: finish(rules, scene); break;
    case Activity::Kind::manual_recovery:
      if (scene.any_up())
        scene.enter(mode::kServing, pick(scene));
      else
        scene.enter(mode::kAllDown);
      break;
    case Activity::Kind::failback:
      if (scene.node_up[0])
        scene.enter(mode::kServing, 0);
      else
        finish(rules, scene);
      break;
    case Activity::Kind::false_failover: begin_failover(rules, scene, scene.about + 1); break;
    case Activity::Kind::failure:
    case Activity::Kind::restoration:
    case Activity::Kind::transition: break;  // clocks of nodes and chains
  }
}

void return_to_first(const PrimaryStandby& rules, GroupScene& scene) {
  if (rules.failback && scene.mode == mode::kServing && scene.about != 0 && scene.node_up[0])
    scene.enter(mode::kFailback);
}

}  // namespace primary_standby
}  // namespace nines::process
