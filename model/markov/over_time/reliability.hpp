// That there was no outage in [0, t].
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/markov/over_time/system_course.hpp"

namespace nines::markov {

// A system that is up only while some independent things all are has no outage while none of these has: the product
// of their reliabilities. Each of them is one of
//   - something in which nothing is ever repaired: it is down from its first outage on, so that its reliability is its
//     point availability, whatever the laws;
//   - equal units that must all be up: none of them has failed yet, whatever the laws;
//   - a chain, stopped where it is down first: of one part, or of all its parts together, where these are few states.
class Reliability {
 public:
  // `most_states`: of a chain of several parts. All arguments but this stay where they are.
  Reliability(const Model& model, const Dissection& dissection, UpByValues& up, PartCourses& parts,
              SystemCourse& system, std::uint64_t most_states, const CourseOptions& options);

  // Why there is none, in words; empty: there is one.
  [[nodiscard]] const std::string& missing() const { return missing_; }
  // States of the chains that at() follows, in all; 0: closed forms alone.
  [[nodiscard]] std::uint64_t states() const { return states_; }
  // Modules that at() weighs, in all.
  [[nodiscard]] std::size_t weighed() const;
  // Whether there may never be an outage, and a time in which nothing has happened yet.
  [[nodiscard]] bool may_last() const { return may_last_; }
  [[nodiscard]] double shortest_h() const { return shortest_h_; }

  // No outage until then, an outage by then: by time.
  [[nodiscard]] tl::expected<std::vector<UpDown>, std::string> at(std::span<const double> times);
  // Relative, of the latest times.
  [[nodiscard]] double error_bound() const { return error_bound_; }

 private:
  struct Stopped {
    Chain chain;
    std::vector<char> down;
  };
  struct Units {
    UnitId unit = 0;
    std::uint32_t count = 0;
  };

  // A part that is down for good once its value is one of some.
  struct Gone {
    std::uint32_t part = 0;
    std::vector<char> down;  // by value
  };

  void add_operand(const Expression& operand);
  [[nodiscard]] bool goes(UnitId unit) const;  // it fails some day
  void add_units(UnitId unit, std::uint32_t count);
  [[nodiscard]] bool add_line(std::size_t module);
  void add_joint(const Expression& operand);
  void add_chain(Chain chain, std::vector<char> down);
  void leave_out(std::string why);
  [[nodiscard]] std::string names(const Expression& operand) const;

  const Model& model_;
  const Dissection& dissection_;
  UpByValues& up_;
  PartCourses& parts_;
  SystemCourse& system_;
  std::uint64_t most_states_;
  CourseOptions options_;
  std::string missing_;
  std::vector<Expression> for_good_;  // over modules
  std::vector<Gone> gone_;
  std::vector<Units> units_;  // each unit once
  std::vector<Stopped> chains_;
  std::uint64_t states_ = 0;
  bool may_last_ = true;
  double shortest_h_ = 0, error_bound_ = 0;
};

}  // namespace nines::markov
