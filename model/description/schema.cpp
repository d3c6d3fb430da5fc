// The JSON Schema (draft 7) for editors, from the key table.
#include <nlohmann/json.hpp>

#include "model/description/keys.hpp"

namespace nines {
namespace {

using Json = nlohmann::ordered_json;

Json ref(const char* name) {
  return {{"$ref", std::string("#/definitions/") + name}};
}

// Any value may be a parameter.
Json or_parameter(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), ref("parameter_use")})}};
}

Json pattern(const char* expression) {
  return {{"type", "string"}, {"pattern", expression}};
}

Json entries_of(const char* entry) {
  return {{"type", "object"}, {"propertyNames", ref("name")}, {"additionalProperties", ref(entry)}};
}

Json value_schema(const Key& key) {
  switch (key.kind) {
    case ValueKind::version: return {{"const", 1}};
    case ValueKind::text: return {{"type", Json::array({"string", "number", "boolean"})}};
    case ValueKind::name: return or_parameter(ref("name"));
    case ValueKind::names:
      return or_parameter(
          {{"anyOf",
            Json::array({ref("name"), {{"type", "array"}, {"items", or_parameter(ref("name"))}, {"minItems", 1}}})}});
    case ValueKind::duration:
      if (std::string_view(key.otherwise) == "never")
        return or_parameter({{"anyOf", Json::array({ref("duration"), {{"enum", {"never", "none"}}}})}});
      return or_parameter(ref("duration"));
    case ValueKind::period: return or_parameter(ref("period"));
    case ValueKind::law:
      if (std::string_view(key.otherwise) == "none")
        return or_parameter({{"anyOf", Json::array({ref("law"), {{"const", "none"}}})}});
      return or_parameter(ref("law"));
    case ValueKind::law_or_beats:
      return or_parameter({{"anyOf", Json::array({ref("law"), {{"const", "none"}}, ref("heartbeat")})}});
    case ValueKind::stock: return or_parameter({{"type", "integer"}, {"minimum", 0}, {"maximum", 1000000}});
    case ValueKind::law_or_never: return or_parameter({{"anyOf", Json::array({ref("law"), {{"const", "never"}}})}});
    case ValueKind::probability: return or_parameter(ref("probability"));
    case ValueKind::count: return or_parameter(ref("count"));
    case ValueKind::count_or_majority:
      return or_parameter({{"anyOf", Json::array({ref("count"), {{"const", "majority"}}})}});
    case ValueKind::number: return or_parameter({{"type", "number"}, {"minimum", 0}});
    case ValueKind::positive: return or_parameter({{"type", "number"}, {"exclusiveMinimum", 0}});
    case ValueKind::rate: return or_parameter(ref("rate"));
    case ValueKind::word: return or_parameter({{"enum", words_of(key)}});
    case ValueKind::expression: return or_parameter({{"type", "string"}});
    case ValueKind::needs:
      return or_parameter(
          {{"anyOf", Json::array({{{"type", "string"}},
                                  {{"type", "array"}, {"items", or_parameter(ref("name"))}, {"minItems", 1}}})}});
    case ValueKind::range: return {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}};
    case ValueKind::any: return Json::object();
    case ValueKind::steps: return or_parameter({{"type", "array"}, {"items", ref("step")}, {"minItems", 1}});
    case ValueKind::states:
      return {{"type", "object"},
              {"propertyNames", ref("name")},
              {"additionalProperties", or_parameter({{"enum", {"up", "down"}}})},
              {"minProperties", 1}};
    case ValueKind::transitions:
      return or_parameter({{"type", "array"}, {"items", or_parameter(ref("transition"))}, {"minItems", 1}});
    case ValueKind::flag: return or_parameter({{"type", "boolean"}});
    case ValueKind::elements:
      return or_parameter(
          {{"anyOf", Json::array({{{"type", "object"},
                                   {"propertyNames", ref("name")},
                                   {"additionalProperties",
                                    or_parameter({{"anyOf", Json::array({ref("name"), {{"type", "null"}}})}})}},
                                  {{"type", "null"}}})}});
    case ValueKind::links:
      return or_parameter({{"type", "array"}, {"items", or_parameter(ref("link"))}, {"minItems", 1}});
    case ValueKind::demand: return or_parameter(ref("demand"));
    case ValueKind::settings: return {{"type", "object"}};
    case ValueKind::entries: {
      const std::string_view name = key.name;
      if (name == "parameters") return {{"type", "object"}, {"propertyNames", ref("name")}};
      if (name == "types") return entries_of("type");
      if (name == "infrastructure") return entries_of("infrastructure");
      if (name == "components") return entries_of("component");
      if (name == "crews") return entries_of("crew");
      if (name == "spares") return entries_of("spare");
      if (name == "common_causes") return entries_of("common_cause");
      if (name == "assemblies")
        return {{"type", "object"},
                {"propertyNames", ref("name")},
                {"additionalProperties", or_parameter({{"type", "string"}})}};
      if (name == "chains") return entries_of("chain");
      if (name == "networks") return entries_of("network");
      if (name == "designs")
        return {{"type", "object"},
                {"propertyNames", ref("name")},
                {"additionalProperties", {{"anyOf", Json::array({ref("design"), {{"type", "null"}}})}}}};
      return entries_of("mode");
    }
    case ValueKind::mapping: return ref(key.name);
  }
  return Json::object();
}

