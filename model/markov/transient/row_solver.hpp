// What one pole needs of a chain: rows times (diag(kill) - Q)^-1, for real kills.
#pragma once

#include <span>
#include <vector>

#include "model/markov/transient/estimate.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {

class RowSolver {
 public:
  virtual ~RowSolver() = default;
  // `kill`, per hour, at every state, beside the problem's own. False: no solves then.
  [[nodiscard]] virtual bool factor(double kill) = 0;
  // out (diag(kill) - Q) = source, by state. `out` may be `source`. False: it has no digits.
  [[nodiscard]] virtual bool forward(std::span<const double> source, std::span<double> out) = 0;
  // By state: what all solves since factor() are off by, added up. Empty: as much as their last digits.
  [[nodiscard]] virtual std::vector<double> off() { return {}; }
};

// By elimination.
class Eliminating final : public RowSolver {
 public:
  // Keeps references.
  Eliminating(const CourseProblem& problem, std::shared_ptr<const Fronts> fronts)
      : kill_(problem.kill), resolvent_(std::move(fronts)) {}

  [[nodiscard]] bool factor(double kill) override {
    if (kill_.empty()) return resolvent_.factor(kill);
    std::vector<double> kills(kill_.begin(), kill_.end());
    for (double& k : kills) k += kill;
    return resolvent_.factor(kills);
  }
  [[nodiscard]] bool forward(std::span<const double> source, std::span<double> out) override {
    resolvent_.forward(source, out);
    return true;
  }

 private:
  std::span<const double> kill_;
  RealResolvent resolvent_;
};

}  // namespace nines::markov
