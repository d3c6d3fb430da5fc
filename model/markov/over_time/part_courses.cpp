#include "model/markov/over_time/part_courses.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "model/markov/parts/solve_parts.hpp"
#include "model/markov/transient/course.hpp"

namespace nines::markov {
namespace {

// Of closed forms: a few roundings.
constexpr double kRounding = 1e-14;
constexpr double kEarly = 1.0 / 16;  // of the shortest time that matters

double fastest(const Chain& chain) {
  double most = 0;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    double out = 0;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) out += chain.rate[t];
    most = std::max(most, out);
  }
  return most;
}

bool same_chain(const Part& a, const Part& b) {
  const Chain &x = a.space->chain, &y = b.space->chain;
  return x.start == y.start && x.row_begin == y.row_begin && x.target == y.target && x.rate == y.rate &&
         a.value_of == b.value_of && a.values() == b.values();
}

}  // namespace

std::string no_course(const Model& model, const Part& part) {
  return fmt::format("`{}` has times that are not exponential, and more than one way to fail",
                     model.components[part.members[0]].name);
}

PartCourses::PartCourses(const Model& model, const Dissection& dissection, UpByValues& up, const CourseOptions& options)
    : model_(model), dissection_(dissection), options_(options) {
  shortest_h_ = std::numeric_limits<double>::infinity();
  const auto count = static_cast<std::uint32_t>(dissection.parts.list.size());
  kind_.resize(count);
  course_.resize(count, UnitCourse::chain);
  which_.resize(count);
  std::vector<Merged> merged = merge(dissection, up);
  for (std::uint32_t i = 0; i < count; ++i) part(i).is_block ? add_block(i, std::move(merged[i])) : add_stock(i);
  std::sort(bends_.begin(), bends_.end());
  bends_.erase(std::unique(bends_.begin(), bends_.end()), bends_.end());
}

std::vector<PartCourses::Merged> PartCourses::merge(const Dissection& dissection, UpByValues& up) {
  std::vector<Merged> merged(dissection.parts.list.size());
  for (std::uint32_t i = 0; i < merged.size(); ++i) merged[i].class_of.assign(dissection.parts.list[i].values(), 0);
  for (std::size_t m = 0; m < dissection.partition.modules.size(); ++m) {
    const auto& diagrams = up.diagrams(m);
    for (structure::Ref f = structure::kTrue + 1; f < diagrams.size(); ++f) {
      const std::uint32_t i = up.parts_by_level(m)[diagrams.level(f)];
      if (!dissection.parts.list[i].is_block) continue;
      // Apart once some node tells them apart.
      const auto children = diagrams.children(f);
      std::map<std::pair<std::uint32_t, structure::Ref>, std::uint32_t> number;
      for (std::size_t v = 0; v < children.size(); ++v) {
        std::uint32_t& of_value = merged[i].class_of[v];
        of_value = number.emplace(std::pair{of_value, children[v]}, number.size()).first->second;
      }
    }
  }
  for (Merged& one : merged)
    for (std::uint32_t v = 0; v < one.class_of.size(); ++v)
      if (one.class_of[v] >= one.first.size()) one.first.push_back(v);
  return merged;
}

void PartCourses::add_block(std::uint32_t i, Merged merged) {
  kind_[i] = Kind::block;
  for (std::uint32_t c = 0; c < courses_.size(); ++c)
    if (kind_[courses_[c].part] == Kind::block && courses_[c].merged.class_of == merged.class_of &&
        same_chain(part(courses_[c].part), part(i))) {
      which_[i] = c;
      return;
    }
  which_[i] = static_cast<std::uint32_t>(courses_.size());
  courses_.push_back({i, std::move(merged), {}, {}, 0});
  shortest_h_ = std::min(shortest_h_, kEarly / fastest(part(i).space->chain));
}

