#include "model/study/decision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nines::study {
namespace {

double half_width(const Interval& interval) {
  return (interval.second - interval.first) / 2;
}

// The interval that decides, and its limit, on the side where near 1 the digits are.
struct Limit {
  const Interval* interval = nullptr;
  double most = 0;
};

Limit limit_of(const Answer& answer, const TargetResult& target) {
  if (target.measure == "availability") return {interval_of(answer, "unavailability"), 1 - target.wanted};
  if (target.measure == "breach_probability") return {interval_of(answer, "breach_probability"), target.wanted};
  if (target.measure == "served" && answer.unserved_interval) return {&*answer.unserved_interval, 1 - target.wanted};
  return {};
}

}  // namespace

const Interval* interval_of(const Answer& answer, const std::string& measure) {
  for (const auto& [name, interval] : answer.intervals)
    if (name == measure) return &interval;
  return nullptr;
}

bool nothing_seen(const Answer& answer) {
  return answer.simulated && answer.simulated->outages == 0 && answer.measures.unavailability.value_or(0) == 0;
}

void leave_out_what_was_not_seen(Answer& answer) {
  if (!nothing_seen(answer)) return;
  Measures& m = answer.measures;
  for (auto* measure : {&m.availability, &m.unavailability, &m.nines, &m.downtime_min_per_year, &m.failures_per_year,
                        &m.mean_up_time_h, &m.mean_down_time_h, &m.mttff_h, &m.cost_per_year})
    measure->reset();
  if (answer.unserved == 0.0) m.served.reset();
  for (TargetResult& target : answer.targets) {
    target.met = decide(answer, target) == Decision::met;
    if (target.measure == "availability" || (target.measure == "served" && !m.served))
      target.got = std::numeric_limits<double>::quiet_NaN();
  }
}

Decision decide(const Answer& answer, const TargetResult& target) {
  const auto [interval, most] = limit_of(answer, target);
  if (!interval) return target.met ? Decision::met : Decision::missed;
  // A target such as 99.99 % is not a double: what is met by rounding is met.
  const double bound = most * (1 + 1e-12);
  if (interval->second <= bound) return Decision::met;
  return interval->first > bound ? Decision::missed : Decision::undecided;
}

std::optional<Decision> decide(const Answer& answer) {
  if (answer.targets.empty()) return std::nullopt;
  Decision all = Decision::met;
  for (const TargetResult& target : answer.targets) {
    const Decision one = decide(answer, target);
    if (one == Decision::missed || (one == Decision::undecided && all == Decision::met)) all = one;
  }
  return all;
}

std::optional<Decision> decide(const Model& model, const Answer& answer) {
  const auto decision = decide(answer);
  if (!leaves_target_open(model, answer) || decision == Decision::missed) return decision;
  return Decision::undecided;
}

Apart apart(const Candidate& a, const Candidate& b) {
  const auto difference = [](const Candidate& c) -> const std::optional<Difference>& {
    static const std::optional<Difference> none;
    return c.answer->simulated ? c.answer->simulated->difference : none;
  };
  const auto down = [](const Candidate& c) { return c.answer->measures.unavailability.value_or(0); };
  const auto &to_a = difference(a), &to_b = difference(b);
  if (to_b && !to_a) return {to_b->unavailability, to_b->interval};
  if (to_a && !to_b) return {-to_a->unavailability, {-to_a->interval.second, -to_a->interval.first}};
  // Neither is the first: no more than the sum of what they differ from it, and no more than if they had nothing in
  // common (common random numbers only ever help).
  const double value = down(b) - down(a);
  double half = 0;
  for (const Candidate* c : {&a, &b})
    if (const Interval* own = interval_of(*c->answer, "unavailability")) half = std::hypot(half, half_width(*own));
  if (to_a && to_b) half = std::min(half, half_width(to_a->interval) + half_width(to_b->interval));
  return {value, {value - half, value + half}};
}

}  // namespace nines::study
