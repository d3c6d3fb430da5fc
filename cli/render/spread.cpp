// How the downtime of a simulation is spread: over months and years, over outages, against promises.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "cli/render/estimates.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/simulation.hpp"

namespace nines::cli {
namespace {

constexpr const char* kPeriod = "downtime_min_per_";

std::string minutes(double value, int digits) {
  return value == 0 ? "0" : span(value / 60, digits);
}

bool is_period(const Distribution& d) {
  return d.of.starts_with(kPeriod);
}

// The engine calls the period of a `downtime` target `period`, where it is neither a month nor a year.
std::string period_of(const Model& model, const Distribution& d) {
  const std::string name = d.of.substr(std::string(kPeriod).size());
  return name == "period" && model.target_downtime ? period_name(model.target_downtime->per_h) : name;
}

}  // namespace

Table spread_table(const Model& model, const Answer& answer, int digits) {
  Table table;
  table.header = {""};
  std::vector<const Distribution*> columns;
  for (const Distribution& d : answer.simulated->distributions) {
    if (d.samples == 0 || d.most == 0) continue;
    columns.push_back(&d);
    table.header.push_back(is_period(d) ? "in a " + period_of(model, d) : "an outage");
  }
  if (columns.empty()) return table;
  const auto add = [&](const std::string& label, auto&& cell) {
    std::vector<std::string> row{label};
    for (const Distribution* d : columns) row.push_back(cell(*d));
    table.rows.push_back(std::move(row));
  };
  add("none", [&](const Distribution& d) {
    return is_period(d) ? significant(d.none * 100, digits) + " %" : std::string("-");
  });
  add("mean", [&](const Distribution& d) { return minutes(d.mean, digits); });
  for (const double p : {0.5, 0.95, 0.99, 0.999}) {
    const auto find = [&](const Distribution& d) {
      return std::find_if(d.quantiles.begin(), d.quantiles.end(),
                          [&](const auto& q) { return std::abs(q.probability - p) < 1e-9; });
    };
    if (std::all_of(columns.begin(), columns.end(),
                    [&](const Distribution* d) { return find(*d) == d->quantiles.end(); }))
      continue;
    add(p == 0.5 ? "half at most" : share(p) + " at most", [&](const Distribution& d) {
      const auto q = find(d);
      // A quantile is known when a few of what was seen lie beyond it.
      return q == d.quantiles.end() || (1 - p) * static_cast<double>(d.samples) < 5 ? std::string("-")
                                                                                    : minutes(q->minutes, digits);
    });
  }
  add("the worst seen", [&](const Distribution& d) { return minutes(d.most, digits); });
  return table;
}

Table promises_table(const Model& model, const Answer& answer, int digits) {
  Table table;
  std::vector<std::string> meanings;
  std::vector<const Distribution*> columns;
  table.header = {"promise"};
  for (const Distribution& d : answer.simulated->distributions) {
    if (!is_period(d) || d.samples == 0 || d.exceeds.empty()) continue;
    columns.push_back(&d);
    const std::string period = period_of(model, d);
    table.header.insert(table.header.end(), {"a " + period + " allows", "broken in"});
    for (const auto& e : d.exceeds)
      if (!e.meaning.empty() && std::find(meanings.begin(), meanings.end(), e.meaning) == meanings.end())
        meanings.push_back(e.meaning);
  }
  for (const std::string& meaning : meanings) {
    std::vector<std::string> row{meaning};
    for (const Distribution* d : columns) {
      const auto e =
          std::find_if(d->exceeds.begin(), d->exceeds.end(), [&](const auto& x) { return x.meaning == meaning; });
      if (e == d->exceeds.end()) {
        row.insert(row.end(), {"-", "-"});
        continue;
      }
      row.push_back(minutes(e->minutes, digits));
      row.push_back(estimate_percent(e->probability, &e->interval, digits));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string worst_years_sentence(const Answer& answer) {
  const auto& years = answer.simulated->worst_years;
  std::string list;
  for (std::size_t i = 0; i < years.size() && i < 3; ++i)
    if (years[i].down_min > 0)
      list += fmt::format("{}{} ({} outage{})", list.empty() ? "" : ", ", minutes(years[i].down_min, 3),
                          years[i].outages, years[i].outages == 1 ? "" : "s");
  if (list.empty()) return "";
  return fmt::format("The worst of {} years were down for {}.", years_text(answer.simulated->years), list);
}

}  // namespace nines::cli
