#include "model/study/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "model/description/quantity.hpp"

namespace nines::study {
namespace {

std::string target_text(const Model& model) {
  std::string text;
  if (model.target_availability) text = share_text(*model.target_availability);
  if (model.target_served)
    text += fmt::format("{}{} served", text.empty() ? "" : " and ", share_text(*model.target_served));
  if (model.target_downtime) text += (text.empty() ? "" : " and ") + to_string(*model.target_downtime);
  return text.empty() ? "none" : text;
}

// By name, whatever the number in the model: what a unit or place is by itself.
struct Plain {
  std::vector<Unit> nodes;
  std::vector<Crew> crews;    // of each failure mode; one without a name for none
  std::vector<Spare> spares;  // the same
  std::vector<Unit> holds;    // what takes it down as a whole
  double beta = 0;
  std::vector<std::string> places;
  Redundancy redundancy;

  friend bool operator==(const Plain&, const Plain&) = default;
};

Plain plain(const Model& model, const Component& component) {
  Plain result{{}, {}, {}, {}, component.beta, {}, component.redundancy};
  // What follows from the demand, which is compared by itself.
  if (auto* pair = std::get_if<PrimaryStandby>(&result.redundancy)) pair->who_serves_matters = false;
  if (auto* cluster = std::get_if<Cluster>(&result.redundancy)) cluster->detection_matters = false;
  for (const UnitId unit : component.nodes) {
    result.nodes.push_back(model.units[unit]);
    result.nodes.back().type.clear();
    result.nodes.back().cost_per_year = 0;
    for (FailureMode& mode : result.nodes.back().modes) {
      result.crews.push_back(mode.crew == kNoCrew ? Crew() : model.crews[mode.crew]);
      mode.crew = kNoCrew;
      result.spares.push_back(mode.spare == kNoSpare ? Spare() : model.spares[mode.spare]);
      mode.spare = kNoSpare;
    }
  }
  for (const ComponentId hold : component.holds) result.holds.push_back(model.units[model.components[hold].nodes[0]]);
  for (const ComponentId place : component.placement) result.places.push_back(model.components[place].name);
  return result;
}

// By name, those of single failures; what is restored together is among the holds of what it hits.
std::map<std::string, CommonCause> plain_causes(const Model& model) {
  std::map<std::string, CommonCause> causes;
  for (const CommonCause& cause : model.causes) {
    CommonCause& plain = causes[cause.name] = cause;
    plain.hits.clear();
  }
  return causes;
}

std::set<std::string> unlike_causes(const Model& a, const Model& b) {
  const auto in_a = plain_causes(a), in_b = plain_causes(b);
  std::set<std::string> names;
  for (const auto* side : {&in_a, &in_b})
    for (const auto& [name, cause] : *side) {
      const auto& other = side == &in_a ? in_b : in_a;
      const auto found = other.find(name);
      if (found == other.end() || found->second != cause) names.insert(name);
    }
  return names;
}

const Component* find(const Model& model, const std::string& name, bool infrastructure) {
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id] && model.components[id].name == name && model.components[id].infrastructure == infrastructure)
      return &model.components[id];
  return nullptr;
}

std::string quoted_list(const std::set<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
  return list;
}

}  // namespace

double CauseRow::spread() const {
  const auto [least, most] = std::minmax_element(minutes_per_year.begin(), minutes_per_year.end());
  return *most - *least;
}

bool leaves_target_open(const Model& model, const Answer& answer) {
  const auto one = [](const auto& target) { return target ? 1U : 0U; };
  return answer.targets.size() < one(model.target_availability) + one(model.target_served) + one(model.target_downtime);
}

std::optional<bool> meets_target(const Model& model, const Answer& answer) {
  for (const TargetResult& target : answer.targets)
    if (!target.met) return false;
  if (answer.targets.empty() || leaves_target_open(model, answer)) return std::nullopt;
  return true;
}

