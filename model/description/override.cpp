#include "model/description/override.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "model/description/network_paths.hpp"
#include "model/description/path_rules.hpp"
#include "model/description/tree_edit.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;
using text::Place;
using text::Problem;

class Setter {
 public:
  Setter(Reader& reader, Node& tree, std::string_view path, Place place)
      : reader_(reader), tree_(tree), path_(path), place_(place), parts_(split_path(path)) {}

  Applied run(Node value) {
    if (std::any_of(parts_.begin(), parts_.end(), [](const std::string& part) { return part.empty(); }))
      return lacks("a path is names joined by single dots", "not a path");
    if (parts_.size() == 1) return set_lone(std::move(value));
    if (Entry* section = tree_.find(parts_[0]); is_section(parts_[0])) {
      if (!section || !section->value.is_mapping())
        return lacks(fmt::format("the model has no `{}`", parts_[0]), "not there");
      return set_in_section(parts_[0], section->value, 1, std::move(value));
    }
    if (parts_[0] == "target") return set_in_target(std::move(value));
    if (parts_[0] == "demand") return set_in_demand(std::move(value));
    return set_by_name(std::move(value));
  }

 private:
  static bool is_section(const std::string& name) {
    return std::find(std::begin(kPathSections), std::end(kPathSections), name) != std::end(kPathSections);
  }

  Applied lacks(std::string message, std::string label, std::string help = "") {
    Applied applied;
    applied.problem.code = "unknown-path";
    applied.problem.message = std::move(message);
    applied.problem.place = place_;
    applied.problem.label = std::move(label);
    if (const std::string near = nearest_path(tree_, path_); help.empty() && !near.empty() && near != path_)
      help = fmt::format("did you mean `{}`?", near);
    if (!help.empty()) applied.problem.helps.push_back(std::move(help));
    return applied;
  }

  static Applied done() { return {true, {}}; }

  // A parameter or a top-level key.
  Applied set_lone(Node value) {
    Entry* parameters = tree_.find("parameters");
    if (parameters && parameters->value.is_mapping())
      if (Entry* parameter = parameters->value.find(parts_[0])) return set_parameter(*parameter, std::move(value));
    if (parts_[0] == "design" || parts_[0] == "nines")
      return lacks(fmt::format("`{}` is not for overrides", parts_[0]), "fixed by the file",
                   parts_[0] == "design" ? "`--design` chooses one" : "it is always 1");
    const Key* key = find_key(parts_[0], kModelOwner);
    if (!key || key->later || key->kind == ValueKind::entries) {
      std::string help;
      for (const char* section : kPathSections) {
        const Entry* entries = tree_.find(section);
        if (entries && entries->value.find(parts_[0])) help = fmt::format("name one of its keys: `{}.KEY`", parts_[0]);
      }
      return lacks(fmt::format("there is no parameter or top-level key `{}`", parts_[0]), "unknown path",
                   std::move(help));
    }
    set_entry(tree_, parts_[0], std::move(value), place_);
    return done();
  }

  // A parameter may be what a component's `redundancy` stands on.
  Applied set_parameter(Entry& parameter, Node value) {
    std::vector<std::pair<Entry*, std::string>> before;
    for (const char* section : {"components", "infrastructure"})
      if (Entry* entries = tree_.find(section))
        for (Entry& entry : entries->value.entries)
          if (const Entry* word = entry.value.find("redundancy"); word && word->value.scalar.starts_with('$'))
            before.emplace_back(&entry, redundancy_of(tree_, entry.value));
    value_of(parameter) = std::move(value);
    for (const auto& [entry, from] : before) change_redundancy(*entry, from, redundancy_of(tree_, entry->value));
    return done();
  }

  Applied set_in_target(Node value) {
    const bool downtime = parts_.size() > 2 && parts_[1] == "downtime";
    const std::size_t last = downtime ? 2 : 1;
    const Owner owner = downtime ? kDowntimeOwner : kTargetOwner;
    const Key* key = find_key(parts_[last], owner);
    if (!key || key->later) {
      const auto near = text::nearest(parts_[last], key_names(owner));
      const std::string section = downtime ? "target.downtime" : "target";
      return lacks(fmt::format("a {} has no `{}`", owner_in_words(owner), parts_[last]), "unknown path",
                   near ? fmt::format("did you mean `{}.{}`?", section, *near) : "");
    }
    if (parts_.size() != last + 1)
      return lacks(fmt::format("there is nothing below `{}`", parts_[last]), "unknown path");
    Node* target = &mapping_at(tree_, "target", place_);
    if (downtime) target = &mapping_at(*target, "downtime", place_);
    set_entry(*target, parts_[last], std::move(value), place_);
    return done();
  }

