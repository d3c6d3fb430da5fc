#include <cmath>

#include <nlohmann/json.hpp>

#include "cli/render/results.hpp"
#include "cli/render/version.hpp"
#include "model/description/quantity.hpp"
#include "model/study/decision.hpp"

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

// Null where there is no finite value.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

Json ends(const Interval& interval) {
  return {number(interval.first), number(interval.second)};
}

Json agreement_of(const Simulated& seen) {
  if (seen.agreement.empty()) return nullptr;
  Json json;
  Json others = Json::array();
  for (const Agreement& a : seen.agreement) {
    if (a.component.empty() && a.measure == "unavailability") {
      json["solved"] = a.solved;
      json["distance"] = number(a.distance);
      continue;
    }
    others.push_back({{"measure", a.measure}, {"component", a.component.empty() ? Json() : Json(a.component)}});
    others.back().update({{"solved", a.solved}, {"estimated", a.estimated}, {"distance", number(a.distance)}});
  }
  json["others"] = std::move(others);
  return json;
}

Json method_of(const Simulated& seen) {
  Json json = {{"events", seen.events},
               {"histories", seen.histories},
               {"years", seen.years},
               {"warm_up_years", seen.warm_up_years},
               {"outages", seen.outages},
               {"half_width", number(seen.half_width)},
               {"out_of_budget", seen.out_of_budget}};
  if (seen.years_needed > 0) json["years_needed"] = number(seen.years_needed);
  json["agreement"] = agreement_of(seen);
  if (!seen.not_compared.empty()) json["not_compared"] = seen.not_compared;
  return json;
}

Json distributions_of(const Simulated& seen) {
  Json list = Json::array();
  for (const Distribution& d : seen.distributions) {
    Json json = {{"of", d.of}, {"samples", d.samples}, {"mean", d.mean}, {"most", d.most}};
    if (d.of != "outage_min") json["none"] = d.none;
    json["quantiles"] = Json::object();
    for (const auto& q : d.quantiles) json["quantiles"][number_text(q.probability)] = q.minutes;
    if (!d.exceeds.empty()) json["exceeds"] = Json::array();
    for (const auto& e : d.exceeds)
      json["exceeds"].push_back({{"minutes", e.minutes},
                                 {"probability", e.probability},
                                 {"interval", ends(e.interval)},
                                 {"meaning", e.meaning}});
    list.push_back(std::move(json));
  }
  return list;
}

Json worst_of(const std::vector<WorstCase>& cases) {
  Json list = Json::array();
  for (const WorstCase& w : cases)
    list.push_back({{"history", w.history},
                    {"start_h", w.start_h},
                    {"length_h", w.length_h},
                    {"downtime_min", w.down_min},
                    {"outages", w.outages}});
  return list;
}

// Null where there is no finite value.
void add_importance(Json& json, const std::optional<Importance>& importance) {
  if (!importance) return;
  const auto add = [&](const char* name, const std::optional<double>& value) {
    json[name] = value ? Json(*value) : Json();
  };
  add("criticality", importance->criticality);
  add("fussell_vesely", importance->fussell_vesely);
  add("raw", importance->raw);
  add("rrw", importance->rrw);
}

void add_simulated(Json& json, const Simulated& seen) {
  json["distributions"] = distributions_of(seen);
  json["worst_years"] = worst_of(seen.worst_years);
  json["worst_outages"] = worst_of(seen.worst_outages);
  if (seen.difference)
    json["difference"] = {{"from", seen.difference->from},
                          {"unavailability", seen.difference->unavailability},
                          {"interval", ends(seen.difference->interval)}};
  if (seen.difference && seen.difference->unserved)
    json["difference"].update(
        {{"unserved", *seen.difference->unserved}, {"unserved_interval", ends(seen.difference->unserved_interval)}});
  if (seen.interrupted) json["interrupted"] = true;
}

Json at_of(const AtTime& at) {
  Json json = {{"time_h", at.time_h}};
  for_each_measure_at(at, [&](const char* name, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) json[name] = *value;
  });
  if (at.error_bound) json["error_bound"] = *at.error_bound;
  for (const auto& [name, interval] : at.intervals) json["intervals"][name] = ends(interval);
  return json;
}

Json downtime_of(const std::vector<DowntimeTable>& tables) {
  Json list = Json::array();
  for (const DowntimeTable& table : tables) {
    Json json = {{"of", table.of}, {"error_bound", table.error_bound}, {"exact", table.exact}};
    json["exceeds"] = Json::array();
    for (const auto& row : table.rows) {
      json["exceeds"].push_back({{"minutes", row.minutes}, {"probability", row.probability}});
      if (row.target) json["exceeds"].back()["meaning"] = "target";
    }
    list.push_back(std::move(json));
  }
  return list;
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
    for (const auto& [name, interval] : answer.intervals) json["intervals"][name] = ends(interval);
  for (const AtTime& at : answer.at) json["at"].push_back(at_of(at));
  if (!answer.downtime.empty()) json["distributions"] = downtime_of(answer.downtime);
  json["targets"] = Json::array();
  for (const TargetResult& t : answer.targets) {
    json["targets"].push_back({{"measure", t.measure}, {"wanted", t.wanted}, {"got", number(t.got)}, {"met", t.met}});
    if (answer.simulated) json["targets"].back()["decided"] = study::decide(answer, t) != study::Decision::undecided;
  }
  json["components"] = Json::array();
  for (const ComponentShare& c : answer.components) {
    json["components"].push_back({{"name", c.name},
                                  {"unavailability", c.unavailability},
                                  {"failures_per_year", c.failures_per_year},
                                  {"downtime_share", c.downtime_share}});
    if (c.birnbaum) json["components"].back()["birnbaum"] = *c.birnbaum;
    add_importance(json["components"].back(), c.importance);
    if (c.unavailability_interval)
      json["components"].back()["intervals"] = {{"unavailability", ends(*c.unavailability_interval)}};
  }
  json["causes"] = Json::array();
  for (const CauseShare& c : answer.causes)
    json["causes"].push_back({{"component", c.component ? Json(*c.component) : Json()},
                              {"cause", c.cause ? to_string(*c.cause) : "several at once"},
                              {"downtime_min_per_year", c.downtime_min_per_year}});
  json["infrastructure"] = Json::array();
  for (const InfrastructureShare& i : answer.infrastructure) {
    json["infrastructure"].push_back({{"name", i.name}, {"downtime_share", i.downtime_share}});
    if (i.birnbaum) json["infrastructure"].back()["birnbaum"] = *i.birnbaum;
    add_importance(json["infrastructure"].back(), i.importance);
  }
  if (answer.cut_sets) {
    json["cut_sets"] = {{"sets", answer.cut_sets->sets}, {"truncated", answer.cut_sets->truncated}};
    if (answer.cut_sets->sets.empty()) json["cut_sets"]["sets"] = Json::array();
  }
  Json method;
  if (answer.simulated) {
    method = method_of(*answer.simulated);
    add_simulated(json, *answer.simulated);
  } else {
    method = {{"states", answer.method.states},
              {"transitions", answer.method.transitions},
              {"modules", answer.method.modules},
              {"exact", answer.method.exact}};
  }
  if (answer.method.error_bound) method["error_bound"] = *answer.method.error_bound;
  if (answer.method.approximation_error) method["approximation_error"] = *answer.method.approximation_error;
  method["notes"] = answer.method.notes;
  json["method"] = std::move(method);
  json["seed"] = answer.simulated ? Json(answer.simulated->seed) : Json();
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
