#include "model/description/read_model.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/description/canonical.hpp"
#include "model/description/cycles.hpp"
#include "model/description/holds.hpp"
#include "model/description/names.hpp"
#include "model/description/parameters.hpp"
#include "model/description/read_assemblies.hpp"
#include "model/description/read_causes.hpp"
#include "model/description/read_chain.hpp"
#include "model/description/read_component.hpp"
#include "model/description/read_demand.hpp"
#include "model/description/read_expression.hpp"
#include "model/description/read_network.hpp"
#include "model/description/read_target.hpp"
#include "model/description/read_unit.hpp"
#include "model/description/unknown_names.hpp"
#include "model/description/usage.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;
using text::Place;

class ModelReader {
 public:
  ModelReader(Reader& reader, Node tree, const std::string& design, const std::string& default_name,
              ChainFiles& chain_files)
      : reader_(reader), tree_(std::move(tree)), chain_files_(chain_files) {
    model_.design = design;
    model_.name = default_name;
  }

  Model run() {
    reader_.check_keys(tree_, kModelOwner, "the model");
    model_.parameters = put_in_parameters(reader_, tree_);
    if (const Entry* e = tree_.find("name"))
      if (const auto name = reader_.scalar(e->value, "a text")) model_.name = *name;
    resources_.crews.read(reader_, tree_);
    resources_.spares.read(reader_, tree_);
    model_.crews = resources_.crews.crews();
    model_.spares = resources_.spares.spares();
    read_types();
    read_section("infrastructure", true);
    read_chains();
    read_networks();
    read_section("components", false);
    read_standing();
    const Resolve find = [&](const std::string& name, Place place) { return resolve(name, place, false); };
    assemblies_.read(reader_, tree_, written_, find);
    read_system();
    expand();
    model_.units = units_.take();
    read_target(reader_, tree_, model_);
    read_money();
    find_used(reader_, entries_, model_);
    read_demand(reader_, tree_, model_);
    warn_of_unused();
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
      const bool other = tree_.find("chains") || tree_.find("networks");
      if (!infrastructure && !(other && tree_.find("system")) && !reader_.misspelt(tree_, kModelOwner, key))
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
      if (!declare(entry)) continue;
      written_.list.push_back(read_component(reader_, entry, infrastructure, types_, units_, resources_));
      limit_nodes(entry);
      written_.entries.push_back(&entry);
    }
  }

  void read_chains() {
    const Entry* section = tree_.find("chains");
    if (!section || !reader_.expect_mapping(section->value, "`chains`")) return;
    for (const Entry& entry : section->value.entries) {
      if (!check_name(reader_, entry.key, entry.key_place) || !declare(entry)) continue;
      written_.list.push_back(read_chain(reader_, entry, chain_files_));
      written_.entries.push_back(&entry);
    }
  }

  void read_networks() {
    const Entry* section = tree_.find("networks");
    if (!section || !reader_.expect_mapping(section->value, "`networks`")) return;
    for (const Entry& entry : section->value.entries) {
      if (!check_name(reader_, entry.key, entry.key_place) || !declare(entry)) continue;
      written_.list.push_back(read_network(reader_, entry, types_, units_, resources_));
      limit_nodes(entry);
      written_.entries.push_back(&entry);
    }
  }

  // Gives a name the next number, unless it has one.
  bool declare(const Entry& entry) {
    const auto [found, fresh] = number_.emplace(entry.key, static_cast<ComponentId>(written_.size()));
    if (fresh) return true;
    const Redundancy& other = written_.list[found->second].redundancy;
    reader_.error(entry.key_place, "same-name", fmt::format("`{}` names two things", entry.key),
                  std::holds_alternative<HandDrawn>(other) ? "also a chain"
                  : std::holds_alternative<Network>(other) ? "also a network"
                                                           : "also an infrastructure entry",
                  "give one of them another name: `system` and `needs` know things by name");
    return false;
  }

  // Each count is limited; so is their sum, for which memory is needed.
  void limit_nodes(const Entry& entry) {
    constexpr std::size_t kMostNodes = 1'000'000;
    auto& nodes = written_.list.back().nodes;
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
    const bool known = found != number_.end();
    if (known && (!infrastructure_only || written_.list[found->second].infrastructure)) return found->second;
    report_name(reader_, name, place, known, infrastructure_only, written_, assemblies_);
    return std::nullopt;
  }

  // Placement and needs, now that every name is known.
  void read_standing() {
    for (ComponentId id = 0; id < written_.list.size(); ++id) {
      const Node& body = written_.entries[id]->value;
      Component& component = written_.list[id];
      if (const Entry* placement = body.find("placement")) read_placement(*placement, component);
      if (const Entry* needs = body.find("needs")) read_needs(*needs, component);
    }
    report_cycles(reader_, written_.list, written_.entries);
  }

  void read_placement(const Entry& entry, Component& component) {
    const auto names = reader_.names(entry.value, "`placement`");
    if (!names) return;
    std::vector<ComponentId> places;
    for (const Node* name : *names)
      if (const auto id = resolve(name->scalar, name->place, true); id && may_stand_on(*id, *name))
        places.push_back(*id);
    if (places.size() != names->size()) return;
    for (std::size_t i = 0; i < component.nodes.size(); ++i) component.placement.push_back(places[i % places.size()]);
  }

  bool may_stand_on(ComponentId id, const Node& name) {
    if (!std::holds_alternative<Network>(written_.list[id].redundancy)) return true;
    reader_.error(name.place, "unknown-name",
                  fmt::format("`{}` is a network, on which nodes can't be placed", name.scalar), "a network",
                  fmt::format("write `needs: [{}]`: it takes the component down as a whole", name.scalar));
    return false;
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
    for (ComponentId id = 0; id < written_.list.size(); ++id)
      if (!written_.list[id].infrastructure && !assemblies_.names(id))
        model_.system.terms.push_back({Expression::Op::name, id, 0, 0});
    const auto count = static_cast<std::uint32_t>(model_.system.terms.size());
    if (count > 1) model_.system.terms.push_back({Expression::Op::all_of, 0, 0, count});
  }

  // From here on components, not entries of the file, are what names stand for.
  void expand() {
    std::vector<char> top(written_.size(), 0);
    for (ComponentId id = 0; id < written_.size(); ++id) {
      const bool network = std::holds_alternative<Network>(written_.list[id].redundancy);
      top[id] = top[id] || (written_.list[id].infrastructure && !network) || !assemblies_.names(id);
      // What needs name is never a copy.
      for (const auto& term : written_.list[id].needs.terms)
        if (term.op == Expression::Op::name) top[term.name] = 1;
    }
    for (const auto& term : model_.system.terms)
      if (term.op == Expression::Op::name) top[term.name] = 1;
    Instances made = assemblies_.expand(reader_, written_, top);
    if (reader_.any_errors()) made = as_written();
    model_.components = std::move(made.list);
    for (const Component& component : model_.components) entries_.push_back(written_.entries[component.written]);
    for (auto& term : model_.system.terms)
      if (term.op == Expression::Op::name) term.name = made.of[term.name].front();
    const ResolveHits hits = [&](const std::string& name, Place place) {
      const auto id = resolve(name, place, false);
      if (!id || may_not_be_hit(made.of[*id], place)) return std::vector<ComponentId>();
      return all_in(made.of[*id], model_.components);
    };
    add_holds(reader_, entries_, read_causes(reader_, tree_, hits), units_, model_);
  }

  // A chain has no units; nothing but itself takes it down.
  bool may_not_be_hit(const std::vector<ComponentId>& of_name, Place place) {
    if (of_name.empty() || !model_.drawn(of_name.front())) return false;
    reader_.error(place, "unknown-name",
                  fmt::format("`{}` is a chain, which has no units to fail", model_.components[of_name.front()].name),
                  "a chain",
                  "a common cause hits components and infrastructure; draw what it does in the chain itself");
    return true;
  }

  // Where something is wrong no copies are made, and what follows looks at the entries themselves.
  Instances as_written() {
    Instances made{std::move(written_.list), {}};
    for (ComponentId id = 0; id < made.list.size(); ++id) {
      made.list[id].written = id;
      made.of.push_back({id});
    }
    return made;
  }

  void read_money() {
    if (const Entry* e = tree_.find("downtime_cost"))
      if (const auto rate = reader_.rate(e->value)) model_.downtime_cost_per_h = *rate;
    model_.has_cost =
        tree_.find("downtime_cost") != nullptr ||
        std::any_of(model_.units.begin(), model_.units.end(), [](const Unit& unit) { return unit.cost_per_year > 0; });
  }

  void warn_of_unused() {
    if (reader_.any_errors()) return;  // what seems unused may be what an error is about
    for (const Parameter& parameter : model_.parameters)
      if (parameter.used)
        reader_.note_use(parameter.place);
      else
        warn_unused(parameter.place, "parameter", parameter.name);
    resources_.crews.warn_of_unused(reader_);
    resources_.spares.warn_of_unused(reader_);
    assemblies_.warn_of_unused(reader_);
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
        Resources apart = resources_;
        (void)read_unit(reader_, {{&type.entry->value}, fmt::format("type `{}`", name), type.entry->key_place, ""},
                        apart);
      }
    }
  }

  Reader& reader_;
  Node tree_;
  ChainFiles& chain_files_;
  Model model_;
  Resources resources_;
  TypeTable types_;
  UnitTable units_;
  std::map<std::string, ComponentId> number_;
  std::size_t total_nodes_ = 0;
  WrittenEntries written_;
  AssemblyTable assemblies_;
  std::vector<const Entry*> entries_;  // by component, holds left out
};

}  // namespace

Model read_model(Reader& reader, Node tree, const std::string& design, const std::string& default_name,
                 ChainFiles& chain_files) {
  return ModelReader(reader, std::move(tree), design, default_name, chain_files).run();
}

}  // namespace nines
