#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"
#include "model/description/read_expression.hpp"
#include "model/markov/solve.hpp"
#include "model/structure/dependence.hpp"

namespace nines::cli {
namespace {

std::string time(const Law& law) {
  if (law.is_never()) return "never";
  return law.is_exponential() ? to_string(law) + " on average" : to_string(law);
}

std::string quoted(const std::string& name) {
  return "`" + name + "`";
}

constexpr const char* kNotUsed = "  - `system` does not reach it: it takes no part and costs nothing.\n";

class Words {
 public:
  explicit Words(const Model& model) : model_(model) {}

  std::string component(ComponentId id) const {
    const Component& c = model_.components[id];
    if (const DrawnChain* drawn = model_.drawn(id))
      return explain_chain(c.name, *drawn) + (model_.used[id] ? "" : kNotUsed);
    std::string text = fmt::format("{}: {}\n", c.name, heading(c));
    for (const std::string& line : units(c)) text += "  - " + line + "\n";
    if (const auto* pair = std::get_if<PrimaryStandby>(&c.redundancy))
      for (const std::string& line : pair_words(*pair)) text += "  - " + line + "\n";
    if (const auto* cluster = std::get_if<Cluster>(&c.redundancy))
      for (const std::string& line : cluster_words(c, *cluster)) text += "  - " + line + "\n";
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
    if (const auto* cluster = std::get_if<Cluster>(&c.redundancy))
      return fmt::format("a cluster of {} of which {} must be up{}", n, cluster->need, kind);
    return n == 1 ? "one unit" + kind : fmt::format("{} units, all of them needed{}", n, kind);
  }

  std::vector<std::string> units(const Component& c) const {
    std::vector<std::string> lines;
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
                                      mode.name.empty() ? "" : " in mode " + quoted(mode.name), time(mode.life),
                                      restoration(mode) + by_whom(mode)));
    }
    return lines;
  }

  std::string by_whom(const FailureMode& mode) const {
    if (mode.crew == kNoCrew) return "";
    return fmt::format(", once crew {} has someone free", quoted(model_.crews[mode.crew].name));
  }

  static std::string restoration(const FailureMode& mode) {
    if (mode.recovery.size() == 1)
      return mode.recovery[0].takes.is_never() ? "never repaired" : "restored in " + time(mode.recovery[0].takes);
    std::string text = "restored by steps: ";
    for (std::size_t i = 0; i < mode.recovery.size(); ++i) {
      const RecoveryStep& step = mode.recovery[i];
      text += fmt::format("{}{} ({}{})", i ? ", then " : "", step.name, time(step.takes),
                          i + 1 < mode.recovery.size() ? ", works in " + share(step.works) : "");
    }
    return text;
  }

  template <class Rules>
  static void takeover_words(const Rules& rules, std::vector<std::string>& lines, const char* failed,
                             const char* takes_over) {
    if (rules.detection)
      lines.push_back(
          fmt::format("{} is noticed after {}{}", failed, time(*rules.detection),
                      rules.failover ? fmt::format("; {} takes {} more.", takes_over, time(*rules.failover)) : "."));
    if (!rules.detection && rules.failover)
      lines.push_back(fmt::format("{} is noticed at once; {} takes {}.", failed, takes_over, time(*rules.failover)));
    if (!rules.detection && !rules.failover)
      lines.push_back(fmt::format("{} is noticed and taken over in no time.", failed));
  }

  static std::vector<std::string> pair_words(const PrimaryStandby& pair) {
    std::vector<std::string> lines;
    takeover_words(pair, lines, "The serving node's failure", "the failover to the first node that is up");
    if (pair.coverage < 1)
      lines.push_back(
          fmt::format("{} of failovers work; the others end in an outage of {} until somebody mends it by hand.",
                      share(pair.coverage), time(*pair.manual_recovery)));
    lines.push_back(pair.standby_stress == 1 ? "Hot standby: a node in waiting fails as often as one that serves."
                    : pair.standby_stress == 0
                        ? "Cold standby: a node in waiting does not fail."
                        : fmt::format("Warm standby: a node in waiting fails {} times as often as one that serves.",
                                      number_text(pair.standby_stress)));
    if (pair.false_failover_mean_h)
      lines.push_back(fmt::format("A failover for no reason starts every {} on average while another node is up.",
                                  duration_text(*pair.false_failover_mean_h)));
    lines.push_back(
        pair.failback
            ? fmt::format("As soon as the first node is up again, duty returns to it: a planned outage of {}.",
                          time(*pair.failback))
            : "A node that took over keeps serving: nothing returns by itself to the first node.");
    return lines;
  }

  static std::vector<std::string> cluster_words(const Component& c, const Cluster& cluster) {
    std::vector<std::string> lines;
    const bool timed = cluster.detection || cluster.failover;
    if (timed && cluster.pause != Pause::none) {
      takeover_words(cluster, lines, "A node's loss", "the takeover of its work");
      lines.push_back(cluster.pause == Pause::all ? "A takeover stops the whole cluster."
                                                  : "A takeover stops the cluster when the lost node was the leader, "
                                                    "which is one of those up, all equally likely.");
    } else if (timed) {
      lines.push_back("A takeover stops nothing (`pause: none`), so its times do not change the availability.");
    }
    if (cluster.detection_matters)
      lines.push_back(fmt::format(
          "Until a loss is noticed ({}) the lost nodes still get their share: with u of {} up it serves u/{} of the "
          "demand at most.",
          time(*cluster.detection), c.nodes.size(), c.nodes.size()));
    if (cluster.coverage < 1)
      lines.push_back(fmt::format("{} of node failures stay the node's own; the others stop the whole cluster for {}.",
                                  share(cluster.coverage), time(*cluster.manual_recovery)));
    if (cluster.load_sharing > 0) {
      const double n = static_cast<double>(c.nodes.size());
      lines.push_back(
          fmt::format("Survivors work harder: with one of {} lost each of the others fails {} times as often.",
                      c.nodes.size(), significant(std::pow(n / std::max(1.0, n - 1), cluster.load_sharing))));
    }
    return lines;
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
    if (!c.needs.empty())
      lines.push_back(fmt::format("As a whole it is up only while {} is; its nodes are not touched by that.",
                                  expression_text(c.needs, name)));
    return lines;
  }

  const Model& model_;
};

