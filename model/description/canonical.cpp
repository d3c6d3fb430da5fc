// The canonical form of a model: the same text for two spellings of the same thing; its hash names the model.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nettle/sha2.h>

#include "model/description/canonical.hpp"
#include "model/description/quantity.hpp"
#include "model/description/read_component.hpp"
#include "model/description/read_expression.hpp"

namespace nines {
namespace {

std::string canonical(const std::optional<Law>& law) {
  return law ? canonical(*law) : "-";
}

// By numbers: nothing of an answer depends on the names of nodes. What fails of it is listed as a component's nodes.
std::string canonical(const NetworkGraph& graph) {
  std::string text = graph.directed ? "directed network" : "network";
  const auto element = [](std::uint32_t number) { return number == kPerfect ? "-" : std::to_string(number); };
  for (const std::uint32_t number : graph.element_of) text += " " + element(number);
  std::vector<std::uint32_t> connect = graph.connect;
  if (!graph.directed) std::sort(connect.begin(), connect.end());
  text += fmt::format(" connect {}", fmt::join(connect, " "));
  for (const NetworkLink& link : graph.links) {
    const auto [low, high] = std::minmax(link.from, link.to);
    text += graph.directed ? fmt::format(" link {} {} ", link.from, link.to) : fmt::format(" link {} {} ", low, high);
    text += element(link.element);
  }
  return text;
}

std::string canonical(const Redundancy& redundancy) {
  if (const auto* pair = std::get_if<PrimaryStandby>(&redundancy)) {
    std::string text =
        fmt::format("pair {} {} {} {} {} {} {}", number_text(pair->standby_stress), canonical(pair->detection),
                    canonical(pair->failover), canonical(pair->failback), number_text(pair->coverage),
                    pair->coverage < 1 ? canonical(pair->manual_recovery) : "-",
                    pair->false_failover_mean_h ? number_text(*pair->false_failover_mean_h) : "-");
    if (pair->inspection_h) text += " inspection " + number_text(*pair->inspection_h);
    if (pair->heartbeat) text += " heartbeat";  // its numbers are in the detection and the false failovers
    return text;
  }
  if (const auto* cluster = std::get_if<Cluster>(&redundancy)) {
    std::string text = fmt::format(
        "cluster {} {} {} {} {} {} {}", cluster->need, canonical(cluster->detection), canonical(cluster->failover),
        static_cast<int>(cluster->pause), number_text(cluster->coverage),
        cluster->coverage < 1 ? canonical(cluster->manual_recovery) : "-", number_text(cluster->load_sharing));
    if (cluster->rolling)
      text +=
          fmt::format(" rolling {} {}", number_text(cluster->rolling->every_h), number_text(cluster->rolling->takes_h));
    return text;
  }
  if (const auto* drawn = std::get_if<HandDrawn>(&redundancy)) return "chain " + drawn->chain->digest;
  if (const auto* network = std::get_if<Network>(&redundancy)) return canonical(*network->graph);
  return "none";
}

template <class CrewText, class SpareText>
std::string canonical_unit(const Unit& unit, CrewText&& crew, SpareText&& spare) {
  std::string text = "cost " + number_text(unit.cost_per_year);
  if (unit.capacity < kUnlimited) text += " capacity " + number_text(unit.capacity);
  for (const FailureMode& mode : unit.modes) {
    text += fmt::format(" mode {} life {}", mode.name, canonical(mode.life));
    for (const RecoveryStep& step : mode.recovery)
      text += fmt::format(" step {} {}", canonical(step.takes), number_text(step.works));
    if (mode.spare != kNoSpare) text += fmt::format(" spare {}", spare(mode.spare));
    if (mode.crew != kNoCrew) text += fmt::format(" crew {} priority {}", crew(mode.crew), number_text(mode.priority));
  }
  return text;
}

}  // namespace

std::string canonical(const Law& law) {
  std::string text = std::to_string(static_cast<int>(law.kind));
  for (const double p : law.parameters) text += fmt::format(":{}", number_text(p));
  return text;
}

std::string canonical(const Unit& unit) {
  return canonical_unit(
      unit, [](CrewId id) { return id; }, [](SpareId id) { return id; });
}

std::string canonical(const Model& model) {
  std::string text = "nines 1\n";
  const auto name = [&](ComponentId id) { return model.components[id].name; };
  // Crews and spares go by the order in which they are met: nothing of an answer depends on their names.
  std::vector<CrewId> crews;
  std::vector<SpareId> spares;
  const auto in_order = [](auto& met, auto id) {
    const auto found = std::find(met.begin(), met.end(), id);
    if (found != met.end()) return found - met.begin();
    met.push_back(id);
    return static_cast<std::ptrdiff_t>(met.size()) - 1;
  };
  const auto crew = [&](CrewId id) { return in_order(crews, id); };
  const auto spare = [&](SpareId id) { return in_order(spares, id); };
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    const Component& c = model.components[id];
    text +=
        fmt::format("{} {} {}\n", c.infrastructure ? "infrastructure" : "component", c.name, canonical(c.redundancy));
    for (std::size_t i = 0; i < c.nodes.size(); ++i)
      text += fmt::format(" node {} on {}\n", canonical_unit(model.units[c.nodes[i]], crew, spare),
                          c.placement.empty() ? "-" : name(c.placement[i]));
    for (const Expression& copy : c.copies) text += " copy " + expression_text(copy, name) + "\n";
    if (c.beta > 0) text += " beta " + number_text(c.beta) + "\n";
    text += " needs " + expression_text(c.needs, name) + "\n";
  }
  for (const CrewId id : crews)
    text += fmt::format("crew of {}{}\n", model.crews[id].size, model.crews[id].by_priority ? " by priority" : "");
  for (const SpareId id : spares)
    text += fmt::format("spares {} {}\n", model.spares[id].stock, canonical(model.spares[id].lead_time));
  for (const CommonCause& cause : model.causes) {
    text += fmt::format("cause {} {} {} {}", number_text(cause.mean_h), number_text(cause.probability), cause.failure,
                        canonical(cause.restore));
    for (const ComponentId id : cause.hits) text += " " + name(id);
    text += "\n";
  }
  text += "system " + expression_text(model.system, name) + "\n";
  if (model.target_availability) text += "target " + number_text(*model.target_availability) + "\n";
  if (const auto& t = model.target_downtime)
    text += fmt::format("target downtime {} {} {}\n", number_text(t->at_most_h), number_text(t->per_h),
                        number_text(t->probability));
  if (model.target_served) text += "target served " + number_text(*model.target_served) + "\n";
  for (const DemandLevel& level : model.demand)
    text += fmt::format("demand {} for {}\n", number_text(level.level), number_text(level.share));
  text += "downtime cost " + number_text(model.downtime_cost_per_h) + "\n";
  return text;
}

std::string short_sha256(const std::string& text) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string hex;
  for (std::size_t i = 0; i < 6; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace nines
