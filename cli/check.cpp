#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/render/document.hpp"
#include "cli/render/downtime.hpp"
#include "cli/render/numbers.hpp"
#include "cli/render/results.hpp"
#include "cli/render/screen.hpp"

namespace nines::cli {

// The gate for CI: sound, and every target met.
int run_check(Session& session) {
  const auto cases = session.read_cases();
  if (!cases) return kWrongInput;
  Document document;
  const int digits = session.options().digits > 0 ? session.options().digits : kDigits;
  bool all_met = true;
  Table table;
  table.left = true;
  std::vector<Answer> answers;
  for (const Case& one : cases->list) {
    std::string where = fmt::format("{}: {}", one.path, one.model.design);
    for (const SweepValue& value : one.point) where += fmt::format(", {} = {}", value.change.path, value.text);
    const bool structured = session.format() == Format::json || session.format() == Format::csv;
    if (!one.model.target_availability && !one.model.target_served && !one.model.target_downtime && !structured) {
      table.rows.push_back({where, "sound", "no target"});
      continue;
    }
    auto solved = session.solve({one});
    if (!solved) return kCouldNot;
    answers.push_back(std::move(solved->front()));
    const Answer& answer = answers.back();
    if (one.model.target_downtime && !answer.measures.breach_probability) {
      session.say_refusal({"downtime-target",
                           "the solver can't judge the target of " + to_string(*one.model.target_downtime),
                           {},
                           {fmt::format("`nines simulate {}` says how likely it is kept", one.path)}},
                          one);
      return kCouldNot;
    }
    if (one.model.target_served && !answer.measures.served) {
      session.say_refusal({"served-target",
                           "the solver can't judge what is served: its groups are solved one by one",
                           {},
                           {fmt::format("`nines simulate {}` says how much is served", one.path)}},
                          one);
      return kCouldNot;
    }
    for (const TargetResult& target : answer.targets) {
      all_met = all_met && target.met;
      if (target.measure == "breach_probability") {
        table.rows.push_back({where, target.met ? "met" : "missed", downtime_target_sentence(answer, digits)});
        continue;
      }
      const bool served = target.measure == "served";
      const std::string got = served ? percent(*answer.measures.served, *answer.unserved, digits)
                                     : percent(*answer.measures.availability, *answer.measures.unavailability, digits);
      table.rows.push_back(
          {where, target.met ? "met" : "missed",
           fmt::format("target {}{}, {} {}", share(target.wanted), served ? " served" : "", target.measure, got)});
    }
  }
  const int exit_code = all_met ? kDone : kNo;
  if (session.format() == Format::json) return session.deliver(results_json(cases->list, answers), exit_code);
  if (session.format() == Format::csv)
    return session.deliver(session.options().long_csv ? results_long_csv(cases->sweeps, cases->list, answers)
                                                      : results_csv(cases->sweeps, cases->list, answers),
                           exit_code);
  document.add(std::move(table));
  return session.deliver(session.format() == Format::markdown ? to_markdown(document) : to_text(document), exit_code);
}

}  // namespace nines::cli
