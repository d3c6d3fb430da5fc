// The value probabilities of every independent part over time, each from its own chain or law.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/over_time/unit_course.hpp"
#include "model/markov/parts/dissection.hpp"
#include "model/markov/transient/course.hpp"

namespace nines::markov {

class PartCourses {
 public:
  // `dissection` stays where it is.
  PartCourses(const Model& model, const Dissection& dissection, UpByValues& up, const CourseOptions& options);

  // Why some part has no course, in words; empty: all have one.
  [[nodiscard]] const std::string& missing() const { return missing_; }
  // Whether nothing in this part is ever repaired, whatever the laws.
  [[nodiscard]] bool for_good(std::uint32_t part) const { return kind_[part] == Kind::for_good; }
  [[nodiscard]] UnitCourse course(std::uint32_t part) const { return course_[part]; }
  // A time in which nothing has happened yet, as good as ever, and the times at which something jumps or bends.
  [[nodiscard]] double shortest_h() const { return shortest_h_; }
  [[nodiscard]] const std::vector<double>& bends() const { return bends_; }

  // Follows every part to these times (hours, any order), which replace those before. Why not, in words.
  enum class Which { all, for_good };
  [[nodiscard]] tl::expected<void, std::string> go_to(std::span<const double> times, Which which = Which::all);
  // By value, at the time of that number: of values that make no difference to the module all is at the first of them.
  // And the mean over [0, time], where a part has it: see has_mean().
  [[nodiscard]] std::vector<double> at(std::uint32_t part, std::size_t time) const;
  [[nodiscard]] std::vector<double> mean(std::uint32_t part, std::size_t time) const;
  [[nodiscard]] bool has_mean(std::uint32_t part) const;
  // Relative, of a measure that every part decides once.
  [[nodiscard]] double error_bound() const { return error_bound_; }

 private:
  enum class Kind { block, chain, for_good, renewal };
  // Values of a block by what they lead to: rare ones that make no difference need no digits of their own.
  struct Merged {
    std::vector<std::uint32_t> class_of;  // by value
    std::vector<std::uint32_t> first;     // by class: a value of it
  };
  [[nodiscard]] static std::vector<Merged> merge(const Dissection& dissection, UpByValues& up);
  // What equal parts share.
  struct Course {
    std::uint32_t part = 0;                     // of these
    Merged merged;                              // of a block
    std::vector<std::vector<double>> at, mean;  // by class, by time; of a unit: failed, works
    double error = 0;
  };
  void add_block(std::uint32_t part, Merged merged);
  void add_stock(std::uint32_t part);
  [[nodiscard]] tl::expected<void, std::string> follow(Course& course, std::span<const double> times) const;
  [[nodiscard]] const Part& part(std::uint32_t i) const { return dissection_.parts.list[i]; }

  const Model& model_;
  const Dissection& dissection_;
  CourseOptions options_;
  std::string missing_;
  std::vector<Kind> kind_;            // by part
  std::vector<UnitCourse> course_;    // by part
  std::vector<std::uint32_t> which_;  // by part: into courses_
  std::vector<Course> courses_;
  std::vector<double> times_;  // that they have been followed to,
  bool complete_ = false;      // all of them
  double shortest_h_ = 0, error_bound_ = 0;
  std::vector<double> bends_;
};

// The words for a part without a course: what it lacks, and what to do instead.
[[nodiscard]] std::string no_course(const Model& model, const Part& part);

}  // namespace nines::markov
