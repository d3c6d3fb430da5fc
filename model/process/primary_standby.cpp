#include <algorithm>

#include "model/process/group_rules.hpp"
#include "model/process/process.hpp"

namespace nines::process {

bool GroupScene::any_up() const {
  return std::find(node_up.begin(), node_up.end(), 1) != node_up.end();
}

namespace primary_standby {
namespace {

void enter(GroupScene& scene, Slot to, Slot about = 0) {
  scene.mode = to;
  scene.about = about;
}

// The first node that is up; one that a false failover left comes last. Some node is up.
Slot pick(const GroupScene& scene) {
  const auto former = static_cast<std::uint32_t>(scene.about);  // 1 + node, or 0
  for (std::uint32_t i = 0; i < scene.node_up.size(); ++i)
    if (scene.node_up[i] && i + 1 != former) return static_cast<Slot>(i);
  return static_cast<Slot>(former - 1);
}

// `scene.about` holds the node that a false failover left.
void finish(const PrimaryStandby& rules, GroupScene& scene) {
  if (!scene.any_up()) return enter(scene, mode::kAllDown);
  if (rules.coverage == 1 || scene.chooser.happens(rules.coverage)) return enter(scene, mode::kServing, pick(scene));
  scene.mode = mode::kManual;
}

void begin_failover(const PrimaryStandby& rules, GroupScene& scene, Slot former) {
  if (!scene.any_up()) return enter(scene, mode::kAllDown);
  enter(scene, mode::kSwitching, former);
  if (!rules.failover) finish(rules, scene);
}

}  // namespace

void node_went_down(const PrimaryStandby& rules, GroupScene scene, std::uint32_t node) {
  if (scene.mode != mode::kServing || scene.about != node) return;
  if (rules.detection)
    scene.mode = mode::kDetecting;
  else
    begin_failover(rules, scene, 0);
}

void node_came_up(const PrimaryStandby&, GroupScene scene, std::uint32_t node) {
  if (scene.mode == mode::kAllDown)
    enter(scene, mode::kServing, static_cast<Slot>(node));
  else if (scene.mode == mode::kDetecting && scene.about == node)
    scene.mode = mode::kServing;
}

void clock_rang(const PrimaryStandby& rules, GroupScene scene, Activity::Kind clock) {
  switch (clock) {
    case Activity::Kind::detection: begin_failover(rules, scene, 0); break;
    case Activity::Kind::failover: finish(rules, scene); break;
    case Activity::Kind::manual_recovery:
      if (scene.any_up())
        enter(scene, mode::kServing, pick(scene));
      else
        enter(scene, mode::kAllDown);
      break;
    case Activity::Kind::failback:
      if (scene.node_up[0])
        enter(scene, mode::kServing, 0);
      else
        finish(rules, scene);
      break;
    case Activity::Kind::false_failover: begin_failover(rules, scene, static_cast<Slot>(scene.about + 1)); break;
    case Activity::Kind::failure:
    case Activity::Kind::restoration: break;  // clocks of nodes
  }
}

void return_to_first(const PrimaryStandby& rules, GroupScene scene) {
  if (rules.failback && scene.mode == mode::kServing && scene.about != 0 && scene.node_up[0])
    enter(scene, mode::kFailback);
}

}  // namespace primary_standby
}  // namespace nines::process
