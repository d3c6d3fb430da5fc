#include "bench/models.hpp"

#include <numeric>

#include "model/description/model_file.hpp"
#include "model/text/read.hpp"

namespace nines::bench {

Model pairs_over_two_zones(int pairs) {
  const auto unit = [](double life_h, double restoration_h) {
    return Unit{
        "", {FailureMode{"", Law::exponential(life_h), {RecoveryStep{"", Law::exponential(restoration_h), 1}}}}, 0};
  };
  Model model;
  model.units = {unit(5 * 8760, 1)};
  for (const char* name : {"az-a", "az-b"}) {
    Component zone;
    zone.name = name;
    zone.infrastructure = true;
    zone.nodes = {0};
    model.components.push_back(zone);
  }
  for (int i = 0; i < pairs; ++i) {
    model.units.push_back(unit((180 + i) * 24, 4));
    PrimaryStandby rules;
    rules.detection = Law::exponential(10.0 / 3600);
    rules.failover = Law::exponential(30.0 / 3600);
    rules.coverage = 0.95;
    rules.manual_recovery = Law::exponential(0.5);
    Component pair;
    pair.name = "p" + std::to_string(i);
    pair.redundancy = rules;
    pair.nodes.assign(2, static_cast<UnitId>(model.units.size() - 1));
    pair.placement = {0, 1};
    model.components.push_back(pair);
  }
  model.used.assign(model.components.size(), 1);
  return model;
}

std::optional<Model> model_of(const std::string& yaml) {
  text::Sources sources;
  ModelFile file;
  file.source = sources.add("model.yaml", yaml);
  auto document = text::read_yaml(sources, file.source);
  if (!document) return std::nullopt;
  file.document = std::move(*document);
  file.designs = {"base"};
  auto readings = read_designs(sources, file, {}, {});
  if (!readings) return std::nullopt;
  return std::move(readings->front().model);
}

markov::StateSpace explored(const Model& model) {
  std::vector<ComponentId> members(model.components.size());
  std::iota(members.begin(), members.end(), ComponentId{0});
  return *markov::explore(process::Process(model, members));
}

}  // namespace nines::bench
