#include <cmath>

#include <nlohmann/json.hpp>

#include "cli/render/results.hpp"
#include "cli/render/version.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

Json measures_of(const Answer& answer) {
  Json json = Json::object();
  for_each_measure(answer.measures, [&](const char* name, const char*, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) json[name] = *value;
  });
  return json;
}

Json result_of(const Case& one, const Answer& answer) {
  Json json;
  json["model"] = one.path;
  json["design"] = one.model.design;
  json["point"] = Json::object();
  for (const SweepValue& value : one.point) json["point"][value.change.path] = value.text;
  json["engine"] = answer.engine;
  json["measures"] = measures_of(answer);
  if (!answer.intervals.empty())
    for (const auto& [name, interval] : answer.intervals) json["intervals"][name] = {interval.first, interval.second};
  json["targets"] = Json::array();
  for (const TargetResult& t : answer.targets)
    json["targets"].push_back({{"measure", t.measure}, {"wanted", t.wanted}, {"got", t.got}, {"met", t.met}});
  json["components"] = Json::array();
  for (const ComponentShare& c : answer.components) {
    json["components"].push_back({{"name", c.name},
                                  {"unavailability", c.unavailability},
                                  {"failures_per_year", c.failures_per_year},
                                  {"downtime_share", c.downtime_share}});
    if (c.birnbaum) json["components"].back()["birnbaum"] = *c.birnbaum;
  }
  json["causes"] = Json::array();
  for (const CauseShare& c : answer.causes)
    json["causes"].push_back({{"component", c.component ? Json(*c.component) : Json()},
                              {"cause", c.cause ? to_string(*c.cause) : "several at once"},
                              {"downtime_min_per_year", c.downtime_min_per_year}});
  json["infrastructure"] = Json::array();
  for (const InfrastructureShare& i : answer.infrastructure)
    json["infrastructure"].push_back({{"name", i.name}, {"downtime_share", i.downtime_share}});
  Json& method = json["method"];
  method = {{"states", answer.method.states},
            {"transitions", answer.method.transitions},
            {"modules", answer.method.modules},
            {"exact", answer.method.exact}};
  if (answer.method.error_bound) method["error_bound"] = *answer.method.error_bound;
  method["notes"] = answer.method.notes;
  json["seed"] = nullptr;
  json["model_sha256"] = one.model.sha256;
  return json;
}

}  // namespace

std::string results_json(const std::vector<Case>& cases, const std::vector<Answer>& answers) {
  Json json;
  json["format_version"] = 1;
  json["tool"] = {{"name", "nines"}, {"version", kVersion}};
  json["results"] = Json::array();
  for (std::size_t i = 0; i < cases.size(); ++i) json["results"].push_back(result_of(cases[i], answers[i]));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace nines::cli
