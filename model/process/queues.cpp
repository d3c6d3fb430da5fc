// Crews and spares that units may have to wait for.
#include "model/process/wire.hpp"

namespace nines::process::wire {

Queues add_queues(const Model& model, std::span<const ComponentId> members, Wiring& wiring) {
  Queues queues{std::vector<std::uint32_t>(model.crews.size(), kNone),
                std::vector<std::uint32_t>(model.spares.size(), kNone)};
  std::vector<std::uint64_t> clients(model.crews.size(), 0);
  std::vector<char> needed(model.spares.size(), 0);
  for (const ComponentId id : members)
    for (const UnitId unit : model.components[id].nodes) {
      std::vector<CrewId> crews;
      for (const FailureMode& mode : model.units[unit].modes) {
        if (mode.crew != kNoCrew) add_unique(crews, mode.crew);
        if (mode.spare != kNoSpare) needed[mode.spare] = 1;
      }
      for (const CrewId crew : crews) ++clients[crew];
    }
  for (CrewId crew = 0; crew < model.crews.size(); ++crew) {
    if (clients[crew] <= model.crews[crew].size) continue;
    queues.crew[crew] = static_cast<std::uint32_t>(wiring.crews.size());
    wiring.crews.push_back({crew, model.crews[crew].size, 0, {0, model.crews[crew].by_priority}});
  }
  for (SpareId spare = 0; spare < model.spares.size(); ++spare) {
    if (!needed[spare]) continue;
    queues.spare[spare] = static_cast<std::uint32_t>(wiring.spares.size());
    wiring.spares.push_back({spare, model.spares[spare].stock, 0, {}, 0});
  }
  return queues;
}

void finish_queues(const Model& model, Wiring& wiring) {
  const std::size_t nodes = wiring.nodes.size();
  const auto add_line = [&](Line& line) {
    line.slot = new_slot(wiring, nodes);
    new_slot(wiring, nodes);
    wiring.lines.push_back(line);
  };
  for (const Node& node : wiring.nodes)
    if (node.next_slot != kNone) wiring.slot_limit[node.next_slot] = static_cast<Slot>(nodes);
  for (CrewQueue& crew : wiring.crews) {
    crew.slot = new_slot(wiring, crew.size);
    add_line(crew.line);
  }
  for (std::uint32_t i = 0; i < wiring.spares.size(); ++i) {
    SpareQueue& spare = wiring.spares[i];
    spare.slot = new_slot(wiring, spare.stock + nodes);
    add_line(spare.line);
    const std::pair<Activity::Kind, Law> clocks[] = {{Activity::Kind::delivery, model.spares[spare.spare].lead_time}};
    spare.timer = add_timer(wiring, Timer::Kind::delivery, i, clocks);
  }
}

}  // namespace nines::process::wire
