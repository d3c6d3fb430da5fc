// The answer that every engine gives: one shape, whatever made it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/answer/at_time.hpp"
#include "model/answer/interval.hpp"

namespace nines {

// Measures of the whole system by the names of the documentation. Absent: does not apply, or see the notes.
struct Measures {
  std::optional<double> availability, unavailability, nines, downtime_min_per_year, failures_per_year, mean_up_time_h,
      mean_down_time_h, mttff_h, planned_unavailability, served, breach_probability, cost_per_year;
};

// Walks the measures as (name, unit for people, value), in the order of CSV columns. One list for CSV, JSON and docs.
template <class MeasuresT, class Visit>
void for_each_measure(MeasuresT& m, Visit&& visit) {
  visit("availability", "", m.availability);
  visit("unavailability", "", m.unavailability);
  visit("nines", "", m.nines);
  visit("downtime_min_per_year", "min/year", m.downtime_min_per_year);
  visit("failures_per_year", "/year", m.failures_per_year);
  visit("mean_up_time_h", "h", m.mean_up_time_h);
  visit("mean_down_time_h", "h", m.mean_down_time_h);
  visit("mttff_h", "h", m.mttff_h);
  visit("planned_unavailability", "", m.planned_unavailability);
  visit("served", "", m.served);
  visit("breach_probability", "", m.breach_probability);
  visit("cost_per_year", "/year", m.cost_per_year);
}

enum class Cause : std::uint8_t {
  bad_release,
  shared_cause,
  maintenance,
  failback,
  by_hand,
  automatic_failover,
  infrastructure,
  too_few_nodes
};
inline constexpr int kCauses = 8;
// `by hand`, `automatic failover`, ...: the words of the documentation, in order of precedence.
[[nodiscard]] const char* to_string(Cause cause);

// How much the system depends on one component or infrastructure entry: docs/theory.md has the definitions. Absent
// where there is no finite value.
struct Importance {
  std::optional<double> criticality;     // birnbaum x its unavailability / the system's
  std::optional<double> fussell_vesely;  // P(all of some minimal cut set with it are down | system down)
  std::optional<double> raw;             // P(system down if it were down) / P(system down)
  std::optional<double> rrw;             // P(system down) / P(system down if it were up); absent: infinite
};

struct ComponentShare {
  std::string name;
  double unavailability = 0;
  double failures_per_year = 0;
  std::optional<double> birnbaum;  // P(system up with it up and down with it down); not from the simulation
  double downtime_share = 0;       // of the system's downtime: the part in which the system would be up if it were
  std::optional<Interval> unavailability_interval;  // simulation only
  std::optional<Importance> importance = std::nullopt;
};

// Downtime that would not have been if `component` had been up, by the cause of its being down.
struct CauseShare {
  std::optional<std::string> component;  // none: several at once
  std::optional<Cause> cause;            // none: several at once
  double downtime_min_per_year = 0;
};

struct InfrastructureShare {
  std::string name;
  double downtime_share = 0;
  std::optional<double> birnbaum = std::nullopt;  // with importance measures
  std::optional<Importance> importance = std::nullopt;
};

// Components and infrastructure entries whose being down together takes the system down, and no fewer of them do.
struct MinimalCutSets {
  std::vector<std::vector<std::string>> sets;  // the smallest first
  bool truncated = false;                      // there are more
};

struct TargetResult {
  std::string measure;
  double wanted = 0;
  double got = 0;
  bool met = false;
};

// What the simulation saw of a random amount of minutes, such as the downtime in a month.
struct Distribution {
  struct Quantile {
    double probability = 0, minutes = 0;
  };
  struct Exceedance {
    double minutes = 0;      // more than this,
    double probability = 0;  // with this probability
    Interval interval;
    std::string meaning;  // `99.9 %`, `target`: which promise that would break; empty: one of kDowntimeMinutes
  };
  std::string of;             // `downtime_min_per_month`, `downtime_min_per_year`, `outage_min`
  std::uint64_t samples = 0;  // periods or outages seen
  double mean = 0, most = 0;
  double none = 0;  // the probability of no downtime at all; of outages 0
  std::vector<Quantile> quantiles;
  std::vector<Exceedance> exceeds;
};

// Minutes of downtime of which is said how likely a month and a year hold more.
inline constexpr double kDowntimeMinutes[] = {0, 1, 5, 10, 22, 43, 90, 180, 360, 720, 1440, 2880};

// How likely a period that begins at a moment of the long run holds more downtime than this, solved.
struct DowntimeTable {
  struct Row {
    double minutes = 0, probability = 0;
    bool target = false;  // the target's amount
  };
  std::string of;  // `downtime_min_per_month`, `downtime_min_per_year`, `downtime_min_per_period` (the target's)
  double period_h = 0;
  std::vector<Row> rows;   // minutes ascending
  double error_bound = 0;  // absolute, of each
  bool exact = true;       // from the chains themselves; if not, error_bound leaves out what `method.notes` say
};

// A period or an outage of the simulation that was among the worst.
struct WorstCase {
  std::uint64_t history = 0;
  double start_h = 0, length_h = 0;  // from the start of the history, warm-up included
  double down_min = 0;
  std::uint64_t outages = 0;
};

// An estimate beside the value of the analytic engine, `distance` in standard errors.
struct Agreement {
  std::string measure;
  std::string component;  // empty: the system
  double solved = 0, estimated = 0, distance = 0;
};

// How the unavailability differs from another design's under common random numbers.
struct Difference {
  std::string from;  // that design
  double unavailability = 0;
  Interval interval;
  std::optional<double> unserved = std::nullopt;  // the same of the demand that is not served, where both have one
  Interval unserved_interval = {};
};

// What only the simulation has to tell.
struct Simulated {
  std::uint64_t seed = 0, events = 0, histories = 0, outages = 0;
  std::uint64_t shortfalls = 0;     // times that less of the demand was served than before
  std::uint64_t first_outages = 0;  // histories that had an outage
  double years = 0;                 // counted, the sum over histories
  double warm_up_years = 0;         // of each history, played but not counted
  double half_width = 0;            // of the unavailability's 95 % interval, relative; infinite when no outage was seen
  bool interrupted = false;         // stopped before the end
  bool out_of_budget = false;       // the wanted precision was not reached within the events allowed
  double years_needed = 0;          // for the wanted precision, 0 where unknown
  std::vector<Agreement> agreement;  // the unavailability first; empty where solve has no exact answer
  std::string not_compared;          // why not, then
  std::vector<Distribution> distributions;
  std::vector<WorstCase> worst_years;  // the worst first
  std::vector<WorstCase> worst_outages;
  std::optional<Difference> difference;
};

struct Method {
  std::uint64_t states = 0, transitions = 0;  // of all chains solved, summed
  std::uint32_t modules = 0;                  // independent parts solved apart
  bool exact = true;
  std::optional<double> error_bound;  // relative, of the unavailability
  // Estimated, relative, of the unavailability: there when groups over shared infrastructure were taken apart.
  std::optional<double> approximation_error;
  std::vector<std::string> notes;  // what is approximate or left out, and why
};

struct Answer {
  std::string engine = "markov";
  Measures measures;
  std::optional<double> unserved;                           // 1 - served, with digits of its own
  std::optional<Interval> unserved_interval;                // simulation only
  std::vector<std::pair<std::string, Interval>> intervals;  // by measure; simulation only
  std::vector<AtTime> at;                                   // in the order that was asked for
  std::vector<TargetResult> targets;
  std::vector<ComponentShare> components;  // those that `system` names, in order of the model
  std::vector<CauseShare> causes;          // largest first, `several at once` last; zero rows left out
  std::vector<InfrastructureShare> infrastructure;
  std::vector<DowntimeTable> downtime;     // solved only, by period
  std::optional<MinimalCutSets> cut_sets;  // where they are asked for
  Method method;
  std::optional<Simulated> simulated;
};

}  // namespace nines
