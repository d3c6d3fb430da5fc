#include "model/description/tree_edit.hpp"

namespace nines {

using text::Entry;
using text::Node;
using text::Place;

Node& value_of(Entry& parameter) {
  Entry* record = parameter.value.find("value");
  return record ? record->value : parameter.value;
}

void follow(Node& tree, Node& node) {
  constexpr int kMost = 200;  // circles are reported when the model is read
  Entry* parameters = tree.find("parameters");
  for (int i = 0; i < kMost && parameters && node.is_scalar() && node.scalar.starts_with('$'); ++i) {
    Entry* parameter = parameters->value.find(std::string_view(node.scalar).substr(1));
    if (!parameter || &value_of(*parameter) == &node) return;
    node = Node(value_of(*parameter));
  }
}

std::string redundancy_of(Node& tree, const Node& component) {
  const Entry* entry = component.find("redundancy");
  if (!entry) return "none";
  Node word = entry->value;
  follow(tree, word);
  return word.is_scalar() ? word.scalar : "none";
}

Entry& set_entry(Node& mapping, const std::string& key, Node value, Place place) {
  Entry* entry = mapping.find(key);
  if (!entry) {
    mapping.entries.push_back({key, place, {}});
    entry = &mapping.entries.back();
  }
  entry->value = std::move(value);
  return *entry;
}

Node& mapping_at(Node& owner, const std::string& key, Place place) {
  if (Entry* entry = owner.find(key); entry && entry->value.is_mapping()) return entry->value;
  Node fresh;
  fresh.kind = Node::Kind::mapping;
  fresh.place = place;
  return set_entry(owner, key, std::move(fresh), place).value;
}

void write_out_size(Node& crew) {
  Node mapping;
  mapping.kind = Node::Kind::mapping;
  mapping.place = crew.place;
  mapping.entries.push_back({"size", crew.place, std::move(crew)});
  crew = std::move(mapping);
}

}  // namespace nines
