#include "model/markov/over_time/reliability.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "model/markov/over_time/first_down.hpp"
#include "model/markov/parts/product.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/transient/course.hpp"

namespace nines::markov {
namespace {

using structure::kFalse;
using structure::kTrue;
using structure::Ref;

constexpr double kRounding = 1e-14;
constexpr double kEarly = 1.0 / 16;  // of the shortest time that matters

// The operands that must all be up, of nested ones too, each as an expression of its own.
std::vector<Expression> needed_together(const Expression& whole) {
  std::vector<Expression> operands;
  const auto& terms = whole.terms;
  if (terms.empty()) return operands;
  std::vector<std::uint32_t> begin(terms.size());  // by term: where what it joins begins
  for (std::uint32_t t = 0; t < terms.size(); ++t) {
    begin[t] = t;
    if (terms[t].op != Expression::Op::name)
      for (std::uint32_t i = 0; i < terms[t].operands; ++i) begin[t] = begin[begin[t] - 1];
  }
  std::vector<std::uint32_t> open{static_cast<std::uint32_t>(terms.size() - 1)};
  while (!open.empty()) {
    const std::uint32_t t = open.back();
    open.pop_back();
    const auto& term = terms[t];
    const bool all = term.op == Expression::Op::all_of ||
                     (term.op == Expression::Op::at_least && term.need == term.operands) ||
                     (term.op == Expression::Op::any_of && term.operands == 1);
    if (!all) {
      operands.push_back({{terms.begin() + begin[t], terms.begin() + t + 1}});
      continue;
    }
    for (std::uint32_t i = 0, last = t; i < term.operands; ++i) {
      last = last - 1;
      open.push_back(last);
      last = begin[last];
    }
  }
  return operands;
}

std::vector<std::uint32_t> modules_of(const Expression& operand) {
  std::vector<std::uint32_t> modules;
  for (const auto& term : operand.terms)
    if (term.op == Expression::Op::name) modules.push_back(term.name);
  return modules;
}

}  // namespace

Reliability::Reliability(const Model& model, const Dissection& dissection, UpByValues& up, PartCourses& parts,
                         SystemCourse& system, std::uint64_t most_states, const CourseOptions& options)
    : model_(model),
      dissection_(dissection),
      up_(up),
      parts_(parts),
      system_(system),
      most_states_(most_states),
      options_(options),
      shortest_h_(parts.shortest_h()) {
  for (const Expression& operand : needed_together(dissection.partition.joined)) add_operand(operand);
}

void Reliability::leave_out(std::string why) {
  if (missing_.empty()) missing_ = std::move(why);
}

std::string Reliability::names(const Expression& operand) const {
  std::string words;
  std::size_t count = 0;
  for (const std::uint32_t m : modules_of(operand))
    for (const ComponentId id : dissection_.partition.modules[m].named)
      if (++count <= 4) words += fmt::format("{}`{}`", words.empty() ? "" : ", ", model_.components[id].name);
  return count > 4 ? words + fmt::format(" and {} more", count - 4) : words;
}

bool Reliability::goes(UnitId unit) const {
  return unfailed(model_.units[unit], std::numeric_limits<double>::infinity()).up == 0;
}

void Reliability::add_operand(const Expression& operand) {
  if (operand.terms.size() == 1 && add_line(operand.terms[0].name)) return;
  const auto modules = modules_of(operand);
  const bool for_good = std::all_of(modules.begin(), modules.end(), [&](std::uint32_t m) {
    const auto& parts = up_.parts_by_level(m);
    return std::all_of(parts.begin(), parts.end(), [&](std::uint32_t part) { return parts_.for_good(part); });
  });
  if (!for_good) return add_joint(operand);
  // Down once all is gone that ever goes; else it may last.
  const bool lasts = operand.evaluate([&](std::uint32_t m) {
    return up_.module(m, [&](std::uint32_t part) {
      const Part& stock = dissection_.parts.list[part];
      return goes(stock.unit) ? 0U : stock.units;
    });
  });
  may_last_ = may_last_ && lasts;
  for_good_.push_back(operand);
}

void Reliability::add_units(UnitId unit, std::uint32_t count) {
  may_last_ = may_last_ && !goes(unit);
  auto found = std::find_if(units_.begin(), units_.end(), [&](const Units& u) { return u.unit == unit; });
  if (found == units_.end()) found = units_.insert(units_.end(), {unit, 0});
  found->count += count;
  for (const FailureMode& mode : model_.units[unit].modes)
    shortest_h_ = std::min(shortest_h_, kEarly * mode.life.mean_h / found->count);
}

// A module that is up while each of its parts is by itself: no part's value matters to what another's must be.
bool Reliability::add_line(std::size_t m) {
  const auto& diagrams = up_.diagrams(m);
  const auto& levels = up_.parts_by_level(m);
  std::vector<Gone> line;  // parts, and with which values they are down
  for (Ref f = up_.whole(m); f > kTrue;) {
    const auto children = diagrams.children(f);
    Ref next = kFalse;
    std::vector<char> down(children.size(), 0);
    for (std::size_t v = 0; v < children.size(); ++v) {
      down[v] = children[v] == kFalse ? 1 : 0;
      if (down[v]) continue;
      if (next != kFalse && children[v] != next) return false;
      next = children[v];
    }
    line.push_back({levels[diagrams.level(f)], std::move(down)});
    f = next;
  }
  const auto needs_all = [&](const Gone& one) {
    const Part& p = dissection_.parts.list[one.part];
    return !p.is_block && std::count(one.down.begin(), one.down.end(), 0) == 1 && one.down.back() == 0;
  };
  const auto has_chain = [&](const Gone& one) {
    const Part& p = dissection_.parts.list[one.part];
    return p.space && (p.is_block || parts_.course(one.part) == UnitCourse::chain);
  };
  // First seen whether it can be done: what is added stays.
  for (const Gone& one : line)
    if (!needs_all(one) && !parts_.for_good(one.part) && !has_chain(one)) return false;
  for (Gone& one : line) {
    const Part& p = dissection_.parts.list[one.part];
    if (needs_all(one)) {
      add_units(p.unit, p.units);
    } else if (parts_.for_good(one.part)) {
      may_last_ = may_last_ && !goes(p.unit);
      gone_.push_back(std::move(one));
    } else {
      std::vector<char> by_state;
      for (const std::uint32_t value : p.value_of) by_state.push_back(one.down[value]);
      add_chain(p.space->chain, std::move(by_state));
    }
  }
  return true;
}

void Reliability::add_joint(const Expression& operand) {
  std::vector<std::uint32_t> which;
  for (const std::uint32_t m : modules_of(operand))
    which.insert(which.end(), up_.parts_by_level(m).begin(), up_.parts_by_level(m).end());
  std::sort(which.begin(), which.end());
  for (const std::uint32_t part : which) {
    const Part& p = dissection_.parts.list[part];
    if (p.is_block || parts_.course(part) == UnitCourse::chain) continue;
    if (!all_exponential(model_.units[p.unit]))
      return leave_out(
          fmt::format("times of `{}` are not exponential, and outages of {} depend on more than its first "
                      "failure",
                      model_.components[p.members[0]].name, names(operand)));
  }
  if (!product_size(dissection_.parts, which, most_states_))
    return leave_out(fmt::format("the joint chain of {} has more than {} states", names(operand), most_states_));
  FirstDown first = first_down(dissection_, up_, operand, which);
  add_chain(std::move(first.chain), std::move(first.down));
}

void Reliability::add_chain(Chain chain, std::vector<char> down) {
  states_ += chain.size();
  if (!may_never_enter(chain, down)) may_last_ = false;
  chains_.push_back({std::move(chain), std::move(down)});
}

std::size_t Reliability::weighed() const {
  std::size_t count = gone_.size();
  for (const Expression& operand : for_good_) count += operand.terms.size();
  return count;
}

tl::expected<std::vector<UpDown>, std::string> Reliability::at(std::span<const double> times) {
  std::vector<UpDown> result(times.size());
  error_bound_ = 0;
  if (!for_good_.empty() || !gone_.empty()) {
    if (auto done = parts_.go_to(times, PartCourses::Which::for_good); !done) return tl::unexpected(done.error());
    for (std::size_t k = 0; k < times.size(); ++k) {
      for (const Expression& operand : for_good_) result[k] = both(result[k], system_.of(operand, k));
      for (const Gone& one : gone_) {
        UpDown sides{0, 0};
        const auto probability = parts_.at(one.part, k);
        for (std::size_t v = 0; v < probability.size(); ++v) (one.down[v] ? sides.down : sides.up) += probability[v];
        result[k] = both(result[k], sides);
      }
    }
    error_bound_ += kRounding * static_cast<double>(weighed());
  }
  for (const Units& units : units_)
    for (std::size_t k = 0; k < times.size(); ++k)
      result[k] = both(result[k], all_of(unfailed(model_.units[units.unit], times[k]), units.count));
  error_bound_ += kRounding * static_cast<double>(units_.size());
  for (const Stopped& stopped : chains_) {
    std::vector<double> start(stopped.chain.size(), 0.0);
    start[stopped.chain.start] = 1;
    const auto found = first_passage_courses(stopped.chain, stopped.down, start, times, options_);
    if (!found) return tl::unexpected(found.error().message);
    for (std::size_t k = 0; k < times.size(); ++k) result[k] = both(result[k], {found->at[0][k], found->at[1][k]});
    error_bound_ += found->error_bound;
  }
  return result;
}

}  // namespace nines::markov
