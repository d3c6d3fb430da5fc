// A design: the model with some entries replaced, some taken away, and single values set.
#include <algorithm>

#include <fmt/format.h>

#include "model/description/override.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

bool replaced_whole(const std::string& key) {
  return key == "system" || key == "demand" || key == "target" || key == "downtime_cost";
}

class Design {
 public:
  Design(Reader& reader, Node& tree, const std::string& name)
      : reader_(reader), tree_(tree), what_(fmt::format("design `{}`", name)) {}

  void apply(const Entry& design) {
    if (design.value.kind == Node::Kind::null) return;  // the same as the model, under another name
    if (!reader_.expect_mapping(design.value, what_)) return;
    reader_.check_keys(design.value, kDesignOwner, what_);
    for (const Entry& entry : design.value.entries) {
      const Key* key = find_key(entry.key, kDesignOwner);
      if (!key || key->later) continue;
      if (replaced_whole(entry.key))
        replace(tree_, entry);
      else if (key->kind == ValueKind::entries)
        replace_entries(entry);
    }
    if (const Entry* remove = design.value.find("remove")) take_away(remove->value);
    if (const Entry* set = design.value.find("set")) set_values(set->value);
  }

 private:
  static void replace(Node& mapping, const Entry& entry) {
    if (Entry* old = mapping.find(entry.key))
      *old = entry;
    else
      mapping.entries.push_back(entry);
  }

  void replace_entries(const Entry& section) {
    if (!reader_.expect_mapping(section.value, fmt::format("`{}` of {}", section.key, what_))) return;
    Entry* old = tree_.find(section.key);
    if (!old) {
      tree_.entries.push_back(section);
      return;
    }
    if (!old->value.is_mapping()) return;
    for (const Entry& entry : section.value.entries) replace(old->value, entry);
  }

  void take_away(const Node& names) {
    const auto list = reader_.names(names, "`remove`");
    if (!list) return;
    for (const Node* name : *list) {
      std::vector<std::string> known;
      bool found = false;
      for (Entry& section : tree_.entries) {
        const Key* key = find_key(section.key, kModelOwner);
        if (!key || key->kind != ValueKind::entries || section.key == "designs") continue;
        for (const Entry& entry : section.value.entries) known.push_back(entry.key);
        found =
            std::erase_if(section.value.entries, [&](const Entry& entry) { return entry.key == name->scalar; }) > 0 ||
            found;
      }
      if (!found)
        reader_.error(name->place, "unknown-name", fmt::format("there is no `{}` to remove", name->scalar),
                      "unknown name", text::did_you_mean(name->scalar, known));
    }
  }

  void set_values(const Node& settings) {
    if (!reader_.expect_mapping(settings, fmt::format("`set` of {}", what_))) return;
    for (const Entry& setting : settings.entries) {
      Applied applied = apply_override(reader_, tree_, setting.key, setting.key_place, setting.value);
      if (applied.done) continue;
      text::Problem& problem = reader_.error(applied.problem.place, "", "");
      problem = std::move(applied.problem);
    }
  }

  Reader& reader_;
  Node& tree_;
  std::string what_;
};

}  // namespace

Node tree_of_design(Reader& reader, const ModelFile& file, const std::string& name) {
  // All but the designs: thousands of them, each with a copy of all the others, would be slow to read.
  Node tree;
  tree.kind = file.document.kind;
  tree.place = file.document.place;
  for (const Entry& entry : file.document.entries)
    if (entry.key != "designs") tree.entries.push_back(entry);
  const Entry* designs = file.document.find("designs");
  if (!designs || name == file.designs.front()) return tree;
  if (const Entry* design = designs->value.find(name)) Design(reader, tree, name).apply(*design);
  return tree;
}

}  // namespace nines
