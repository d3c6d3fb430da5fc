#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/results.hpp"
#include "cli/render/simulation.hpp"
#include "cli/simulation_run.hpp"
#include "cli/trace.hpp"

namespace nines::cli {
namespace {

using study::Candidate;

Document screen(Session& session, const Cases& cases, const SimulatedCases& run) {
  const Options& options = session.options();
  const int digits = options.digits > 0 ? options.digits : kDigits;
  Document document;
  if (run.answers.empty()) {
    document.add(std::string("Interrupted before anything was seen."));
    return document;
  }
  if (!cases.sweeps.empty()) {
    std::vector<Candidate> candidates;
    std::vector<std::vector<SweepValue>> points;
    bool several = false;
    for (std::size_t i = 0; i < run.answers.size(); ++i) {
      candidates.push_back({run.cases[i].model.design, &run.cases[i].model, &run.answers[i]});
      points.push_back(run.cases[i].point);
      several = several || candidates[i].name != candidates[0].name;
    }
    document.add(run.cases.front().model.name);
    document.add(simulated_sweep_table(cases.sweeps, points, candidates, several, options.at, digits));
  } else {
    for (std::size_t i = 0; i < run.answers.size(); ++i) {
      const Case& one = run.cases[i];
      document.add(fmt::format("{}, design {}", one.model.name, one.model.design));
      add_simulation(document, {"", &one.model, &run.answers[i]}, options, digits);
      if (options.story) add_story(session, one, run.answers[i], document);
    }
  }
  if (run.interrupted) {
    std::string left_out;
    for (std::size_t i = run.cases.size(); i < cases.list.size(); ++i)
      left_out += (left_out.empty() ? "" : "; ") + case_name(cases.list[i]);
    if (!left_out.empty()) document.add("INTERRUPTED: nothing was played of " + left_out + ".");
  }
  return document;
}

}  // namespace

int run_simulate(Session& session) {
  const auto cases = session.read_cases();
  if (!cases || !can_trace(session, *cases)) return kWrongInput;
  // One after the other: what is said of a design does not depend on what others the file has.
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < cases->list.size(); ++i) groups.push_back({i});
  if (!session.options().trace.empty() && !write_trace(session, cases->list.front())) return kCouldNot;
  const auto run = simulate(session, cases->list, groups);
  if (!run) return kCouldNot;
  if (session.format() == Format::table || session.format() == Format::markdown) {
    const Document document = screen(session, *cases, *run);
    return finish(session, *run, session.format() == Format::markdown ? to_markdown(document) : to_text(document));
  }
  if (session.options().story)  // beside results for programs
    for (std::size_t i = 0; i < run->answers.size(); ++i) {
      Document document;
      add_story(session, run->cases[i], run->answers[i], document);
      session.note(to_text(document));
    }
  if (session.format() == Format::json) return finish(session, *run, results_json(run->cases, run->answers));
  return finish(session, *run,
                session.options().long_csv ? results_long_csv(cases->sweeps, run->cases, run->answers)
                                           : results_csv(cases->sweeps, run->cases, run->answers));
}

}  // namespace nines::cli
