#include "cli/trace.hpp"

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/trace.hpp"
#include "cli/simulation_run.hpp"

namespace nines::cli {
namespace {

// About 60 MB: what an editor or a spreadsheet still opens.
constexpr std::uint64_t kMostRows = 1'000'000;
constexpr std::size_t kChunk = 1 << 16;

}  // namespace

bool can_trace(Session& session, const Cases& cases) {
  const Options& options = session.options();
  if (!options.trace.empty()) {
    if (!options.trace.ends_with(".csv") && !options.trace.ends_with(".jsonl")) {
      session.complain(fmt::format("`--trace` writes CSV or JSON lines, and `{}` does not say which", options.trace),
                       "end the name with .csv or .jsonl");
      return false;
    }
    if (cases.list.size() != 1) {
      std::string names;
      for (const Case& one : cases.list) names += (names.empty() ? "" : ", ") + one.model.design;
      session.complain("`--trace` writes one history of one design", cases.sweeps.empty()
                                                                         ? "choose one with `--design`: " + names
                                                                         : "leave out `--sweep`; use `--set`");
      return false;
    }
  }
  if (options.story && !cases.sweeps.empty()) {
    session.complain("`--story` tells of one point", "leave out `--sweep`; use `--set`");
    return false;
  }
  return true;
}

bool write_trace(Session& session, const Case& one) {
  const Options& options = session.options();
  const bool json = options.trace.ends_with(".jsonl");
  OutputFile file(options.trace);
  const Model* model = &one.model;
  const sim::SimulateOptions simulate = simulate_options(options);
  const sim::Plan plan = sim::plan(std::span(&model, 1), simulate);
  const double warm_up = sim::counted_from_h(plan.warm_up_h, plan.spread_h, simulate.seed, 0);
  std::string chunk = json ? "" : trace_head();
  std::uint64_t rows = 0, more = 0;
  double last_h = 0;
  if (file.problem().empty())
    sim::trace(one.model, simulate, 0, 0, warm_up + plan.counted_h, [&](const sim::TraceEvent& event) {
      if (rows == kMostRows) {
        ++more;
        return;
      }
      ++rows;
      last_h = event.time_h;
      chunk += json ? trace_line(event) : trace_row(event);
      if (chunk.size() < kChunk) return;
      file.write(chunk);
      chunk.clear();
    });
  file.write(chunk);
  if (const std::string problem = file.commit(); !problem.empty()) {
    session.say_refusal({"output", problem, {}, {}});
    return false;
  }
  std::string words = fmt::format("trace: {} events of one history in {}; its first {} are not counted",
                                  money(static_cast<double>(rows)), options.trace, span(warm_up, 2));
  if (more > 0)
    words +=
        fmt::format("; it ends at {:.0f} h, {} more events are left out", last_h, money(static_cast<double>(more)));
  session.note(words);
  return true;
}

void add_story(Session& session, const Case& one, const Answer& answer, Document& document) {
  const auto& outages = answer.simulated->worst_outages;
  if (outages.empty()) {
    document.add(std::string("There is no story: no outage was seen."));
    return;
  }
  const WorstCase& worst = outages.front();
  Story story(worst);
  // From its start: what failed long before may still be down.
  const double end = worst.start_h + worst.length_h;
  sim::trace(one.model, simulate_options(session.options()), worst.history, 0, end * (1 + 1e-12),
             [&](const sim::TraceEvent& event) { story.hear(event); });
  story.tell(document);
}

}  // namespace nines::cli