  // `demand.day.level`: of a profile that is written. A level by itself means nothing, so none is made up.
  Applied set_in_demand(Node value) {
    Entry* demand = tree_.find("demand");
    if (demand) follow(tree_, demand->value);
    Entry* level = demand ? demand->value.find(parts_[1]) : nullptr;
    if (!level) return lacks(fmt::format("the demand has no level `{}`", parts_[1]), "unknown path");
    if (parts_.size() == 2) {
      level->value = std::move(value);
      return done();
    }
    follow(tree_, level->value);
    if (parts_.size() > 3 || !find_key(parts_[2], kDemandOwner) || !level->value.is_mapping())
      return lacks(fmt::format("a level of demand has no `{}`", parts_[2]), "unknown path",
                   fmt::format("it has `demand.{0}.level` and `demand.{0}.share`", parts_[1]));
    set_entry(level->value, parts_[2], std::move(value), place_);
    return done();
  }

  Applied set_by_name(Node value) {
    std::vector<std::string> sections;
    for (const char* section : kPathSections) {
      const Entry* entry = tree_.find(section);
      if (entry && entry->value.is_mapping() && entry->value.find(parts_[0])) sections.emplace_back(section);
    }
    if (sections.empty()) return lacks(fmt::format("the model has no `{}`", parts_[0]), "unknown path");
    if (sections.size() > 1)
      return lacks(fmt::format("`{}` names several things", parts_[0]), "which?",
                   fmt::format("write `{}.{}` or `{}.{}`", sections[0], path_, sections[1], path_));
    return set_in_section(sections[0], tree_.find(sections[0])->value, 0, std::move(value));
  }

  // `at` is the position of the entry's name in the path.
  Applied set_in_section(const std::string& section, Node& entries, std::size_t at, Node value) {
    Entry* entry = entries.find(parts_[at]);
    if (!entry) return lacks(fmt::format("`{}` has no `{}`", section, parts_[at]), "unknown path");
    if (section == "parameters") {
      if (parts_.size() == at + 1) return set_parameter(*entry, std::move(value));
      const bool record = entry->value.find("value") != nullptr;
      const std::size_t below = at + (parts_[at + 1] == "value" ? 2 : 1);
      if (parts_.size() == below) return set_parameter(*entry, std::move(value));
      if (!record || !find_key(parts_[below], kParameterOwner))
        return set_within(value_of(*entry), below, std::move(value));
    } else if (parts_.size() == at + 1) {
      // The entry as a whole; a lone number is a crew's size, and leaves its order as it is.
      if (section == "crews" && entry->value.is_mapping() && value.is_scalar())
        set_entry(entry->value, "size", std::move(value), place_);
      else
        entry->value = std::move(value);
      return done();
    }
    follow(tree_, entry->value);
    if (section == "crews" && entry->value.is_scalar()) {
      if (!find_key(parts_[at + 1], kCrewOwner)) return unknown_key(section, kCrewOwner, parts_[at], parts_[at + 1]);
      write_out_size(entry->value);
    }
    if (section == "assemblies") return lacks(fmt::format("`{}` is an expression", parts_[at]), "nothing below it");
    if (!entry->value.is_mapping()) return lacks(fmt::format("`{}` is a plain value", parts_[at]), "nothing below it");
    const Owner owner = owner_of(section);
    const std::string& key_name = parts_[at + 1];
    const Key* key = find_key(key_name, owner);
    if (!key) return unknown_key(section, owner, parts_[at], key_name);
    const bool component = owner == kComponentOwner || owner == kInfrastructureOwner;
    if (component && !key->later && (key->known_by & known_by(redundancy_of(tree_, entry->value))) == 0)
      return lacks(fmt::format("`{}` has `redundancy: {}`, which knows no `{}`", parts_[at],
                               redundancy_of(tree_, entry->value), key_name),
                   "not a key of this redundancy", fmt::format("set `{}.redundancy` first", parts_[at]));
    if (parts_.size() == at + 2) {
      set_key(*entry, key_name, std::move(value), component);
      return done();
    }
    if (section == "networks") make_room_in_network(tree_, entry->value, std::span(parts_).subspan(at + 1), place_);
    Node* inner = reach(*entry, key_name, component);
    if (!inner)
      return lacks(fmt::format("`{}` has no `{}` written to change a part of", parts_[at], key_name), "not written",
                   fmt::format("set `{}.{}` as a whole", parts_[at], key_name));
    return set_within(*inner, at + 2, std::move(value));
  }