std::string assumptions(const Model& model) {
  std::string text = "What is assumed\n";
  text +=
      "  - Plain times are means of exponential distributions; clocks of different units are independent.\n"
      "  - Everything keeps operating and failing while the system as a whole is down.\n";
  text +=
      has_crews(model)
          ? "  - Restorations by a crew wait until it has someone free; all others start at once, and there are parts "
            "for\n    everyone.\n"
          : "  - Every restoration starts at once: there is a repair crew, and there are parts, for everyone.\n";
  text += "  - At time 0 everything is new and up, and each group serves with its first node.\n";
  const auto modules = markov::modules(model);
  std::string names;
  for (const auto& module : modules) {
    std::string members;
    for (const std::string& member : module.members) members += (members.empty() ? "" : ", ") + member;
    names += (names.empty() ? "" : "; ") + members;
    if (names.size() > 400) {
      names += "; ...";
      break;
    }
  }
  text += fmt::format("  - {} independent part{}, solved apart: {}.\n", modules.size(), modules.size() == 1 ? "" : "s",
                      names);
  text +=
      "What is not modelled\n"
      "  - Bad releases and other changes, maintenance, common causes beside the infrastructure named here, human "
      "error\n"
      "    beyond `coverage`, and load: in practice bad changes often outweigh failover.\n";
  return text;
}

}  // namespace

std::string explain_model(const Model& model, const std::string& wanted) {
  const Words words(model);
  const auto name = [&](ComponentId id) { return model.components[id].name; };
  std::string text;
  if (wanted.empty()) {
    text += fmt::format("{}, design {}\n\n", model.name, model.design);
    text += fmt::format("The system is up while {}.\n", expression_text(model.system, name));
    if (model.target_availability)
      text += fmt::format("Its target is an availability of {}: {} minutes of downtime a year.\n",
                          share(*model.target_availability), significant((1 - *model.target_availability) * 525600));
    if (model.target_downtime)
      text +=
          fmt::format("{} is {}; `nines simulate` says how likely it is kept.\n",
                      model.target_availability ? "Another target" : "Its target", to_string(*model.target_downtime));
    text += explain_demand(model);
    text += "\n";
  }
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (wanted.empty() || model.components[id].name == wanted)
      text += words.component(id) + (wanted.empty() ? "\n" : "");
  for (CrewId id = 0; id < model.crews.size(); ++id)
    if (wanted.empty() || model.crews[id].name == wanted)
      text += explain_crew(model, id) + (wanted.empty() ? "\n" : "");
  if (wanted.empty()) text += assumptions(model);
  return text;
}

}  // namespace nines::cli
