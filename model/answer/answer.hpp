// The answer that every engine gives: one shape, whatever made it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nines {

// Measures of the whole system by the names of the documentation. Absent: does not apply, or see the notes.
struct Measures {
  std::optional<double> availability, unavailability, nines, downtime_min_per_year, failures_per_year, mean_up_time_h,
      mean_down_time_h, mttff_h, cost_per_year;
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

struct ComponentShare {
  std::string name;
  double unavailability = 0;
  double failures_per_year = 0;
  double birnbaum = 0;        // P(system up with it up and down with it down)
  double downtime_share = 0;  // of the system's downtime: the part in which the system would be up if it were
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
};

struct TargetResult {
  std::string measure;
  double wanted = 0;
  double got = 0;
  bool met = false;
};

struct Method {
  std::uint64_t states = 0, transitions = 0;  // of all chains solved, summed
  std::uint32_t modules = 0;                  // independent parts solved apart
  bool exact = true;
  std::optional<double> error_bound;  // relative, of the unavailability
  std::vector<std::string> notes;     // what is approximate or left out, and why
};

struct Answer {
  std::string engine = "markov";
  Measures measures;
  std::vector<std::pair<std::string, std::pair<double, double>>> intervals;  // 95 %; simulation only
  std::vector<TargetResult> targets;
  std::vector<ComponentShare> components;  // those that `system` names, in order of the model
  std::vector<CauseShare> causes;          // largest first, `several at once` last; zero rows left out
  std::vector<InfrastructureShare> infrastructure;
  Method method;
};

}  // namespace nines
