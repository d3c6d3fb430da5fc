#include "cli/simulation_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include <fmt/format.h>

#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/render/estimates.hpp"
#include "cli/render/numbers.hpp"
#include "model/study/agreement.hpp"
#include "model/study/decision.hpp"
#include "model/study/effort.hpp"

namespace nines::cli {
namespace {

// The analytic answer of a case, or why there is none to compare with.
struct Beside {
  std::optional<Answer> solved;
  std::string reason;
};

Beside solve_beside(const Case& one, const Options& options) {
  markov::SolveOptions solve_options;
  solve_options.max_states = options.max_states;
  solve_options.at_h = hours_of(options.at);
  auto answer = markov::solve(one.model, solve_options);
  if (!answer) return {std::nullopt, answer.error().message};
  if (answer->method.exact) return {std::move(*answer), ""};
  const std::string said = "approximate: ";
  for (const std::string& note : answer->method.notes)
    if (note.starts_with(said)) return {std::nullopt, "it approximates here: " + note.substr(said.size())};
  return {std::nullopt, "it approximates here"};
}

unsigned threads_of(const Options& options) {
  return options.jobs > 0 ? static_cast<unsigned>(options.jobs) : std::max(1U, std::thread::hardware_concurrency());
}

// Too few outages to expect: said before the time is spent.
void warn_of_rare_outages(Session& session, const Case& one, const Answer& solved) {
  const Options& options = session.options();
  const unsigned threads = threads_of(options);
  const study::Effort effort = study::effort(one.model, solved, options.years.value_or(0),
                                             static_cast<double>(options.max_events), options.precision, threads);
  const double enough = options.years ? study::kOutagesToDecide : study::outages_needed(options.precision);
  if (effort.outages >= enough) return;
  std::string words = fmt::format("note: {}: {} outages a year (solved): ", case_name(one),
                                  significant(solved.measures.failures_per_year.value_or(0), 2));
  words +=
      options.years
          ? fmt::format("about {} to expect in {} years", roughly(effort.outages), years_text(effort.years))
          : fmt::format("about {} to expect in the {} years that {} events are enough for", roughly(effort.outages),
                        roughly(effort.years), money(static_cast<double>(options.max_events)));
  if (std::isfinite(effort.years_needed))
    words += fmt::format("; ± {} would take some {} years, {} of computing on {} thread{}", share(options.precision),
                         roughly(effort.years_needed),
                         effort.seconds_needed < 1 ? "less than a second" : span(effort.seconds_needed / 3600, 2),
                         threads, threads == 1 ? "" : "s");
  session.note(words);
}

}  // namespace

std::string case_name(const Case& one) {
  std::string name = one.model.design;
  for (const SweepValue& value : one.point) name += fmt::format(", {} = {}", value.change.path, value.text);
  return name;
}

sim::SimulateOptions simulate_options(const Options& options) {
  sim::SimulateOptions to;
  to.seed = options.seed;
  to.years = options.years;
  to.precision = options.precision;
  to.max_events = options.max_events;
  to.max_events_written = options.max_events_written;
  to.at_h = hours_of(options.at);
  to.jobs = static_cast<unsigned>(options.jobs);
  return to;
}

std::optional<SimulatedCases> simulate(Session& session, const std::vector<Case>& cases,
                                       const std::vector<std::vector<std::size_t>>& groups) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<Beside> beside;
  for (const Case& one : cases) {
    beside.push_back(solve_beside(one, session.options()));
    if (beside.back().solved) warn_of_rare_outages(session, one, *beside.back().solved);
  }
  const std::chrono::duration<double> solving = std::chrono::steady_clock::now() - start;
  std::vector<std::optional<Answer>> answers(cases.size());
  std::uint64_t events = 0;
  const Interruptible interruptible;
  {
    ProgressLine line(!session.options().quiet);
    for (std::size_t g = 0; g < groups.size() && !interruptible.interrupted(); ++g) {
      std::vector<const Model*> models;
      for (const std::size_t i : groups[g]) models.push_back(&cases[i].model);
      sim::SimulateHooks hooks;
      hooks.stop = &interruptible.flag();
      hooks.progress = [&](const sim::Progress& progress) {
        std::string words = fmt::format("{} years", significant(progress.years, 3));
        if (std::isfinite(progress.half_width) && progress.half_width > 0)
          words += fmt::format(", ± {} %", significant(progress.half_width * 100, 2));
        if (groups.size() > 1)
          words += fmt::format(", {} ({} of {})", case_name(cases[groups[g][0]]), g + 1, groups.size());
        line.show((static_cast<double>(g) + progress.done) / static_cast<double>(groups.size()), words);
      };
      auto played = sim::simulate(models, simulate_options(session.options()), hooks);
      if (!played && interruptible.interrupted()) break;
      if (!played) {
        session.say_refusal({played.error().code, played.error().message, played.error().notes, played.error().helps},
                            cases[groups[g][0]]);
        return std::nullopt;
      }
      for (std::size_t k = 0; k < groups[g].size() && k < played->size(); ++k) {
        Answer& answer = (*played)[k];
        const Beside& other = beside[groups[g][k]];
        Simulated& seen = *answer.simulated;
        seen.not_compared = other.reason;
        if (other.solved) {
          study::compare_with(answer, *other.solved, cases[groups[g][k]].model);
          const double outages = other.solved->measures.failures_per_year.value_or(0);
          if (seen.outages == 0)
            seen.years_needed = outages > 0 ? study::outages_needed(session.options().precision) / outages : 0;
        }
        events += seen.events;
        study::leave_out_what_was_not_seen(answer);
        answers[groups[g][k]] = std::move(answer);
      }
    }
  }
  SimulatedCases run;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    run.interrupted = run.interrupted || !answers[i] || answers[i]->simulated->interrupted;
    if (!answers[i]) continue;
    run.cases.push_back(cases[i]);
    run.answers.push_back(std::move(*answers[i]));
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const unsigned threads = threads_of(session.options());
  run.effort = fmt::format("simulated: {} events in {:.2f} s on {} thread{}; solved beside it in {:.2f} s",
                           money(static_cast<double>(events)), took.count() - solving.count(), threads,
                           threads == 1 ? "" : "s", solving.count());
  return run;
}