void PartCourses::add_stock(std::uint32_t i) {
  const Part& stock = part(i);
  course_[i] = course_of(model_, stock);
  switch (course_[i]) {
    case UnitCourse::for_good: kind_[i] = Kind::for_good; break;
    case UnitCourse::chain: kind_[i] = Kind::chain; break;
    default:
      kind_[i] = Kind::renewal;
      if (missing_.empty()) missing_ = no_course(model_, stock);
  }
  for (std::uint32_t c = 0; c < courses_.size(); ++c) {
    const std::uint32_t other = courses_[c].part;
    if (kind_[other] == kind_[i] && !part(other).is_block && part(other).unit == stock.unit) {
      which_[i] = c;
      return;
    }
  }
  which_[i] = static_cast<std::uint32_t>(courses_.size());
  courses_.push_back({i, {}, {}, {}, 0});
  const Unit& unit = model_.units[stock.unit];
  if (kind_[i] == Kind::chain) {
    shortest_h_ = std::min(shortest_h_, kEarly / fastest(stock.unit_space->chain));
    return;
  }
  for (const FailureMode& mode : unit.modes) shortest_h_ = std::min(shortest_h_, kEarly * mode.life.mean_h);
  for (const double bend : bends_of(unit)) bends_.push_back(bend);
}

tl::expected<void, std::string> PartCourses::follow(Course& course, std::span<const double> times) const {
  const Part& of = part(course.part);
  course.at.clear();
  course.mean.clear();
  if (kind_[course.part] == Kind::renewal) return {};
  if (kind_[course.part] == Kind::for_good) {
    course.at.resize(2);
    for (const double time : times) {
      const UpDown unit = unfailed(model_.units[of.unit], time);
      course.at[0].push_back(unit.down);
      course.at[1].push_back(unit.up);
    }
    course.error = kRounding;
    return {};
  }
  const StateSpace& space = of.is_block ? *of.space : *of.unit_space;
  std::vector<std::uint32_t> class_of = of.value_of;
  if (of.is_block) {
    for (std::uint32_t& of_state : class_of) of_state = course.merged.class_of[of_state];
  } else {
    class_of.clear();
    for (StateIndex s = 0; s < space.chain.size(); ++s) class_of.push_back(space.state(s)[0] == 0 ? 1 : 0);
  }
  std::vector<double> start(space.chain.size(), 0.0);
  start[space.chain.start] = 1;
  const auto classes = static_cast<std::uint32_t>(of.is_block ? course.merged.first.size() : 2);
  auto found = courses(space.chain, class_of, classes, start, times, options_);
  if (!found)
    return tl::unexpected(fmt::format("`{}`: {}", model_.components[of.members[0]].name, found.error().message));
  course.at = std::move(found->at);
  course.mean = std::move(found->mean);
  course.error = found->error_bound;
  return {};
}

tl::expected<void, std::string> PartCourses::go_to(std::span<const double> times, Which which) {
  const bool known = complete_ && std::equal(times.begin(), times.end(), times_.begin(), times_.end());
  if (known) return {};
  complete_ = false;
  times_.assign(times.begin(), times.end());
  for (Course& course : courses_)
    if (which == Which::all || kind_[course.part] == Kind::for_good)
      if (auto done = follow(course, times); !done) return done;
  error_bound_ = 0;
  for (std::uint32_t i = 0; i < which_.size(); ++i)
    error_bound_ += courses_[which_[i]].error * (part(i).is_block ? 1.0 : part(i).units);
  complete_ = which == Which::all;
  return {};
}

std::vector<double> PartCourses::at(std::uint32_t i, std::size_t time) const {
  const Course& course = courses_[which_[i]];
  if (!part(i).is_block) return binomial(part(i).units, course.at[1][time], course.at[0][time]);
  std::vector<double> probability(part(i).values(), 0.0);
  for (std::size_t c = 0; c < course.at.size(); ++c) probability[course.merged.first[c]] = course.at[c][time];
  return probability;
}

bool PartCourses::has_mean(std::uint32_t i) const {
  return kind_[i] == Kind::block || (kind_[i] == Kind::chain && part(i).units == 1);
}

std::vector<double> PartCourses::mean(std::uint32_t i, std::size_t time) const {
  const Course& course = courses_[which_[i]];
  if (!part(i).is_block) return {course.mean[0][time], course.mean[1][time]};
  std::vector<double> probability(part(i).values(), 0.0);
  for (std::size_t c = 0; c < course.mean.size(); ++c) probability[course.merged.first[c]] = course.mean[c][time];
  return probability;
}

}  // namespace nines::markov
