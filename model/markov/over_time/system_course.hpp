// The system over time: its modules weighed with what their parts do, and joined.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/markov/over_time/part_courses.hpp"
#include "model/markov/over_time/quadrature.hpp"
#include "model/markov/over_time/unit_course.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {

class SystemCourse {
 public:
  SystemCourse(const Dissection& dissection, UpByValues& up, PartCourses& parts)
      : dissection_(dissection), up_(up), parts_(parts), weighed_(dissection.partition.modules.size()) {}

  // That it is up, by time.
  [[nodiscard]] tl::expected<std::vector<UpDown>, std::string> at(std::span<const double> times);
  // The same of some modules joined in their own way: `expression` over the numbers of modules. The parts must have
  // been followed to the times.
  [[nodiscard]] UpDown of(const Expression& expression, std::size_t time);

  struct Means {
    std::vector<UpDown> until;  // by time: mean shares of [0, time]
    double error_bound = 0;     // relative
  };
  [[nodiscard]] tl::expected<Means, std::string> means(std::span<const double> times);

 private:
  [[nodiscard]] UpDown module(std::size_t m, std::size_t time, bool mean);
  // The part that alone decides everything, of whose probabilities the mean is the answer's.
  [[nodiscard]] bool is_one_part() const;

  const Dissection& dissection_;
  UpByValues& up_;
  PartCourses& parts_;
  // By module: at the latest time. Kept for the room that a large diagram takes.
  struct Weighed {
    Weighed(structure::Diagrams& diagrams, std::size_t levels) : variables(levels), weights(diagrams, variables) {}
    std::vector<structure::Variable> variables;
    structure::Weights weights;
  };
  std::vector<std::unique_ptr<Weighed>> weighed_;
};

}  // namespace nines::markov