int finish(Session& session, const SimulatedCases& run, const std::string& result) {
  const int delivered = session.deliver(result, kDone);
  if (delivered != kDone) return delivered;
  session.note(run.effort);
  // The screen of one design says it in its place.
  if (session.options().verb == "compare")
    for (std::size_t i = 0; i < run.answers.size(); ++i)
      if (const std::string& reason = run.answers[i].simulated->not_compared; !reason.empty())
        session.note(fmt::format("not compared with solve: {}: {}", case_name(run.cases[i]), reason));
  if (run.interrupted) return kInterrupted;
  if (!session.options().verify) return kDone;
  const study::Verdict verdict = study::verify(run.answers);
  if (verdict.compared == 0) {
    std::vector<std::string> notes;
    for (std::size_t i = 0; i < run.answers.size(); ++i)
      notes.push_back(case_name(run.cases[i]) + ": " +
                      (run.answers[i].simulated->agreement.empty()
                           ? run.answers[i].simulated->not_compared
                           : fmt::format("{} outages seen, and at least {:.0f} are needed",
                                         run.answers[i].simulated->outages, study::kOutagesToDecide)));
    session.say_refusal({"not-compared", "there is nothing that both engines have answered", std::move(notes), {}});
    return kCouldNot;
  }
  const std::string rate = "engines that agree are called different in 0.1 % of runs, over all measures together";
  if (!verdict.agree()) {
    const Agreement& worst = verdict.worst->agreement;
    session.say_refusal(
        {"engines-disagree",
         fmt::format("{}: {}{} is {} simulated and {} solved, {:.1f} standard errors apart",
                     case_name(run.cases[verdict.worst->answer]), worst.measure,
                     worst.component.empty() ? "" : " of " + worst.component, significant(worst.estimated, 4),
                     significant(worst.solved, 4), worst.distance),
         {fmt::format("{} measures were compared; chance alone stays within {:.1f}", verdict.compared, verdict.limit),
          rate},
         {"another `--seed` shows whether it was chance"}});
    return kNo;
  }
  session.note(
      fmt::format("verified: {} measures agree, the largest distance is {:.1f} standard errors of {:.1f} allowed "
                  "({}){}",
                  verdict.compared, std::abs(verdict.worst->agreement.distance), verdict.limit, rate,
                  verdict.undecidable > 0 ? fmt::format("; {} more were not compared: fewer than {:.0f} outages seen",
                                                        verdict.undecidable, study::kOutagesToDecide)
                                          : ""));
  for (std::size_t i = 0; i < run.answers.size(); ++i)
    if (run.answers[i].simulated->agreement.empty())
      session.note(
          fmt::format("not verified: {}: {}", case_name(run.cases[i]), run.answers[i].simulated->not_compared));
  return kDone;
}

}  // namespace nines::cli
