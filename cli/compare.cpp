#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/render/downtime.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/over_time.hpp"
#include "cli/render/results.hpp"
#include "cli/render/screen.hpp"
#include "cli/render/simulated_comparison.hpp"
#include "cli/render/simulation.hpp"
#include "cli/simulation_run.hpp"
#include "model/study/decision.hpp"

namespace nines::cli {
namespace {

using study::Candidate;

// By how much one candidate is better than another, in downtime and money.
std::string margin(const Candidate& better, const Candidate& other, int digits) {
  const Measures &a = better.answer->measures, &b = other.answer->measures;
  std::string words = fmt::format("{} min/year less downtime",
                                  significant(*b.downtime_min_per_year - *a.downtime_min_per_year, digits));
  if (!a.cost_per_year || !b.cost_per_year) return words;
  const double more = *a.cost_per_year - *b.cost_per_year;
  if (std::abs(more) < 0.5) return words + " at the same cost";
  const std::string amount = money(std::abs(more));
  return words +
         (more > 0 ? fmt::format(" for {} a year more", amount) : fmt::format(", and {} a year cheaper", amount));
}

std::string verdict(const std::vector<Candidate>& candidates, const study::Ranking& ranking, int digits) {
  if (candidates.size() < 2) return "There is one design; a comparison needs two (see `designs:`).";
  const Candidate &best = candidates[ranking.order[0]], &next = candidates[ranking.order[1]];
  if (ranking.tied)
    return fmt::format("{} and {} are equally good: their downtime does not differ.", best.name, next.name);
  if (candidates.size() == 2) return fmt::format("{} is better: {}.", best.name, margin(best, next, digits));
  std::string words = fmt::format("{} is the best of {}: {} than {}, which comes next", best.name, candidates.size(),
                                  margin(best, next, digits), next.name);
  const Candidate& last = candidates[ranking.order.back()];
  words += fmt::format("; {} comes last with {} min/year.", last.name,
                       significant(*last.answer->measures.downtime_min_per_year, digits));
  return words;
}

std::string reason(const std::vector<Candidate>& candidates, const study::Ranking& ranking, int digits) {
  if (candidates.size() < 2 || ranking.tied) return "";
  const std::size_t best = ranking.order[0], next = ranking.order[1];
  const study::CauseRow* largest = nullptr;
  const auto rows = study::cause_rows(candidates);
  const auto gain = [&](const study::CauseRow& row) { return row.minutes_per_year[next] - row.minutes_per_year[best]; };
  for (const auto& row : rows)
    if (!largest || gain(row) > gain(*largest)) largest = &row;
  if (!largest || gain(*largest) <= 0) return "";
  const std::string what =
      largest->component ? *largest->component + ", " + to_string(*largest->cause) : "several at once";
  return fmt::format("Most of the difference is {}: {} min/year in {}, {} in {}.", what,
                     significant(largest->minutes_per_year[best], digits), candidates[best].name,
                     significant(largest->minutes_per_year[next], digits), candidates[next].name);
}

std::string target_words(const std::vector<Candidate>& candidates, const study::Ranking& ranking) {
  std::size_t with = 0, met = 0;
  for (const Candidate& c : candidates) {
    const auto meets = study::meets_target(*c.model, *c.answer);
    if (!meets) continue;
    ++with;
    if (*meets) ++met;
  }
  if (with == 0) return "";
  if (met == 0) return with == 1 ? "It misses the target." : "None of them meets the target.";
  if (ranking.cheapest_met && candidates.size() > 1)
    return fmt::format("The cheapest that meets the target is {}.", candidates[*ranking.cheapest_met].name);
  return met == with ? (with == 1 ? "It meets the target." : "All of them meet the target.")
                     : fmt::format("{} of {} meet the target.", met, with);
}

// Which serves most, where that can be told.
std::string served_words(const std::vector<Candidate>& candidates, int digits) {
  const Candidate *best = nullptr, *next = nullptr;
  for (const Candidate& c : candidates) {
    if (!c.answer->unserved) continue;
    const auto less = [&](const Candidate* other) { return !other || *c.answer->unserved < *other->answer->unserved; };
    if (less(best)) {
      next = best;
      best = &c;
    } else if (less(next)) {
      next = &c;
    }
  }
  if (!next || *best->answer->unserved == *next->answer->unserved) return "";
  return fmt::format("Of the demand {} serves most: {} % goes unserved, against {} % in {}.", best->name,
                     significant(*best->answer->unserved * 100, digits),
                     significant(*next->answer->unserved * 100, digits), next->name);
}

std::vector<Candidate> name_all(const Session& session, const std::vector<Case>& cases,
                                const std::vector<Answer>& answers, std::size_t from, std::size_t count) {
  std::vector<Candidate> candidates;
  for (std::size_t i = from; i < from + count; ++i) {
    const Case& one = cases[i];
    // Two files may give their models the same name: then the file says which is which.
    const bool alike = std::any_of(cases.begin(), cases.end(), [&](const Case& other) {
      return other.path != one.path && other.model.name == one.model.name;
    });
    const std::string name = session.options().models.size() > 1
                                 ? (alike ? one.path : one.model.name) + ": " + one.model.design
                                 : one.model.design;
    candidates.push_back({name, &one.model, &answers[i]});
  }
  return candidates;
}

Document screen(Session& session, const Cases& cases, const std::vector<Answer>& answers) {
  const int digits = session.options().digits > 0 ? session.options().digits : kDigits;
  Document document;
  const auto all = name_all(session, cases.list, answers, 0, answers.size());
  if (!cases.sweeps.empty()) {
    std::vector<std::vector<SweepValue>> points;
    for (const Case& one : cases.list) points.push_back(one.point);
    document.add(cases.list.front().model.name);
    document.add(sweep_table(cases.sweeps, points, all, true, session.options().at, digits));
    return document;
  }
  const auto ranking = study::rank(all);
  document.add(measures_table(all, true, digits));
  add_over_time(document, session.options().at, all, digits);
  add_downtime(document, all, digits);
  Table causes = causes_table(all, digits);
  if (!causes.rows.empty()) {
    document.add(std::string("Where the downtime comes from, min/year"));
    document.add(std::move(causes));
  }
  std::string words = verdict(all, ranking, digits);
  for (const std::string& sentence :
       {reason(all, ranking, digits), served_words(all, digits), target_words(all, ranking)})
    if (!sentence.empty()) words += "\n" + sentence;
  for (const std::string& sentence : study::unlike_assumptions(all)) words += "\nNote: " + sentence + ".";
  document.add(words);
  return document;
}

// All designs at one point of the sweeps are played with common random numbers, point by point.
std::vector<std::vector<std::size_t>> by_point(const std::vector<Case>& cases) {
  std::vector<std::vector<std::size_t>> groups;
  const auto same = [](const std::vector<SweepValue>& a, const std::vector<SweepValue>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const SweepValue& x, const SweepValue& y) { return x.text == y.text; });
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& g) { return same(cases[g[0]].point, cases[i].point); });
    if (group == groups.end())
      groups.push_back({i});
    else
      group->push_back(i);
  }
  return groups;
}

