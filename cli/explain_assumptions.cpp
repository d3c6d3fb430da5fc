// What a model takes for granted, and what it says nothing of.
#include <algorithm>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"
#include "model/markov/approximations.hpp"
#include "model/markov/solve.hpp"

namespace nines::cli {
namespace {

// What the model has of that which a model may be silent about.
struct Present {
  bool spares = false, crews = false, inspection = false, changes = false, maintenance = false, shared_fate = false,
       wrong_commands = false, load = false;
};

Present find_present(const Model& model) {
  Present has;
  has.crews = has_crews(model);
  has.shared_fate = !model.causes.empty();
  has.load = !model.demand.empty();
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& c = model.components[id];
    has.changes = has.changes || c.hold == Hold::bad_release;
    has.maintenance = has.maintenance || c.hold == Hold::maintenance;
    has.wrong_commands = has.wrong_commands || c.hold == Hold::shared_cause;
    has.shared_fate = has.shared_fate || c.beta > 0 || c.hold == Hold::shared_cause;
    if (const auto* pair = std::get_if<PrimaryStandby>(&c.redundancy))
      has.inspection = has.inspection || pair->inspection_h;
    if (const auto* cluster = std::get_if<Cluster>(&c.redundancy)) {
      has.maintenance = has.maintenance || cluster->rolling;
      has.load = has.load || cluster->load_sharing > 0;
    }
    for (const UnitId unit : c.nodes)
      for (const FailureMode& mode : model.units[unit].modes) has.spares = has.spares || mode.spare != kNoSpare;
  }
  return has;
}

std::string waits(const Present& has) {
  if (!has.crews && !has.spares && !has.inspection)
    return "Every restoration starts at once: there is a repair crew, and there are parts, for everyone.";
  std::vector<std::string> who;
  if (has.inspection) who.emplace_back("those of what an inspection has to find wait until it is found");
  if (has.spares) who.emplace_back("those that need a part wait until it is there");
  if (has.crews) who.emplace_back("those by a crew wait until it has someone free");
  std::string missing = has.crews ? "" : "a repair crew";
  if (!has.spares) missing += std::string(missing.empty() ? "" : " and ") + "parts";
  return fmt::format("Of the restorations {}; all others start at once{}.", fmt::join(who, ", "),
                     missing.empty() ? ""
                                     : fmt::format(", and there {} {} for everyone",
                                                   missing == "a repair crew" ? "is" : "are", missing));
}

// What stands for others in them is left out: holds, and copies beside what they are copies in.
std::string parts(const Model& model) {
  const auto modules = markov::modules(model);
  std::vector<std::string> all;
  for (const auto& module : modules) {
    std::vector<std::string> members;
    for (const std::string& member : module.members) {
      if (member.find(':') != std::string::npos) continue;
      const std::string outermost = member.substr(0, member.find('['));
      if (outermost.size() < member.size() &&
          std::find(module.members.begin(), module.members.end(), outermost) != module.members.end())
        continue;
      members.push_back(member);
    }
    if (!members.empty()) all.push_back(fmt::format("{}", fmt::join(members, ", ")));
  }
  std::string names = fmt::format("{}", fmt::join(all, "; "));
  if (names.size() > 400) names = names.substr(0, names.find(';', 400)) + "; ...";
  return fmt::format("{} independent part{}, solved apart: {}.", modules.size(), modules.size() == 1 ? "" : "s", names);
}

std::string silent_about(const Present& has) {
  std::vector<std::string> list;
  if (!has.changes) list.emplace_back("bad releases and other changes");
  if (!has.maintenance) list.emplace_back("maintenance");
  list.emplace_back(has.shared_fate ? "common causes beside those and the infrastructure named here"
                                    : "common causes beside the infrastructure named here");
  list.emplace_back(has.wrong_commands ? "other human error beyond `coverage`" : "human error beyond `coverage`");
  if (!has.load) list.emplace_back("load");
  std::string text;
  for (std::size_t i = 0; i < list.size(); ++i)
    text += (i == 0 ? "" : i + 1 == list.size() ? ", and " : ", ") + list[i];
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text + (has.changes ? "." : ": in practice bad changes often outweigh failover.");
}

}  // namespace

std::string explain_assumptions(const Model& model) {
  const Present has = find_present(model);
  std::string text = "What is assumed\n";
  const auto add = [&](const std::string& line) { text += "  - " + line + "\n"; };
  add(fmt::format("Plain times are means of exponential distributions; clocks of different units are independent{}.",
                  has.shared_fate ? ", but for the common causes" : ""));
  add("Everything keeps operating and failing while the system as a whole is down.");
  add(waits(has));
  add("At time 0 everything is new and up, and each group serves with its first node.");
  add(parts(model));
  const auto approximate = markov::approximations(model);
  for (const std::string& note : approximate) add("`nines solve` is " + note + ".");
  if (!approximate.empty()) add("`nines simulate` plays all of it as written.");
  text += "What is not modelled\n";
  add(silent_about(has));
  return text;
}

}  // namespace nines::cli
