#include "model/study/agreement.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/description/quantity.hpp"
#include "model/study/decision.hpp"
#include "model/study/scatter.hpp"

namespace nines::study {
namespace {

constexpr double kNormal95 = 1.959963984540054;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
// Values that differ by less are the same, whatever the standard error: what never varies has none.
constexpr double kSame = 1e-9;

// Of these the others follow, or they are not the engine's to give.
bool is_compared(const std::string& measure) {
  for (const char* name :
       {"unavailability", "failures_per_year", "mean_up_time_h", "mean_down_time_h", "mttff_h", "breach_probability"})
    if (measure == name) return true;
  return false;
}

// The distance that chance exceeds, on either side, with probability p when the standard error is itself estimated from
// so many histories (Student's t; normal when there are many).
double two_sided_limit(double p, double histories) {
  const boost::math::students_t t(std::max(1.0, histories - 1));
  return boost::math::quantile(boost::math::complement(t, p / 2));
}

// Of how many losses of service the share that is not served is known. Where a part of it that counts is outages, which
// may be rare beside small losses, so many of them; and never more than as many equal ones as would scatter like it.
double losses_seen(const Answer& simulated, const Answer& solved, double outages) {
  constexpr double kPartThatCounts = 0.02;
  const double mean = *simulated.unserved;
  const double error = (simulated.unserved_interval->second - simulated.unserved_interval->first) / (2 * kNormal95);
  double losses = static_cast<double>(simulated.simulated->shortfalls);
  if (error > 0) losses = std::min(losses, 2 * mean * mean / (error * error));
  const bool of_outages = solved.measures.unavailability.value_or(0) > kPartThatCounts * *solved.unserved;
  return of_outages ? std::min(losses, outages) : losses;
}

// Measures over time, as `unreliability@24h`. Each history has its say once, so that as many equal events as scatter
// like the estimate are what was seen.
template <class Add>
void compare_over_time(const Answer& simulated, const Answer& solved, const Add& add) {
  for (const AtTime& at : simulated.at) {
    const auto same = std::find_if(solved.at.begin(), solved.at.end(),
                                   [&](const AtTime& other) { return other.time_h == at.time_h; });
    if (same == solved.at.end()) continue;
    const auto compare = [&](const char* name, const std::optional<double>& estimate,
                             const std::optional<double>& value) {
      const Interval* interval = interval_at(at, name);
      if (!estimate || !value || !interval) return;
      const double error = (interval->second - interval->first) / (2 * kNormal95);
      const double events =
          error > 0 ? *estimate * *estimate / (error * error) : std::numeric_limits<double>::infinity();
      add(fmt::format("{}@{}h", name, number_text(at.time_h)), *value, *estimate, *interval, events);
    };
    compare("point_unavailability", at.point_unavailability, same->point_unavailability);
    compare("interval_unavailability", at.interval_unavailability, same->interval_unavailability);
    compare("unreliability", at.unreliability, same->unreliability);
  }
}

}  // namespace

double distance(double estimated, const Interval& interval, double solved, double least) {
  if (std::abs(estimated - solved) <= kSame * std::abs(solved)) return 0;
  if (!(solved > 0)) return kUnknown;
  if (!(estimated > 0)) return -std::numeric_limits<double>::infinity();
  const double standard_error = std::max((interval.second - interval.first) / (2 * kNormal95), least * estimated);
  if (!std::isfinite(standard_error)) return kUnknown;
  const double apart = std::log(estimated / solved);
  return standard_error > 0 ? apart * estimated / standard_error
                            : std::copysign(std::numeric_limits<double>::infinity(), apart);
}

void compare_with(Answer& simulated, const Answer& solved, const Model& model) {
  if (!simulated.simulated) return;
  Simulated& seen = *simulated.simulated;
  seen.agreement.clear();
  const auto add = [&](const std::string& measure, const std::string& component, double value, double estimate,
                       const Interval& interval, double samples, double least) {
    if (value == 0 && estimate == 0) return;
    const double apart = samples >= kOutagesToDecide ? distance(estimate, interval, value, least) : kUnknown;
    seen.agreement.push_back({measure, component, value, estimate, apart});
  };
  // What was seen or, so that an engine which sees nothing does not pass for one that had no time, should have been.
  const double outages =
      std::max(static_cast<double>(seen.outages), solved.measures.failures_per_year.value_or(0) * seen.years);
  const double scatter = expected_scatter(model, solved, std::nullopt, seen.years);
  const auto first_outages = static_cast<double>(seen.first_outages);
  std::vector<std::pair<std::string, double>> values;
  for_each_measure(solved.measures, [&](const char* name, const char*, const std::optional<double>& value) {
    if (value && is_compared(name)) values.emplace_back(name, *value);
  });
  for_each_measure(simulated.measures, [&](const char* name, const char*, const std::optional<double>& estimate) {
    const auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    const Interval* interval = interval_of(simulated, name);
    if (!estimate || !interval || value == values.end()) return;
    const bool by_history = value->first == "mttff_h";
    const bool of_downtime = value->first == "unavailability" || value->first == "mean_down_time_h";
    add(name, "", value->second, *estimate, *interval, by_history ? first_outages : outages, of_downtime ? scatter : 0);
  });
  compare_over_time(simulated, solved,
                    [&](const std::string& measure, double value, double estimate, const Interval& interval,
                        double events) { add(measure, "", value, estimate, interval, events, 0); });
  if (simulated.unserved && simulated.unserved_interval && solved.unserved)
    add("unserved", "", *solved.unserved, *simulated.unserved, *simulated.unserved_interval,
        losses_seen(simulated, solved, outages), 0);
  for (const ComponentShare& c : simulated.components) {
    const auto same = std::find_if(solved.components.begin(), solved.components.end(),
                                   [&](const ComponentShare& s) { return s.name == c.name; });
    if (same == solved.components.end() || !c.unavailability_interval) continue;
    add("unavailability", c.name, same->unavailability, c.unavailability, *c.unavailability_interval,
        std::max(c.failures_per_year, same->failures_per_year) * seen.years,
        expected_scatter(model, solved, c.name, seen.years));
  }
}

bool Verdict::agree() const {
  return !worst || std::abs(worst->agreement.distance) <= limit;
}

Verdict verify(std::span<const Answer> simulated) {
  Verdict verdict;
  double histories = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < simulated.size(); ++i) {
    if (!simulated[i].simulated) continue;
    for (const Agreement& agreement : simulated[i].simulated->agreement) {
      if (std::isnan(agreement.distance)) {
        ++verdict.undecidable;
        continue;
      }
      ++verdict.compared;
      histories = std::min(histories, static_cast<double>(simulated[i].simulated->histories));
      if (!verdict.worst || std::abs(agreement.distance) > std::abs(verdict.worst->agreement.distance))
        verdict.worst = Verdict::Worst{i, agreement};
    }
  }
  if (verdict.compared > 0)
    verdict.limit = two_sided_limit(kFalseAlarm / static_cast<double>(verdict.compared), histories);
  return verdict;
}

Verdict verify(const Answer& simulated) {
  return verify(std::span<const Answer>(&simulated, 1));
}

}  // namespace nines::study
