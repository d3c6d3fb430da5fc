// What the kinds of values and the owners of keys are called.
#include <sstream>

#include "model/description/keys.hpp"

namespace nines {

using V = ValueKind;

std::vector<std::string> words_of(const Key& key) {
  std::istringstream stream{std::string(key.words)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

const char* kind_in_words(ValueKind kind) {
  switch (kind) {
    case V::version: return "the number 1";
    case V::text: return "a text";
    case V::name: return "a name";
    case V::names: return "a name or a list of names";
    case V::duration: return "a time such as `4 h`";
    case V::period: return "a time such as `30 days`, or a unit of time such as `month`";
    case V::law: return "a time such as `4 h`, or a law such as `{weibull: {shape: 1.5, mean: 4 h}}`";
    case V::law_or_beats:
      return "a time such as `4 h`, a law such as `{weibull: {shape: 1.5, mean: 4 h}}`, or a heartbeat such as "
             "`{heartbeat: 1 s, misses: 3, loss: 0.1 %}`";
    case V::stock: return "a whole number, at least 0";
    case V::law_or_never: return "a time such as `4 h`, a law such as `{weibull: {shape: 1.5, mean: 4 h}}`, or `never`";
    case V::probability: return "a share such as `98 %` or `0.98`";
    case V::count: return "a whole number, at least 1";
    case V::count_or_majority: return "a whole number, at least 1, or `majority`";
    case V::number: return "a number, at least 0";
    case V::positive: return "a number above 0";
    case V::rate: return "an amount per time such as `1200 /year`";
    case V::word: return "one of its words";
    case V::expression: return "an expression such as `a and 2 of (x, y, z)`";
    case V::needs: return "a list of names, or an expression such as `a or b`";
    case V::range: return "a list of two values";
    case V::any: return "any value";
    case V::entries: return "a mapping of names to entries";
    case V::steps: return "a list of steps";
    case V::states: return "a mapping of names of states to `up` or `down`";
    case V::transitions: return "a list of transitions";
    case V::flag: return "`true` or `false`";
    case V::elements: return "a mapping of names of nodes to types";
    case V::links: return "a list of links such as `[r1, r2, fiber]`";
    case V::demand: return "a number above 0, or levels such as `{day: {level: 1800, share: 40 %}, ...}`";
    case V::mapping: return "a mapping";
    case V::settings: return "a mapping of paths to values";
  }
  return "";
}

const char* owner_in_words(Owner owner) {
  switch (owner) {
    case kModelOwner: return "model";
    case kParameterOwner: return "parameter";
    case kTypeOwner: return "type";
    case kComponentOwner: return "component";
    case kInfrastructureOwner: return "infrastructure entry";
    case kModeOwner: return "failure mode";
    case kStepOwner: return "recovery step";
    case kTargetOwner: return "target";
    case kDowntimeOwner: return "target of downtime";
    case kDesignOwner: return "design";
    case kCrewOwner: return "crew";
    case kSpareOwner: return "spare";
    case kCauseOwner: return "common cause";
    case kChangesOwner: return "plan of changes";
    case kMaintenanceOwner: return "plan of maintenance";
    case kHeartbeatOwner: return "heartbeat";
    case kChainOwner: return "chain";
    case kTransitionOwner: return "transition";
    case kNetworkOwner: return "network";
    case kDemandOwner: return "level of demand";
  }
  return "";
}

}  // namespace nines
