#include "model/description/read_model.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/canonical.hpp"
#include "model/description/cycles.hpp"
#include "model/description/names.hpp"
#include "model/description/parameters.hpp"
#include "model/description/read_component.hpp"
#include "model/description/read_crews.hpp"
#include "model/description/read_demand.hpp"
#include "model/description/read_expression.hpp"
#include "model/description/read_target.hpp"
#include "model/description/read_unit.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;
using text::Place;

class ModelReader {
 public:
  ModelReader(Reader& reader, Node tree, const std::string& design, const std::string& default_name)
      : reader_(reader), tree_(std::move(tree)) {
    model_.design = design;
    model_.name = default_name;
  }

  Model run() {
    reader_.check_keys(tree_, kModelOwner, "the model");
    model_.parameters = put_in_parameters(reader_, tree_);
    if (const Entry* e = tree_.find("name"))
      if (const auto name = reader_.scalar(e->value, "a text")) model_.name = *name;
    crews_.read(reader_, tree_);
    model_.crews = crews_.crews();
    read_types();
    read_section("infrastructure", true);
    read_section("components", false);
    model_.units = units_.take();
    read_standing();
    read_system();
    read_target(reader_, tree_, model_);
    read_money();
    find_used();
    read_demand(reader_, tree_, model_);
    check_unused_types();
    if (!reader_.any_errors()) model_.sha256 = short_sha256(canonical(model_));
    return std::move(model_);
  }

 private:
  void read_types() {
    const Entry* section = tree_.find("types");
    if (!section || !reader_.expect_mapping(section->value, "`types`")) return;
    for (const Entry& entry : section->value.entries) {
      const std::string what = fmt::format("type `{}`", entry.key);
      types_.types[entry.key] = {&entry, false};  // also when something is wrong with it: said once, here
      if (check_name(reader_, entry.key, entry.key_place) && reader_.expect_mapping(entry.value, what))
        reader_.check_keys(entry.value, kTypeOwner, what);
    }
  }

  void read_section(const char* key, bool infrastructure) {
    const Entry* section = tree_.find(key);
    if (!section) {
      if (!infrastructure && !reader_.misspelt(tree_, kModelOwner, key))
        reader_.error({tree_.place.source, tree_.place.begin, tree_.place.begin}, "missing-key",
                      "the model has no `components`", "", "`nines init` prints a model to start from");
      return;
    }
    if (!reader_.expect_mapping(section->value, fmt::format("`{}`", key))) return;
    if (section->value.entries.empty() && !infrastructure)
      reader_.error(section->value.place, "missing-key", "the model has no components", "empty",
                    "add one, such as `web: {mtbf: 90 days, mttr: 4 h}`");
    for (const Entry& entry : section->value.entries) {
      if (!check_name(reader_, entry.key, entry.key_place)) continue;
      const auto [found, fresh] = number_.emplace(entry.key, static_cast<ComponentId>(model_.components.size()));
      if (!fresh) {
        reader_.error(entry.key_place, "same-name", fmt::format("`{}` names two things", entry.key),
                      "also an infrastructure entry",
                      "give one of them another name: `system` and `needs` know things by name");
        continue;
      }
      model_.components.push_back(read_component(reader_, entry, infrastructure, types_, units_, crews_));
      limit_nodes(entry);
      entries_.push_back(&entry);
    }
  }

  // Each count is limited; so is their sum, for which memory is needed.
  void limit_nodes(const Entry& entry) {
    constexpr std::size_t kMostNodes = 1'000'000;
    auto& nodes = model_.components.back().nodes;
    const bool before = total_nodes_ > kMostNodes;
    total_nodes_ += nodes.size();
    if (total_nodes_ <= kMostNodes) return;
    nodes = std::vector<UnitId>();  // its memory too
    if (!before)
      reader_.error(entry.key_place, "too-large", fmt::format("the model has more than {} nodes in all", kMostNodes),
                    "with this one");
  }

  std::optional<ComponentId> resolve(const std::string& name, Place place, bool infrastructure_only) {
    const auto found = number_.find(name);
    if (found != number_.end() && (!infrastructure_only || model_.components[found->second].infrastructure))
      return found->second;
    if (found != number_.end()) {
      reader_.error(place, "unknown-name",
                    fmt::format("`{}` is a component, and nothing can stand on a component", name), "a component",
                    "name infrastructure here; `system` says which components are needed together");
      return std::nullopt;
    }
    std::vector<std::string> names;
    for (const Component& c : model_.components)
      if (!infrastructure_only || c.infrastructure) names.push_back(c.name);
    const std::string suggestion = text::did_you_mean(name, names);
    const char* kind = infrastructure_only ? "infrastructure entry" : "component or infrastructure entry";
    std::string help = suggestion;
    if (help.empty())
      help = infrastructure_only
                 ? fmt::format("declare it under `infrastructure:`, as `{}: {{mtbf: 5 years, mttr: 1 h}}`", name)
                 : fmt::format("declare it under `components:`, as `{}: {{mtbf: 90 days, mttr: 4 h}}`", name);
    reader_.error(place, "unknown-name", fmt::format("there is no {} `{}`", kind, name), "unknown name", help);
    return std::nullopt;
  }