std::vector<CauseRow> cause_rows(std::span<const Candidate> candidates) {
  std::map<std::pair<std::string, int>, CauseRow> rows;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (const CauseShare& share : candidates[i].answer->causes) {
      const std::pair key{share.component.value_or(""), share.cause ? static_cast<int>(*share.cause) : -1};
      CauseRow& row =
          rows.try_emplace(key, CauseRow{share.component, share.cause, std::vector<double>(candidates.size(), 0.0)})
              .first->second;
      row.minutes_per_year[i] += share.downtime_min_per_year;
    }
  std::vector<CauseRow> list;
  for (auto& [key, row] : rows) list.push_back(std::move(row));
  const auto most = [](const CauseRow& row) {
    return *std::max_element(row.minutes_per_year.begin(), row.minutes_per_year.end());
  };
  std::stable_sort(list.begin(), list.end(), [&](const CauseRow& a, const CauseRow& b) {
    if (a.component.has_value() != b.component.has_value()) return a.component.has_value();
    return most(a) > most(b);
  });
  return list;
}

Ranking rank(std::span<const Candidate> candidates) {
  Ranking ranking;
  ranking.order.resize(candidates.size());
  std::iota(ranking.order.begin(), ranking.order.end(), std::size_t{0});
  const auto down = [&](std::size_t i) { return candidates[i].answer->measures.unavailability.value_or(1); };
  std::stable_sort(ranking.order.begin(), ranking.order.end(),
                   [&](std::size_t a, std::size_t b) { return down(a) < down(b); });
  if (ranking.order.size() > 1) {
    const std::size_t a = ranking.order[0], b = ranking.order[1];
    const auto error = [&](std::size_t i) { return down(i) * candidates[i].answer->method.error_bound.value_or(0); };
    ranking.tied = down(b) - down(a) <= error(a) + error(b);
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Answer& answer = *candidates[i].answer;
    if (!meets_target(*candidates[i].model, answer).value_or(false) || !answer.measures.cost_per_year) continue;
    if (!ranking.cheapest_met) {
      ranking.cheapest_met = i;
      continue;
    }
    const double cost = *answer.measures.cost_per_year;
    const double least = *candidates[*ranking.cheapest_met].answer->measures.cost_per_year;
    // At the same price the better one.
    if (cost < least || (cost == least && down(i) < down(*ranking.cheapest_met))) ranking.cheapest_met = i;
  }
  return ranking;
}

std::vector<std::string> unlike_assumptions(std::span<const Candidate> candidates) {
  std::vector<std::string> sentences;
  if (candidates.size() < 2) return sentences;
  const Candidate& first = candidates.front();
  for (const Candidate& other : candidates.subspan(1)) {
    std::set<std::string> unlike, missing, numbers;
    for (const bool infrastructure : {true, false})
      for (const Candidate* side : {&first, &other}) {
        const Candidate& opposite = side == &first ? other : first;
        for (ComponentId id = 0; id < side->model->components.size(); ++id) {
          const Component& c = side->model->components[id];
          if (!side->model->used[id] || c.infrastructure != infrastructure || c.hold != Hold::none) continue;
          const Component* twin = find(*opposite.model, c.name, infrastructure);
          if (!twin && infrastructure) missing.insert(c.name);
          if (!twin || plain(*side->model, c) == plain(*opposite.model, *twin)) continue;
          if (infrastructure)
            unlike.insert(c.name);
          else if (c.redundancy.index() == twin->redundancy.index())
            numbers.insert(c.name);
        }
      }
    if (!missing.empty())
      sentences.push_back(fmt::format("{} and {} do not stand on the same infrastructure: only one of them uses {}",
                                      first.name, other.name, quoted_list(missing)));
    if (!unlike.empty())
      sentences.push_back(fmt::format("{} and {} give other numbers to the infrastructure {}", first.name, other.name,
                                      quoted_list(unlike)));
    if (!numbers.empty())
      sentences.push_back(fmt::format("{} and {} have the same redundancy but other numbers for {}", first.name,
                                      other.name, quoted_list(numbers)));
    if (const auto causes = unlike_causes(*first.model, *other.model); !causes.empty())
      sentences.push_back(
          fmt::format("{} and {} have different common causes: {}", first.name, other.name, quoted_list(causes)));
    if (first.model->demand != other.model->demand)
      sentences.push_back(fmt::format("{} and {} have different demands", first.name, other.name));
    if (target_text(*first.model) != target_text(*other.model))
      sentences.push_back(fmt::format("{} and {} have different targets: {} and {}", first.name, other.name,
                                      target_text(*first.model), target_text(*other.model)));
  }
  return sentences;
}

}  // namespace nines::study
