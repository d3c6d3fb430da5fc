#include <chrono>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/render/downtime.hpp"
#include "cli/render/importance.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/over_time.hpp"
#include "cli/render/results.hpp"
#include "cli/render/screen.hpp"

namespace nines::cli {
namespace {

using study::Candidate;

std::string title(const Session& session, const Case& one) {
  const bool named = session.options().models.size() > 1;
  return fmt::format("{}{}, design {}", named ? one.path + ": " : "", one.model.name, one.model.design);
}

void add_answer(Document& document, const std::vector<AtWord>& at, const std::vector<Candidate>& candidates,
                int digits) {
  document.add(measures_table(candidates, true, digits));
  for (const Candidate& c : candidates)
    if (const std::string words = target_sentence(*c.answer, digits); !words.empty())
      document.add(candidates.size() > 1 ? c.name + ": " + words : words);
  add_over_time(document, at, candidates, digits);
  add_downtime(document, candidates, digits);
  Table causes = causes_table(candidates, digits);
  if (!causes.rows.empty()) {
    document.add(std::string("Where the downtime comes from, min/year"));
    document.add(std::move(causes));
  }
  Table infrastructure = infrastructure_table(candidates, digits);
  if (!infrastructure.rows.empty()) {
    document.add(std::string("Of all this would not be, if this were always up, min/year"));
    document.add(std::move(infrastructure));
  }
}

Document screen(Session& session, const Cases& cases, const std::vector<Answer>& answers,
                const std::vector<Answer>& before) {
  const int digits = session.options().digits > 0 ? session.options().digits : kDigits;
  Document document;
  if (!cases.sweeps.empty()) {
    std::vector<Candidate> candidates;
    std::vector<std::vector<SweepValue>> points;
    bool several = false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      candidates.push_back({cases.list[i].model.design, &cases.list[i].model, &answers[i]});
      points.push_back(cases.list[i].point);
      several = several || candidates[i].name != candidates[0].name;
    }
    document.add(cases.list.front().model.name);
    document.add(sweep_table(cases.sweeps, points, candidates, several, session.options().at, digits));
    return document;
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Case& one = cases.list[i];
    document.add(title(session, one));
    std::vector<Candidate> candidates;
    if (!before.empty()) candidates.push_back({"as written", &cases.as_written[i].model, &before[i]});
    candidates.push_back({before.empty() ? "" : "changed", &one.model, &answers[i]});
    add_answer(document, session.options().at, candidates, digits);
    add_importance(document, answers[i], digits);
  }
  return document;
}

void note_method(Session& session, const Cases& cases, const std::vector<Answer>& answers, double seconds) {
  std::vector<std::string> notes;
  std::uint64_t states = 0, transitions = 0;
  double bound = 0;
  bool exact = true;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Method& method = answers[i].method;
    states += method.states;
    exact = exact && method.exact;
    transitions += method.transitions;
    bound = std::max(bound, method.error_bound.value_or(0));
    for (const std::string& note : method.notes) {
      const std::string line =
          answers.size() > 1 && cases.sweeps.empty() ? cases.list[i].model.design + ": " + note : note;
      if (std::find(notes.begin(), notes.end(), line) == notes.end()) notes.push_back(line);
    }
  }
  for (const std::string& note : notes) session.note("note: " + note);
  session.note(fmt::format(
      "{} (Markov chains, structure): {} states, {} transitions in all, relative error {}below {}; {:.0f} ms",
      exact ? "exact" : "approximate", states, transitions, exact ? "" : "beside that ", significant(bound, 1),
      seconds * 1000));
}

}  // namespace

int run_solve(Session& session) {
  const auto start = std::chrono::steady_clock::now();
  const auto cases = session.read_cases();
  if (!cases) return kWrongInput;
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
  std::vector<Answer> before;
  if (!cases->as_written.empty()) {
    auto solved = session.solve(cases->as_written);
    if (!solved) return kCouldNot;
    before = std::move(*solved);
  }
  const Document document = screen(session, *cases, *answers, before);
  const int exit_code =
      session.deliver(session.format() == Format::markdown ? to_markdown(document) : to_text(document), kDone);
  if (exit_code != kDone) return exit_code;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  note_method(session, *cases, *answers, took.count());
  return exit_code;
}

}  // namespace nines::cli