Json object_of(Owner owner) {
  Json properties = Json::object();
  for (const Key& key : key_table()) {
    if ((key.owners & owner) == 0 || key.later) continue;
    Json schema = value_schema(key);
    schema["description"] = key.sentence;
    properties[key.name] = std::move(schema);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json law_schema() {
  const auto time = [] { return or_parameter(ref("duration")); };
  const auto number = [] { return or_parameter({{"type", "number"}, {"exclusiveMinimum", 0}}); };
  const auto pair = [](const char* a, Json first, const char* b, Json second) {
    return Json{{"type", "object"},
                {"properties", {{a, std::move(first)}, {b, std::move(second)}}},
                {"required", {a, b}},
                {"additionalProperties", false}};
  };
  const auto times = [&](int least, int most) {
    Json list = {{"type", "array"}, {"items", time()}, {"minItems", least}};
    if (most > 0) list["maxItems"] = most;
    return list;
  };
  Json properties;
  properties["fixed"] = time();
  properties["weibull"] = {
      {"anyOf", Json::array({pair("shape", number(), "mean", time()), pair("shape", number(), "scale", time())})}};
  properties["lognormal"] = {
      {"anyOf", Json::array({pair("mean", time(), "cv", number()), pair("median", time(), "p95", time())})}};
  properties["gamma"] = pair("shape", number(), "mean", time());
  properties["erlang"] = pair("stages", or_parameter(ref("count")), "mean", time());
  properties["uniform"] = times(2, 2);
  properties["triangular"] = times(3, 3);
  properties["empirical"] = times(1, 0);
  const Json written = {{"type", "object"},
                        {"properties", std::move(properties)},
                        {"additionalProperties", false},
                        {"minProperties", 1},
                        {"maxProperties", 1}};
  return {{"anyOf", Json::array({ref("duration"), written})}};
}

}  // namespace

std::string json_schema() {
  Json schema;
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "nines model";
  const Json model = object_of(kModelOwner);
  for (const auto& [key, value] : model.items()) schema[key] = value;
  schema["required"] = {"nines"};
  schema["anyOf"] = Json::array(
      {{{"required", {"components"}}}, {{"required", {"chains", "system"}}}, {{"required", {"networks", "system"}}}});
  Json& definitions = schema["definitions"];
  definitions["name"] = pattern("^(?!(and|or|of)$)[A-Za-z][A-Za-z0-9_-]*$");
  definitions["parameter_use"] = pattern("^\\$[A-Za-z][A-Za-z0-9_-]*$");
  definitions["duration"] = pattern(
      "^ *[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)? "
      "*(ms|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?) *$");
  definitions["period"] = {
      {"anyOf", Json::array({ref("duration"),
                             pattern("^ *(ms|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|w|"
                                     "weeks?|months?|years?) *$")})}};
  definitions["law"] = law_schema();
  definitions["probability"] = {
      {"anyOf", Json::array({{{"type", "number"}, {"minimum", 0}, {"maximum", 1}},
                             pattern("^ *[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)? *% *$")})}};
  definitions["count"] = {{"type", "integer"}, {"minimum", 1}, {"maximum", 1000000}};
  definitions["rate"] = pattern(
      "^ *[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)? */ "
      "*(ms|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?) *$");
  definitions["target"] = object_of(kTargetOwner);
  definitions["downtime"] = object_of(kDowntimeOwner);
  definitions["downtime"]["required"] = {"at_most", "per", "probability"};
  definitions["level"] = object_of(kDemandOwner);
  definitions["level"]["required"] = {"level", "share"};
  Json profile = entries_of("level");
  profile["minProperties"] = 1;
  definitions["demand"] = {{"anyOf", Json::array({{{"type", "number"}, {"exclusiveMinimum", 0}}, std::move(profile)})}};
  definitions["type"] = object_of(kTypeOwner);
  definitions["mode"] = object_of(kModeOwner);
  definitions["step"] = object_of(kStepOwner);
  definitions["crew"] = or_parameter({{"anyOf", Json::array({ref("count"), object_of(kCrewOwner)})}});
  definitions["spare"] = or_parameter(object_of(kSpareOwner));
  definitions["common_cause"] = object_of(kCauseOwner);
  definitions["changes"] = or_parameter(object_of(kChangesOwner));
  definitions["maintenance"] = or_parameter(object_of(kMaintenanceOwner));
  definitions["heartbeat"] = object_of(kHeartbeatOwner);
  definitions["chain"] = or_parameter(object_of(kChainOwner));
  definitions["transition"] = object_of(kTransitionOwner);
  definitions["transition"]["required"] = {"from", "to"};
  definitions["network"] = or_parameter(object_of(kNetworkOwner));
  definitions["link"] = {{"type", "array"}, {"items", or_parameter(ref("name"))}, {"minItems", 2}, {"maxItems", 3}};
  definitions["component"] = object_of(kComponentOwner);
  definitions["infrastructure"] = object_of(kInfrastructureOwner);
  definitions["design"] = object_of(kDesignOwner);
  return schema.dump(2);
}

}  // namespace nines
