#include "model/description/path_rules.hpp"

#include "model/description/read_unit.hpp"

namespace nines {

using text::Entry;
using text::Node;

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = path.find('.', begin);
    parts.emplace_back(path.substr(begin, dot - begin));
    if (dot == std::string_view::npos) return parts;
    begin = dot + 1;
  }
}

Owner owner_of(std::string_view section) {
  if (section == "components") return kComponentOwner;
  if (section == "infrastructure") return kInfrastructureOwner;
  if (section == "chains") return kChainOwner;
  if (section == "networks") return kNetworkOwner;
  if (section == "crews") return kCrewOwner;
  if (section == "spares") return kSpareOwner;
  if (section == "common_causes") return kCauseOwner;
  return section == "types" ? kTypeOwner : kParameterOwner;
}

void remove_keys(Node& mapping, const std::function<bool(const std::string&)>& drop) {
  std::erase_if(mapping.entries, [&](const Entry& entry) { return drop(entry.key); });
}

std::uint32_t known_by(const std::string& redundancy) {
  return redundancy == "cluster" ? kByCluster : redundancy == "none" ? kByNone : kByPrimaryStandby;
}

bool may_stand(const Node& mapping, const std::string& key) {
  if (mapping.find("heartbeat")) return find_key(key, kHeartbeatOwner) != nullptr;
  if (mapping.find("every")) return find_key(key, mapping.find("takes") ? kMaintenanceOwner : kChangesOwner) != nullptr;
  if (mapping.find("from") || mapping.find("to")) return find_key(key, kTransitionOwner) != nullptr;
  if (mapping.find("takes")) return find_key(key, kStepOwner) != nullptr;
  const bool law = mapping.find("shape") || mapping.find("mean") || mapping.find("median") || mapping.find("stages");
  if (law) return mapping.find("shape") && (key == "mean" || key == "scale");
  return find_key(key, kModeOwner) != nullptr;
}

void clear_slot(Node& mapping, const std::string& key) {
  if (is_failure_key(key))
    remove_keys(mapping, [&](const std::string& other) { return other != key && is_failure_key(other); });
  if (is_restoration_key(key))
    remove_keys(mapping, [&](const std::string& other) { return other != key && is_restoration_key(other); });
  if (key == "units")
    remove_keys(mapping, [](const std::string& other) {
      return other == "nodes" || other == "type" || is_failure_key(other) || is_restoration_key(other);
    });
  if (mapping.find("from") && (key == "mean" || key == "rate"))  // of a transition
    remove_keys(mapping,
                [&](const std::string& other) { return other != key && (other == "mean" || other == "rate"); });
  if (mapping.find("shape") && (key == "mean" || key == "scale"))  // of a Weibull law
    remove_keys(mapping, [&](const std::string& other) { return other != key && other != "shape"; });
  if (key == "nodes") remove_keys(mapping, [](const std::string& other) { return other == "units"; });
}

}  // namespace nines
