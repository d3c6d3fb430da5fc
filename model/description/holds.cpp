#include "model/description/holds.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/read_planned.hpp"

namespace nines {
namespace {

class Holds {
 public:
  Holds(UnitTable& units, Model& model) : units_(units), model_(model), held_by_(model.components.size()) {}

  ComponentId add(Hold kind, const std::string& name, Law life, Law restoration) {
    Unit unit;
    unit.modes.push_back({.name = "", .life = std::move(life), .recovery = {{"", std::move(restoration), 1.0}}});
    Component hold;
    hold.name = name;
    hold.infrastructure = true;
    hold.hold = kind;
    hold.nodes = {units_.add(std::move(unit))};
    hold.written = UINT32_MAX;
    const auto id = static_cast<ComponentId>(model_.components.size());
    model_.components.push_back(std::move(hold));
    return id;
  }
  void take_down(ComponentId component, ComponentId hold) { held_by_[component].push_back(hold); }

  // In order of precedence, which is that of Hold.
  void join() {
    for (ComponentId id = 0; id < held_by_.size(); ++id) {
      auto& holds = held_by_[id];
      if (holds.empty()) continue;
      std::stable_sort(holds.begin(), holds.end(), [&](ComponentId a, ComponentId b) {
        return model_.components[a].hold < model_.components[b].hold;
      });
      auto& terms = model_.components[id].needs.terms;
      const auto operands = static_cast<std::uint32_t>(holds.size() + (terms.empty() ? 0 : 1));
      for (const ComponentId hold : holds) terms.push_back({Expression::Op::name, hold, 0, 0});
      if (operands > 1) terms.push_back({Expression::Op::all_of, 0, 0, operands});
      model_.components[id].holds = std::move(holds);
    }
  }

 private:
  UnitTable& units_;
  Model& model_;
  std::vector<std::vector<ComponentId>> held_by_;
};

std::string what_of(const Component& component) {
  return fmt::format("{} `{}`", component.infrastructure ? "infrastructure entry" : "component", component.name);
}

// A shock whose restoration is of all it hit together. Where it always hits all, one hold serves them all.
void hold_together(Holds& holds, CommonCause& cause, Model& model) {
  if (cause.probability == 1) {
    const ComponentId hold =
        holds.add(Hold::shared_cause, cause.name + ":restore", Law::exponential(cause.mean_h), *cause.restore);
    for (const ComponentId id : cause.hits) holds.take_down(id, hold);
    return;
  }
  std::vector<ComponentId> hits;
  for (const ComponentId id : cause.hits) {
    const ComponentId hold =
        holds.add(Hold::shared_cause, cause.name + ":" + model.components[id].name, Law::never(), Law::never());
    holds.take_down(id, hold);
    hits.push_back(hold);
  }
  cause.hits = std::move(hits);
  model.causes.push_back(std::move(cause));
}

bool has_mode(const Model& model, const UnitTable& units, const CommonCause& cause) {
  return std::any_of(cause.hits.begin(), cause.hits.end(), [&](ComponentId id) {
    const auto& nodes = model.components[id].nodes;
    return std::any_of(nodes.begin(), nodes.end(), [&](UnitId unit) {
      const auto& modes = units[unit].modes;
      return std::any_of(modes.begin(), modes.end(), [&](const FailureMode& m) { return m.name == cause.failure; });
    });
  });
}

}  // namespace

void add_holds(Reader& reader, const std::vector<const text::Entry*>& entries, std::vector<WrittenCause> causes,
               UnitTable& units, Model& model) {
  Holds holds(units, model);
  const auto listed = static_cast<ComponentId>(model.components.size());
  const text::Entry* last = nullptr;  // of copies, which come one after the other: problems are said once
  std::optional<ChangePlan> changes;
  std::optional<MaintenancePlan> plan;
  for (ComponentId id = 0; id < listed; ++id) {
    const std::string name = model.components[id].name;
    if (entries[id] != last) {
      last = entries[id];
      changes.reset();
      plan.reset();
      if (!last->value.is_mapping()) continue;
      changes = read_changes(reader, last->value, what_of(model.components[id]));
      plan = read_maintenance(reader, last->value, what_of(model.components[id]));
      if (plan && plan->rolling && !std::holds_alternative<Cluster>(model.components[id].redundancy))
        reader.error(last->value.find("maintenance")->value.place, "wrong-redundancy",
                     fmt::format("{} can't be maintained node by node", what_of(model.components[id])),
                     "only clusters can",
                     "write `mode: stop`; of a pair the planned switch is a stop with the time of the switch");
    }
    if (changes)
      holds.take_down(id, holds.add(Hold::bad_release, name + ":release", Law::exponential(changes->bad_every_h),
                                    changes->rollback));
    if (auto* cluster = std::get_if<Cluster>(&model.components[id].redundancy); plan && plan->rolling && cluster)
      cluster->rolling = plan->rounds;
    if (plan && !plan->rolling) {
      const Rounds& rounds = plan->rounds;
      holds.take_down(
          id, holds.add(Hold::maintenance, name + ":maintenance",
                        Law::calendar(rounds.every_h, rounds.every_h - rounds.takes_h), Law::fixed(rounds.takes_h)));
    }
  }
  for (WrittenCause& written : causes) {
    CommonCause& cause = written.cause;
    if (cause.hits.empty() || cause.mean_h <= 0 || cause.probability == 0) continue;  // reported, or never
    if (!cause.failure.empty() && !cause.restore && !has_mode(model, units, cause))
      reader.warning(
          written.entry->value.find("failure")->value.place, "unused",
          fmt::format("nothing that common cause `{}` hits has a failure mode `{}`", cause.name, cause.failure),
          "each fails in its first mode");
    if (cause.restore)
      hold_together(holds, cause, model);
    else
      model.causes.push_back(std::move(cause));
  }
  holds.join();
}

}  // namespace nines
