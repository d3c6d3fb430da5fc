// Probabilities of decision diagrams over independent variables. Everything is a sum of products of what is not
// negative: P(f) and P(not f) are both computed, neither from the other, so that rare sides keep their digits.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "model/structure/diagram.hpp"

namespace nines::structure {

// A passage of a variable between two of its values, per hour in the long run.
struct Flow {
  std::uint32_t from = 0, to = 0;
  double per_hour = 0;
};

// One independent random variable.
struct Variable {
  std::vector<double> probability;  // by value
  std::vector<Flow> flows;          // between values
  bool rising = false;              // a greater value never takes anything down
};

// Weighs the functions of `diagrams`. Keeps what it has computed; may be asked again after new functions were made.
class Weights {
 public:
  Weights(Diagrams& diagrams, std::span<const Variable> variables) : diagrams_(diagrams), variables_(variables) {}

  [[nodiscard]] double up(Ref f);    // P(f)
  [[nodiscard]] double down(Ref f);  // P(not f)
  // P(f and not g)
  [[nodiscard]] double up_and_not(Ref f, Ref g) {
    return f == kTrue ? down(g) : g == kFalse ? up(f) : up(diagrams_.and_not(f, g));
  }
  // Passages per hour from f to not f. Each variable passes from value to value by itself, never two at once
  // (independent processes), so this is a sum over the flows: Schneeweiss 1999, The Failure Frequency, sec. 4.
  // Of large diagrams over rising variables the terms are differences of P(not ...), taken as long as what they lose
  // is bounded by 1e-13 of the sum.
  [[nodiscard]] double down_passages(Ref f);
  [[nodiscard]] const Diagrams& diagrams() const { return diagrams_; }
  [[nodiscard]] const Variable& variable(std::uint32_t level) const { return variables_[level]; }
  // The nodes of f with the probability that its evaluation comes by each: parents before children, constants left out.
  [[nodiscard]] std::vector<std::pair<Ref, double>> reached(Ref f) const;
  // For one variable, by value: P(not f) given that value.
  [[nodiscard]] std::vector<double> down_given(Ref f, std::uint32_t level);
  // The variables have other probabilities now.
  void forget() { weighed_ = 0; }
  // After Diagrams::collect(): the nodes have these numbers now.
  void rename(std::span<const Ref> renamed);

 private:
  void extend();
  [[nodiscard]] std::optional<double> by_differences(Ref f);

  Diagrams& diagrams_;
  std::span<const Variable> variables_;
  std::vector<double> up_, down_;
  std::size_t weighed_ = 0;  // nodes, the first ones
};

}  // namespace nines::structure