  // Placement and needs, now that every name is known.
  void read_standing() {
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      const Node& body = entries_[id]->value;
      Component& component = model_.components[id];
      if (const Entry* placement = body.find("placement")) read_placement(*placement, component);
      if (const Entry* needs = body.find("needs")) read_needs(*needs, component);
    }
    report_cycles(reader_, model_.components, entries_);
  }

  void read_placement(const Entry& entry, Component& component) {
    const auto names = reader_.names(entry.value, "`placement`");
    if (!names) return;
    std::vector<ComponentId> places;
    for (const Node* name : *names)
      if (const auto id = resolve(name->scalar, name->place, true)) places.push_back(*id);
    if (places.size() != names->size()) return;
    for (std::size_t i = 0; i < component.nodes.size(); ++i) component.placement.push_back(places[i % places.size()]);
  }

  void read_needs(const Entry& entry, Component& component) {
    if (entry.value.is_sequence()) {
      const auto names = reader_.names(entry.value, "`needs`");
      if (!names) return;
      for (const Node* name : *names)
        if (const auto id = resolve(name->scalar, name->place, true))
          component.needs.terms.push_back({Expression::Op::name, *id, 0, 0});
      const auto count = static_cast<std::uint32_t>(component.needs.terms.size());
      if (count > 1) component.needs.terms.push_back({Expression::Op::all_of, 0, 0, count});
      return;
    }
    const Resolve find = [&](const std::string& name, Place place) { return resolve(name, place, true); };
    if (auto expression = read_expression(reader_, entry.value, find)) component.needs = std::move(*expression);
  }

  void read_system() {
    if (const Entry* system = tree_.find("system")) {
      const Resolve find = [&](const std::string& name, Place place) { return resolve(name, place, false); };
      if (auto expression = read_expression(reader_, system->value, find)) model_.system = std::move(*expression);
      return;
    }
    for (ComponentId id = 0; id < model_.components.size(); ++id)
      if (!model_.components[id].infrastructure) model_.system.terms.push_back({Expression::Op::name, id, 0, 0});
    const auto count = static_cast<std::uint32_t>(model_.system.terms.size());
    if (count > 1) model_.system.terms.push_back({Expression::Op::all_of, 0, 0, count});
  }

  void read_money() {
    if (const Entry* e = tree_.find("downtime_cost"))
      if (const auto rate = reader_.rate(e->value)) model_.downtime_cost_per_h = *rate;
    model_.has_cost =
        tree_.find("downtime_cost") != nullptr ||
        std::any_of(model_.units.begin(), model_.units.end(), [](const Unit& unit) { return unit.cost_per_year > 0; });
  }

  // What `system` reaches; the rest takes no part, costs nothing, and is worth a warning.
  void find_used() {
    model_.used.assign(model_.components.size(), 0);
    std::vector<ComponentId> waiting;
    const auto use = [&](ComponentId id) {
      if (!model_.used[id]) waiting.push_back(id);
      model_.used[id] = 1;
    };
    for (const auto& term : model_.system.terms)
      if (term.op == Expression::Op::name) use(term.name);
    for (ComponentId id = 0; id < model_.components.size(); ++id)
      if (model_.used[id]) model_.named.push_back(id);
    while (!waiting.empty()) {
      const ComponentId id = waiting.back();
      waiting.pop_back();
      for_each_support(model_.components[id], use);
    }
    if (reader_.any_errors()) return;  // what seems unused may be what an error is about
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      if (model_.used[id]) reader_.note_use(entries_[id]->key_place);
      if (model_.used[id]) continue;
      const bool infrastructure = model_.components[id].infrastructure;
      reader_.warning(entries_[id]->key_place, "unused",
                      fmt::format("{} `{}` is not used", infrastructure ? "infrastructure entry" : "component",
                                  model_.components[id].name),
                      infrastructure ? "nothing stands on it" : "`system` does not reach it",
                      "it takes no part and costs nothing");
    }
    for (const Parameter& parameter : model_.parameters)
      if (parameter.used)
        reader_.note_use(parameter.place);
      else
        warn_unused(parameter.place, "parameter", parameter.name);
    crews_.warn_of_unused(reader_);
  }

  void warn_unused(Place place, const char* kind, const std::string& name) {
    reader_.warning(place, "unused", fmt::format("{} `{}` is not used", kind, name), "never used");
  }

  // A type that nothing uses is still checked, as far as it says something.
  void check_unused_types() {
    for (const auto& [name, type] : types_.types) {
      if (type.used) reader_.note_use(type.entry->key_place);
      if (type.used) continue;
      if (!reader_.any_errors()) warn_unused(type.entry->key_place, "type", name);
      const auto& entries = type.entry->value.entries;  // none when it is no mapping
      const auto has = [&](auto&& is_key) {
        return std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return is_key(e.key); });
      };
      if (has(is_failure_key) && (has(is_restoration_key) || type.entry->value.find("failures"))) {
        CrewTable apart = crews_;
        (void)read_unit(reader_, {{&type.entry->value}, fmt::format("type `{}`", name), type.entry->key_place, ""},
                        apart);
      }
    }
  }

  Reader& reader_;
  Node tree_;
  Model model_;
  CrewTable crews_;
  TypeTable types_;
  UnitTable units_;
  std::map<std::string, ComponentId> number_;
  std::size_t total_nodes_ = 0;
  std::vector<const Entry*> entries_;  // by component
};

}  // namespace

Model read_model(Reader& reader, Node tree, const std::string& design, const std::string& default_name) {
  return ModelReader(reader, std::move(tree), design, default_name).run();
}

}  // namespace nines
