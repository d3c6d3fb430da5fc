#include "model/description/read_network.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;
using text::Place;

constexpr std::size_t kMostLinks = 1'000'000;

class NetworkReader {
 public:
  NetworkReader(Reader& reader, const Entry& entry, TypeTable& types, UnitTable& units, Resources& resources)
      : reader_(reader),
        entry_(entry),
        body_(entry.value),
        types_(types),
        units_(units),
        resources_(resources),
        what_(fmt::format("network `{}`", entry.key)) {}

  Component run() {
    Component component;
    component.name = entry_.key;
    component.infrastructure = true;
    component.redundancy = Network{};
    if (!reader_.expect_mapping(body_, what_)) return component;
    const std::size_t before = reader_.count();
    reader_.check_keys(body_, kNetworkOwner, what_);
    if (const Entry* directed = body_.find("directed"))
      if (const auto yes = reader_.flag(directed->value)) graph_.directed = *yes;
    read_nodes();
    read_links();
    read_connect();
    if (reader_.count() != before) return component;
    const NetworkRelevance matters = relevance(graph_);
    if (!matters.joined) {
      report_never_up();
      return component;
    }
    leave_out(matters, component);
    component.redundancy = Network{std::make_shared<const NetworkGraph>(std::move(graph_))};
    return component;
  }

 private:
  const Entry* required(const char* key, const char* example) {
    const Entry* entry = body_.find(key);
    if (!entry && !reader_.misspelt(body_, kNetworkOwner, key))
      reader_.error(entry_.key_place, "missing-key", fmt::format("{} has no `{}`", what_, key),
                    fmt::format("no `{}`", key), fmt::format("add `{}: {}`", key, example));
    return entry;
  }

  std::uint32_t number_of(const std::string& name) {
    const auto [found, fresh] = number_.emplace(name, graph_.size());
    if (fresh) {
      graph_.names.push_back(name);
      node_units_.emplace_back();
      node_places_.emplace_back();
      times_named_.push_back(0);
    }
    return found->second;
  }

  // The unit of a type, read once; nothing when it never fails, or when something is wrong.
  std::optional<UnitId> unit_of(const Node& node) {
    if (node.kind == Node::Kind::null) return std::nullopt;
    const auto name = reader_.scalar(node, "the name of a type");
    if (!name) return std::nullopt;
    const auto known = unit_of_type_.find(*name);
    if (known != unit_of_type_.end() && known->second) return known->second;
    if (*name == "none" && !types_.types.contains("none")) return std::nullopt;
    const Entry* type = find_type(reader_, node, types_);
    if (!type || known != unit_of_type_.end()) return std::nullopt;
    std::optional<UnitId> unit;
    if (type->value.is_mapping()) {  // anything else has been reported
      const std::string what = fmt::format("type `{}`", *name);
      if (auto read = read_unit(reader_, {{&type->value}, what, type->key_place, what}, resources_)) {
        read->type = *name;
        unit = units_.add(std::move(*read));
      }
    }
    unit_of_type_[*name] = unit;
    return unit;
  }

  void read_nodes() {
    const Entry* nodes = body_.find("nodes");
    if (!nodes || nodes->value.kind == Node::Kind::null) return;  // all are named by links, and never fail
    if (!reader_.expect_mapping(nodes->value, fmt::format("`nodes` of {}", what_))) return;
    for (const Entry& node : nodes->value.entries) {
      if (!check_name(reader_, node.key, node.key_place)) continue;
      const std::uint32_t v = number_of(node.key);
      node_units_[v] = unit_of(node.value);
      node_places_[v] = node.key_place;
    }
  }

