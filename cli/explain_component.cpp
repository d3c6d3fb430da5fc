// One component, with all that it is made of, in words.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"
#include "model/description/read_expression.hpp"

namespace nines::cli {
namespace {

constexpr const char* kNotUsed = "  - `system` does not reach it: it takes no part and costs nothing.\n";

class Words {
 public:
  explicit Words(const Model& model) : model_(model) {}

  std::string component(ComponentId id, bool with_copies) const {
    const Component& c = model_.components[id];
    if (const DrawnChain* drawn = model_.drawn(id))
      return explain_chain(c.name, *drawn) + (model_.used[id] ? "" : kNotUsed);
    std::string text = fmt::format("{}: {}\n", with_copies ? title(id) : c.name, heading(c));
    for (const std::string& line : units(c)) text += "  - " + line + "\n";
    for (const std::string& line : explain_redundancy(c)) text += "  - " + line + "\n";
    if (const NetworkGraph* network = model_.network(id))
      for (const std::string& line : explain_network(model_, c, *network)) text += "  - " + line + "\n";
    for (const std::string& line : explain_fate(model_, c)) text += "  - " + line + "\n";
    if (!model_.demand.empty())
      for (const std::string& line : explain_capacity(model_, id)) text += "  - " + line + "\n";
    for (const std::string& line : standing(c)) text += "  - " + line + "\n";
    if (!model_.used[id]) text += kNotUsed;
    return text;
  }

 private:
  std::string heading(const Component& c) const {
    const std::size_t n = c.nodes.size();
    const std::string kind = c.infrastructure ? ", infrastructure" : "";
    if (std::holds_alternative<PrimaryStandby>(c.redundancy))
      return fmt::format("{} node{} of which one serves (primary-standby){}", n, n == 1 ? "" : "s", kind);
    if (const auto* network = std::get_if<Network>(&c.redundancy)) return network_heading(*network->graph) + kind;
    if (const auto* cluster = std::get_if<Cluster>(&c.redundancy))
      return fmt::format("a cluster of {} of which {} must be up{}", n, cluster->need, kind);
    return n == 1 ? "one unit" + kind : fmt::format("{} units, all of them needed{}", n, kind);
  }

  // A copy speaks for all that stand for the same entry of the file.
  std::string title(ComponentId id) const {
    const Component& first = model_.components[id];
    if (!first.inside) return first.name;
    std::size_t count = 0;
    std::string last;
    for (const Component& other : model_.components)
      if (other.inside && other.written == first.written) {
        ++count;
        last = other.name;
      }
    if (count == 1) return fmt::format("{} ({})", local_name(first.name), first.name);
    return fmt::format("{}, in {} copies ({}{}{})", local_name(first.name), count, first.name,
                       count == 2 ? ", " : " to ", last);
  }

  // Of nodes that are copies of an assembly.
  std::vector<std::string> copies(const Component& c) const {
    if (c.copies.empty()) return {};
    const auto name = [&](ComponentId id) { return local_name(model_.components[id].name); };
    return {fmt::format("Each node is a whole copy of all that {} names, and is up while this is so within it.",
                        quoted(expression_text(c.copies.front(), name)))};
  }

  std::vector<std::string> units(const Component& c) const {
    std::vector<std::string> lines = copies(c);
    std::vector<UnitId> seen;
    for (const UnitId id : c.nodes) {
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      const Unit& unit = model_.units[id];
      const std::string who = unit.type.empty() ? "A unit" : "A unit of type " + quoted(unit.type);
      for (const FailureMode& mode : unit.modes)
        if (mode.life.is_never())
          lines.push_back(
              fmt::format("{} never fails{}.", who, mode.name.empty() ? "" : " in mode " + quoted(mode.name)));
        else
          lines.push_back(fmt::format("{} fails{} every {} of operation and is {}.", who,
                                      mode.name.empty() ? "" : " in mode " + quoted(mode.name), time_words(mode.life),
                                      restoration(mode) + by_whom(mode)));
    }
    return lines;
  }

  std::string by_whom(const FailureMode& mode) const {
    std::vector<std::string> needs;
    if (mode.spare != kNoSpare)
      needs.push_back(fmt::format("it has a part {}", quoted(model_.spares[mode.spare].name)));
    if (mode.crew != kNoCrew)
      needs.push_back(fmt::format("crew {} has someone free", quoted(model_.crews[mode.crew].name)));
    return needs.empty() ? "" : fmt::format(", once {}", fmt::join(needs, " and "));
  }

  static std::string restoration(const FailureMode& mode) {
    if (mode.recovery.size() == 1)
      return mode.recovery[0].takes.is_never() ? "never repaired" : "restored in " + time_words(mode.recovery[0].takes);
    std::string text = "restored by steps: ";
    for (std::size_t i = 0; i < mode.recovery.size(); ++i) {
      const RecoveryStep& step = mode.recovery[i];
      text += fmt::format("{}{} ({}{})", i ? ", then " : "", step.name, time_words(step.takes),
                          i + 1 < mode.recovery.size() ? ", works in " + share(step.works) : "");
    }
    return text;
  }

  std::vector<std::string> standing(const Component& c) const {
    std::vector<std::string> lines;
    const auto name = [&](ComponentId id) { return model_.components[id].name; };
    if (!c.placement.empty()) {
      std::vector<ComponentId> places;
      std::map<ComponentId, int> count;
      for (const ComponentId place : c.placement)
        if (count[place]++ == 0) places.push_back(place);
      std::string names, numbers;
      for (const ComponentId place : places) {
        names += (names.empty() ? "" : ", ") + name(place);
        numbers += (numbers.empty() ? "" : " + ") + std::to_string(count[place]);
      }
      lines.push_back(fmt::format(
          "Nodes stand on {}: {}. Losing one takes its nodes away without failing them; they are back when it is.",
          names, numbers));
      if (const auto* cluster = std::get_if<Cluster>(&c.redundancy); cluster && places.size() > 1) {
        int most = 0;
        for (const auto& [place, nodes] : count) most = std::max(most, nodes);
        const int left = static_cast<int>(c.nodes.size()) - most;
        lines.push_back(
            left >= static_cast<int>(cluster->need)
                ? fmt::format("It survives the loss of any one of them: at least {} nodes are left.", left)
                : fmt::format(
                      "It does not survive the loss of every one of them: {} nodes may be left, and {} are needed.",
                      left, cluster->need));
      }
    }
    if (const Expression needs = c.written_needs(); !needs.empty())
      lines.push_back(fmt::format("As a whole it is up only while {} is; its nodes are not touched by that.",
                                  expression_text(needs, name)));
    return lines;
  }

  const Model& model_;
};

}  // namespace

std::string explain_component(const Model& model, ComponentId id, bool with_copies) {
  return Words(model).component(id, with_copies);
}

}  // namespace nines::cli
