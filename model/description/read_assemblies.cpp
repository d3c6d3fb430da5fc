#include "model/description/read_assemblies.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/text/nearest.hpp"

namespace nines {

using text::Entry;
using text::Node;

namespace {

// Infrastructure and chains are not.
bool is_copied(const Component& component) {
  return !component.infrastructure || std::holds_alternative<Network>(component.redundancy);
}

}  // namespace

void AssemblyTable::read(Reader& reader, const Node& tree, const WrittenEntries& written, const Resolve& resolve) {
  named_.assign(written.size(), 0);
  if (const Entry* section = tree.find("assemblies"); section && reader.expect_mapping(section->value, "`assemblies`"))
    for (const Entry& entry : section->value.entries) {
      if (!check_name(reader, entry.key, entry.key_place)) continue;
      const auto same = std::find_if(written.entries.begin(), written.entries.end(),
                                     [&](const Entry* other) { return other->key == entry.key; });
      if (same != written.entries.end())
        reader.error(entry.key_place, "same-name", fmt::format("`{}` names two things", entry.key),
                     "also a component or infrastructure entry", "give one of them another name");
      Assembly assembly;
      assembly.entry = &entry;
      if (auto what = read_expression(reader, entry.value, resolve)) assembly.what = std::move(*what);
      for (const auto& term : assembly.what.terms)
        if (term.op == Expression::Op::name && is_copied(written.list[term.name])) {
          named_[term.name] = 1;
          assembly.members.push_back(term.name);
        }
      std::sort(assembly.members.begin(), assembly.members.end());
      assembly.members.erase(std::unique(assembly.members.begin(), assembly.members.end()), assembly.members.end());
      number_[entry.key] = static_cast<std::uint32_t>(list_.size());
      list_.push_back(std::move(assembly));
    }
  find_of(reader, written);
}

void AssemblyTable::find_of(Reader& reader, const WrittenEntries& written) {
  of_.assign(written.size(), kNoAssembly);
  for (ComponentId id = 0; id < written.size(); ++id) {
    const Entry* of = written.list[id].infrastructure ? nullptr : written.entries[id]->value.find("of");
    if (!of) continue;
    const auto name = reader.scalar(of->value, "the name of an assembly");
    if (!name) continue;
    const auto found = number_.find(*name);
    if (found != number_.end()) {
      of_[id] = found->second;
      continue;
    }
    std::vector<std::string> names;
    for (const auto& [known, number] : number_) names.push_back(known);
    const std::string suggestion = text::did_you_mean(*name, names);
    reader.error(of->value.place, "unknown-assembly", fmt::format("there is no assembly `{}`", *name),
                 "unknown assembly",
                 suggestion.empty() ? "declare it under `assemblies:`, as `site: lb and app and db`" : suggestion);
  }
}

// A component in an assembly of which it is itself a copy would go on for ever. Depth first, with a stack of its own.
bool AssemblyTable::report_circles(Reader& reader, const WrittenEntries& written) {
  enum : char { kNew, kOpen, kDone };
  std::vector<char> mark(list_.size(), kNew);
  struct Visit {
    std::uint32_t assembly;
    std::size_t next;  // member
  };
  for (std::uint32_t root = 0; root < list_.size(); ++root) {
    std::vector<Visit> stack;
    const auto open = [&](std::uint32_t assembly) {
      mark[assembly] = kOpen;
      stack.push_back({assembly, 0});
    };
    if (mark[root] == kNew) open(root);
    while (!stack.empty()) {
      Visit& top = stack.back();
      const auto& members = list_[top.assembly].members;
      if (top.next == members.size()) {
        mark[top.assembly] = kDone;
        stack.pop_back();
        continue;
      }
      const ComponentId member = members[top.next++];
      const std::uint32_t inner = of_[member];
      if (inner == kNoAssembly || mark[inner] == kDone) continue;
      if (mark[inner] == kNew) {
        open(inner);
        continue;
      }
      reader.error(
          written.entries[member]->value.find("of")->value.place, "circular",
          fmt::format("assembly `{}` would hold itself", list_[inner].entry->key), "closes the circle",
          fmt::format("`{}` is named in what it is a copy of: take it out there", written.entries[member]->key));
      return true;
    }
  }
  return false;
}

// Which of two beta factors would count is not clear, so there is one at most.
bool AssemblyTable::report_nested_beta(Reader& reader, const WrittenEntries& written) {
  bool found = false;
  for (ComponentId outer = 0; outer < written.size(); ++outer) {
    if (of_[outer] == kNoAssembly || written.list[outer].beta == 0) continue;
    std::vector<char> seen(written.size(), 0);
    std::vector<ComponentId> waiting = list_[of_[outer]].members;
    while (!waiting.empty()) {
      const ComponentId id = waiting.back();
      waiting.pop_back();
      if (seen[id]) continue;
      seen[id] = 1;
      if (written.list[id].beta > 0) {
        found = true;
        reader.error(written.entries[id]->value.find("beta")->key_place, "conflicting-keys",
                     fmt::format("component `{}` has a `beta` inside that of `{}`", written.entries[id]->key,
                                 written.entries[outer]->key),
                     "inside another beta", "keep one of them");
      }
      if (of_[id] != kNoAssembly)
        waiting.insert(waiting.end(), list_[of_[id]].members.begin(), list_[of_[id]].members.end());
    }
  }
  return found;
}

namespace {

struct Instance {
  ComponentId written;
  std::uint32_t outer = UINT32_MAX;  // into the instances
  std::uint32_t node = 0;            // of the outer
  std::vector<std::uint32_t> path;   // nodes from the outermost
  std::string name;
  std::vector<std::vector<std::pair<ComponentId, std::uint32_t>>> inner;  // by node: what is in it
};

}  // namespace

Instances AssemblyTable::expand(Reader& reader, const WrittenEntries& written, const std::vector<char>& top) {
  constexpr std::size_t kMostUnits = 1'000'000;
  Instances made;
  if (reader.any_errors() || report_circles(reader, written) || report_nested_beta(reader, written)) return made;
  std::vector<Instance> all;
  for (ComponentId id = 0; id < written.size(); ++id)
    if (top[id]) all.push_back({id, UINT32_MAX, 0, {}, written.list[id].name, {}});
  std::size_t units = 0;
  for (std::uint32_t at = 0; at < all.size(); ++at) {
    const ComponentId id = all[at].written;
    units += std::max<std::size_t>(1, written.list[id].nodes.size());
    if (units > kMostUnits) {
      reader.error(written.entries[id]->key_place, "too-large",
                   fmt::format("the model has more than {} nodes in all", kMostUnits), "with its copies");
      return made;
    }
    if (of_[id] == kNoAssembly) continue;
    list_[of_[id]].used = true;
    const auto nodes = static_cast<std::uint32_t>(written.list[id].nodes.size());
    all[at].inner.resize(nodes);
    for (std::uint32_t node = 0; node < nodes; ++node)
      for (const ComponentId member : list_[of_[id]].members) {
        all[at].inner[node].emplace_back(member, static_cast<std::uint32_t>(all.size()));
        auto path = all[at].path;
        path.push_back(node);
        all.push_back({member,
                       at,
                       node,
                       std::move(path),
                       fmt::format("{}[{}].{}", all[at].name, node, written.list[member].name),
                       {}});
      }
  }
  // As the file lists them, copies by number.
  std::vector<std::uint32_t> order(all.size()), number(all.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(all[a].written, all[a].path) < std::tie(all[b].written, all[b].path);
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
  std::vector<ComponentId> itself(written.size(), 0);  // of what stands for itself
  made.of.resize(written.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    made.of[all[order[i]].written].push_back(i);
    if (all[order[i]].outer == UINT32_MAX) itself[all[order[i]].written] = i;
  }
  const auto renamed = [&](Expression expression, const auto& inner) {
    for (auto& term : expression.terms) {
      if (term.op != Expression::Op::name) continue;
      const auto found = std::lower_bound(inner.begin(), inner.end(), std::pair{term.name, 0U});
      const bool inside = found != inner.end() && found->first == term.name;
      term.name = inside ? number[found->second] : itself[term.name];
    }
    return expression;
  };
  const std::vector<std::pair<ComponentId, std::uint32_t>> nothing;
  for (const std::uint32_t at : order) {
    Instance& instance = all[at];
    Component component = written.list[instance.written];
    component.name = std::move(instance.name);
    component.written = instance.written;
    if (instance.outer != UINT32_MAX) {
      component.inside = Inside{number[instance.outer], instance.node};
      component.infrastructure = false;  // a network, too, is a part of what it is a copy in
    }
    for (ComponentId& place : component.placement) place = itself[place];
    component.needs = renamed(std::move(component.needs), nothing);
    for (const auto& inner : instance.inner)
      component.copies.push_back(renamed(list_[of_[instance.written]].what, inner));
    made.list.push_back(std::move(component));
  }
  return made;
}

std::vector<ComponentId> all_in(std::vector<ComponentId> of_name, const std::vector<Component>& components) {
  std::vector<ComponentId> found, waiting = std::move(of_name);
  while (!waiting.empty()) {
    const ComponentId id = waiting.back();
    waiting.pop_back();
    if (components[id].copies.empty()) found.push_back(id);
    for (const Expression& copy : components[id].copies)
      for (const auto& term : copy.terms)
        if (term.op == Expression::Op::name && components[term.name].inside) waiting.push_back(term.name);
  }
  return found;
}

void AssemblyTable::warn_of_unused(Reader& reader) const {
  for (const Assembly& assembly : list_)
    if (assembly.used)
      reader.note_use(assembly.entry->key_place);
    else
      reader.warning(assembly.entry->key_place, "unused", fmt::format("assembly `{}` is not used", assembly.entry->key),
                     "no component is `of:` it");
}

}  // namespace nines