  void read_links() {
    const Entry* links = required("links", "[[r1, r2, fiber], [r2, r3]]");
    if (!links || links->value.reported) return;
    const Node& list = links->value;
    if (!list.is_sequence()) {
      reader_.error(list.place, "wrong-kind", fmt::format("`links` of {} is a list", what_), "not a list",
                    "write `[[r1, r2, fiber], [r2, r3]]`");
      return;
    }
    if (list.items.empty())
      reader_.error(list.place, "empty-list", fmt::format("{} has no links", what_), "nothing in it",
                    "write `[[r1, r2, fiber], [r2, r3]]`");
    if (list.items.size() > kMostLinks) {
      reader_.error(list.items[kMostLinks].place, "too-large",
                    fmt::format("{} has more than {} links", what_, kMostLinks), "one too many");
      return;
    }
    for (const Node& item : list.items) read_link(item);
    links_known_ = true;
  }

  void read_link(const Node& item) {
    if (item.reported) return;
    if (!item.is_sequence() || item.items.size() < 2 || item.items.size() > 3) {
      reader_.error(item.place, "wrong-kind", fmt::format("a link of {} is two nodes and, if it fails, a type", what_),
                    item.is_sequence() ? fmt::format("{} name{}", item.items.size(), item.items.size() == 1 ? "" : "s")
                                       : "not a list",
                    "write `[r1, r2, fiber]`, or `[r1, r2]` for a link that never fails");
      return;
    }
    std::optional<std::uint32_t> ends[2];
    for (std::size_t i = 0; i < 2; ++i) {
      const auto name = reader_.scalar(item.items[i], "the name of a node");
      if (name && check_name(reader_, *name, item.items[i].place)) ends[i] = number_of(*name);
    }
    std::optional<UnitId> unit;
    if (item.items.size() == 3) unit = unit_of(item.items[2]);
    if (!ends[0] || !ends[1]) return;
    if (*ends[0] == *ends[1]) {
      reader_.error(item.items[1].place, "self-link",
                    fmt::format("a link of {} leads from `{}` to itself", what_, graph_.names[*ends[0]]),
                    "joins nothing", "take it out, or name another node");
      return;
    }
    ++times_named_[*ends[0]];
    ++times_named_[*ends[1]];
    graph_.links.push_back({*ends[0], *ends[1], kPerfect});
    link_units_.push_back(unit);
    link_nodes_.push_back(&item);
  }

  void read_connect() {
    connect_ = required("connect", graph_.directed ? "[from, to]" : "[r1, r3]");
    if (!connect_ || connect_->value.reported) return;
    const auto names = reader_.names(connect_->value, "`connect`");
    if (!names) return;
    std::map<std::string, int> seen;
    for (const Node* name : *names) {
      if (seen[name->scalar]++ > 0) {
        reader_.error(name->place, "connect",
                      fmt::format("`connect` of {} names `{}` more than once", what_, name->scalar), "once more",
                      "name each node once");
        continue;
      }
      const auto found = number_.find(name->scalar);
      if (found != number_.end())
        graph_.connect.push_back(found->second);
      else if (links_known_)
        report_unknown(*name);
    }
    if (names->size() < 2)
      reader_.error(connect_->value.place, "connect", fmt::format("`connect` of {} names one node only", what_),
                    "nothing to be joined with", "name two nodes or more that have to stay connected");
    else if (graph_.directed && names->size() != 2)
      reader_.error(connect_->value.place, "connect",
                    fmt::format("`connect` of {} names {} nodes, and its links are one-way", what_, names->size()),
                    "not from one to another", "with `directed: true` write `connect: [from, to]`");
  }

  void report_unknown(const Node& name) {
    const std::string suggestion = text::did_you_mean(name.scalar, graph_.names);
    reader_.error(name.place, "unknown-name", fmt::format("{} has no node `{}`", what_, name.scalar), "unknown node",
                  suggestion.empty() ? "name nodes of its `links`" : suggestion);
  }

  void report_never_up() {
    reader_.error(connect_->value.place, "never-up",
                  fmt::format("no path joins what {} has to connect, even with everything up", what_),
                  graph_.directed ? "no way from the first to the second" : "not joined",
                  graph_.directed ? "links are one-way with `directed: true`: add one, or turn one round"
                                  : "add the link that is missing");
  }