  Applied unknown_key(const std::string& section, Owner owner, const std::string& name, const std::string& key) {
    const auto near = text::nearest(key, key_names(owner));
    const std::string suggestion = near ? fmt::format("did you mean `{}.{}`?", name, *near) : "";
    return lacks(fmt::format("{} `{}` has no key `{}`", owner_in_words(owner_of(section)), name, key), "unknown path",
                 suggestion);
  }

  // The node of a key, taken over from the entry's type when only that has it.
  Node* reach(Entry& entry, const std::string& key, bool component) {
    if (Entry* own = entry.value.find(key)) return &own->value;
    const Entry* type = component ? entry.value.find("type") : nullptr;
    const Entry* types = tree_.find("types");
    if (!type || !types) return nullptr;
    Node name = type->value;
    follow(tree_, name);
    const Entry* known = name.is_scalar() ? types->value.find(name.scalar) : nullptr;
    const Entry* inherited = known ? known->value.find(key) : nullptr;
    if (!inherited) return nullptr;
    set_key(entry, key, Node(inherited->value), component);
    return &entry.value.find(key)->value;
  }

  // Below a key: modes, laws, lists.
  Applied set_within(Node& node, std::size_t at, Node value) {
    Node* here = &node;
    for (; at < parts_.size(); ++at) {
      const bool last = at + 1 == parts_.size();
      follow(tree_, *here);
      const std::string& part = parts_[at];
      if (here->is_sequence()) {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
        if (error != std::errc() || end != part.data() + part.size() || index >= here->items.size())
          return lacks(fmt::format("a list of {} has no item `{}`", here->items.size(), part), "unknown path",
                       "items are numbered from 0");
        here = &here->items[index];
        if (last) *here = std::move(value);
        continue;
      }
      if (!here->is_mapping())
        return lacks(fmt::format("there is nothing below a plain value"), "unknown path", "set the value as a whole");
      if (last) {
        if (!here->find(part) && !may_stand(*here, part))
          return lacks(fmt::format("there is no `{}` here", part), "unknown path");
        clear_slot(*here, part);
        set_entry(*here, part, std::move(value), place_);
        break;
      }
      Entry* next = here->find(part);
      if (!next) return lacks(fmt::format("there is no `{}` here", part), "unknown path");
      here = &next->value;
    }
    return done();
  }

  void set_key(Entry& entry, const std::string& key, Node value, bool component) {
    if (component && key == "redundancy" && value.is_scalar()) {
      Node word = value;
      follow(tree_, word);
      change_redundancy(entry, redundancy_of(tree_, entry.value), word.scalar);
    }
    clear_slot(entry.value, key);
    set_entry(entry.value, key, std::move(value), place_);
  }

  void change_redundancy(Entry& entry, const std::string& from, const std::string& to) {
    if (known_by(from) == known_by(to)) return;
    std::string dropped;
    remove_keys(entry.value, [&](const std::string& name) {
      const Key* key = find_key(name, kComponentOwner);
      const bool drop = key && !key->later && (key->known_by & known_by(to)) == 0;
      if (drop) dropped += fmt::format("{}`{}`", dropped.empty() ? "" : ", ", name);
      return drop;
    });
    if (!dropped.empty())
      reader_.warning(place_, "left-aside",
                      fmt::format("{} of `{}` left aside: only `redundancy: {}` knows them", dropped, entry.key, from),
                      "changes the redundancy");
  }

  Reader& reader_;
  Node& tree_;
  std::string path_;
  Place place_;
  std::vector<std::string> parts_;
};

}  // namespace

Applied apply_override(Reader& reader, Node& tree, std::string_view path, Place path_place, Node value) {
  return Setter(reader, tree, path, path_place).run(std::move(value));
}

}  // namespace nines