Document simulated_screen(Session& session, const Cases& cases, const SimulatedCases& run) {
  const int digits = session.options().digits > 0 ? session.options().digits : kDigits;
  Document document;
  if (run.answers.empty()) {
    document.add(std::string("Interrupted before anything was seen."));
    return document;
  }
  const auto all = name_all(session, run.cases, run.answers, 0, run.answers.size());
  if (!cases.sweeps.empty()) {
    std::vector<std::vector<SweepValue>> points;
    for (const Case& one : run.cases) points.push_back(one.point);
    document.add(run.cases.front().model.name);
    document.add(simulated_sweep_table(cases.sweeps, points, all, true, session.options().at, digits));
    return document;
  }
  document.add(simulated_comparison_table(all, digits));
  add_over_time(document, session.options().at, all, digits);
  Table causes = causes_table(all, digits);
  if (!causes.rows.empty()) {
    document.add(std::string("Where the downtime comes from, min/year"));
    document.add(std::move(causes));
  }
  const auto ranking = study::rank(all);
  const bool decided = all.size() > 1 && study::apart(all[ranking.order[0]], all[ranking.order[1]]).decided();
  std::string words = simulated_verdict(all, digits);
  for (const std::string& sentence : {decided ? reason(all, ranking, digits) : "", simulated_targets(all),
                                      run_sentence(run.answers.front(), session.options().precision)})
    if (!sentence.empty()) words += "\n" + sentence;
  for (const std::string& sentence : study::unlike_assumptions(all)) words += "\nNote: " + sentence + ".";
  document.add(words);
  return document;
}

int compare_by_simulation(Session& session, const Cases& cases) {
  const auto run = simulate(session, cases.list, by_point(cases.list));
  if (!run) return kCouldNot;
  switch (session.format()) {
    case Format::json: return finish(session, *run, results_json(run->cases, run->answers));
    case Format::csv:
      return finish(session, *run,
                    session.options().long_csv ? results_long_csv(cases.sweeps, run->cases, run->answers)
                                               : results_csv(cases.sweeps, run->cases, run->answers));
    default: break;
  }
  const Document document = simulated_screen(session, cases, *run);
  return finish(session, *run, session.format() == Format::markdown ? to_markdown(document) : to_text(document));
}

}  // namespace

int run_compare(Session& session) {
  const auto cases = session.read_cases();
  if (!cases) return kWrongInput;
  if (session.options().simulate) return compare_by_simulation(session, *cases);
  const bool with_tables = cases->sweeps.empty() && (session.format() != Format::csv || session.options().long_csv);
  const auto answers = session.solve(cases->list, with_tables);
  if (!answers) return kCouldNot;
  switch (session.format()) {
    case Format::json: return session.deliver(results_json(cases->list, *answers), kDone);
    case Format::csv:
      return session.deliver(session.options().long_csv ? results_long_csv(cases->sweeps, cases->list, *answers)
                                                        : results_csv(cases->sweeps, cases->list, *answers),
                             kDone);
    default: break;
  }
  const Document document = screen(session, *cases, *answers);
  // What is true of every design is said once.
  std::map<std::string, std::vector<std::string>> notes;
  for (std::size_t i = 0; i < answers->size(); ++i)
    for (const std::string& note : (*answers)[i].method.notes) notes[note].push_back(cases->list[i].model.design);
  for (auto& [note, designs] : notes)
    session.note(designs.size() == answers->size()
                     ? "note: " + note
                     : fmt::format("note: {}: {}",
                                   fmt::join(designs.begin(), std::unique(designs.begin(), designs.end()), ", "),
                                   note));
  return session.deliver(session.format() == Format::markdown ? to_markdown(document) : to_text(document), kDone);
}

}  // namespace nines::cli