  // Takes what can't matter out, with a warning, and numbers the elements of what is left.
  void leave_out(const NetworkRelevance& matters, Component& component) {
    NetworkGraph kept;
    kept.directed = graph_.directed;
    std::vector<std::uint32_t> number(graph_.size(), 0);
    const auto element = [&](const std::optional<UnitId>& unit, std::string name) {
      if (!unit) return kPerfect;
      component.nodes.push_back(*unit);
      kept.element_names.push_back(std::move(name));
      return kept.elements() - 1;
    };
    for (std::uint32_t v = 0; v < graph_.size(); ++v) {
      if (matters.nodes[v]) {
        number[v] = kept.size();
        kept.names.push_back(graph_.names[v]);
        kept.element_of.push_back(element(node_units_[v], graph_.names[v]));
      }
      if (node_places_[v]) note_place(*node_places_[v], matters.nodes[v] != 0, v, "node", graph_.names[v]);
    }
    std::map<std::string, int> times;
    for (std::size_t l = 0; l < graph_.links.size(); ++l) {
      const auto& [from, to, none] = graph_.links[l];
      std::string name = fmt::format("{}{}{}", graph_.names[from], graph_.directed ? '>' : '/', graph_.names[to]);
      const auto warned = [&](std::uint32_t v) { return !matters.nodes[v] && node_places_[v]; };
      if (matters.links[l] || (!warned(from) && !warned(to)))
        note_place(link_nodes_[l]->place, matters.links[l] != 0, times_named_[from] == 1 ? from : to, "link", name);
      if (!matters.links[l]) continue;
      const std::string mirrored = fmt::format("{}/{}", graph_.names[to], graph_.names[from]);
      const int before = times[name]++ + (graph_.directed ? 0 : times[mirrored]);
      if (before > 0) name += fmt::format("/{}", before + 1);
      kept.links.push_back({number[from], number[to], element(link_units_[l], std::move(name))});
    }
    for (const std::uint32_t end : graph_.connect) kept.connect.push_back(number[end]);
    kept.find_ways();
    graph_ = std::move(kept);
  }

  // A name that stands once, at a dead end, may be a misspelt one.
  void note_place(Place place, bool used, std::uint32_t suspect, const char* kind, const std::string& name) {
    if (used) return reader_.note_use(place);
    std::vector<std::string> others;
    for (std::uint32_t v = 0; v < graph_.size() && v < kMostCompared; ++v)
      if (v != suspect) others.push_back(graph_.names[v]);
    const std::string suggestion =
        times_named_[suspect] <= 1 ? text::did_you_mean(graph_.names[suspect], others) : std::string();
    reader_.warning(place, "unused", fmt::format("{} `{}` of {} is not used", kind, name, what_),
                    "on no way between the nodes of `connect`",
                    suggestion.empty() ? "it takes no part and costs nothing" : suggestion);
  }

  static constexpr std::uint32_t kMostCompared = 1000;

  Reader& reader_;
  const Entry& entry_;
  const Node& body_;
  TypeTable& types_;
  UnitTable& units_;
  Resources& resources_;
  std::string what_;
  NetworkGraph graph_;
  std::map<std::string, std::uint32_t> number_;                 // by name of a node
  std::vector<std::optional<UnitId>> node_units_, link_units_;  // nothing: never fails
  std::vector<std::optional<Place>> node_places_;               // of those under `nodes`
  std::vector<std::uint32_t> times_named_;                      // by links
  std::vector<const Node*> link_nodes_;
  std::map<std::string, std::optional<UnitId>> unit_of_type_;
  const Entry* connect_ = nullptr;
  bool links_known_ = false;  // false: they are missing, which has been reported
};

}  // namespace

Component read_network(Reader& reader, const Entry& entry, TypeTable& types, UnitTable& units, Resources& resources) {
  return NetworkReader(reader, entry, types, units, resources).run();
}

}  // namespace nines
