#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/over_time/first_down.hpp"
#include "model/markov/over_time/reliability.hpp"
#include "model/markov/parts/product.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/solution/solution.hpp"

namespace nines::markov {
namespace {

constexpr std::uint64_t kFirstOutageStates = 400'000;
// Where the mean is the integral of the reliability: what it may cost is some hundred values of it.
constexpr std::uint64_t kFollowedStates = 500;
constexpr std::size_t kWeighedModules = 1000;
constexpr double kWork = 1e9;      // multiplications: half a second
constexpr double kLongest = 1e15;  // hours
constexpr double kWorstError = 1e-8;

void leave_out(Solution& s, const std::string& why) {
  s.answer.method.notes.push_back("mttff_h is left out: " + why);
}

void leave_out_infinite(Solution& s) {
  leave_out(s, "it is infinite, for there may never be an outage");
}

// By the chain of everything, stopped at the first outage.
void by_joint_chain(Solution& s, std::span<const std::uint32_t> all) {
  const UpByValues& up = s.is_up();
  if (up.exhausted()) return leave_out(s, structure_too_large().message);
  const FirstDown first = first_down(s.dissection, up, s.dissection.partition.joined, all);
  SteadyStateOptions steady;
  steady.memory_limit = memory_limit(s.options);
  steady.wanted_error = 1e-9;
  const auto passage = mean_time_to_first(first.chain, first.down, steady);
  if (!passage)
    leave_out(s, passage.error().message);
  else if (!std::isfinite(passage->mean_h))
    leave_out_infinite(s);
  else
    s.answer.measures.mttff_h = passage->mean_h;
}

// The mean of a positive time is the integral of the probability that it lasts longer.
void by_reliability(Solution& s) {
  if (!s.dissection.in_pieces.empty()) return leave_out(s, "it takes the joint chain of more than can be followed");
  UpByValues& up = s.is_up();
  if (up.exhausted()) return leave_out(s, structure_too_large().message);
  CourseOptions courses;
  courses.memory_limit = s.options.memory_limit;
  courses.work_limit = kWork;
  PartCourses parts(s.model, s.dissection, up, courses);
  SystemCourse system(s.dissection, up, parts);
  Reliability reliability(s.model, s.dissection, up, parts, system, std::min(kFollowedStates, s.options.max_states),
                          courses);
  if (!reliability.missing().empty()) return leave_out(s, reliability.missing());
  if (reliability.may_last()) return leave_out_infinite(s);
  if (reliability.states() > kFollowedStates || reliability.weighed() > kWeighedModules)
    return leave_out(s, fmt::format("the joint chain of everything has more than {} states", kFirstOutageStates));
  QuadratureOptions options;
  const auto values = [&](std::span<const double> times) -> Values {
    const auto found = reliability.at(times);
    if (!found) return tl::unexpected(found.error());
    options.noise = reliability.error_bound();
    std::vector<std::vector<double>> up_by_time;
    for (const UpDown& one : *found) up_by_time.push_back({one.up});
    return up_by_time;
  };
  const auto mean = integrate_to_infinity(reliability.shortest_h(), kLongest, parts.bends(), values, options);
  if (!mean) return leave_out(s, mean.error());
  if (mean->error_bound > kWorstError)
    return leave_out(s, fmt::format("the relative error may be {:.0e}", mean->error_bound));
  s.answer.measures.mttff_h = mean->value;
}

}  // namespace

void fill_first_outage(Solution& s) {
  if (s.answer.method.approximation_error)
    return leave_out(s, "it takes the joint chain of groups that are solved one by one");
  const auto& parts = s.dissection.parts;
  std::vector<std::uint32_t> all;
  for (const auto& module : s.dissection.partition.modules)
    all.insert(all.end(), module.parts.begin(), module.parts.end());
  std::sort(all.begin(), all.end());
  if (all_exponential_outside(s.model, parts) &&
      product_size(parts, all, std::min(kFirstOutageStates, s.options.max_states)))
    by_joint_chain(s, all);
  else
    by_reliability(s);
}

}  // namespace nines::markov
