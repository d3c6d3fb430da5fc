// Chains over time from one real factorisation: e^{tQ} as a polynomial in R = p (p - Q)^-1.
#pragma once

#include <span>
#include <vector>

#include "model/markov/transient/estimate.hpp"
#include "model/markov/transient/row_solver.hpp"

namespace nines::markov {

inline constexpr int kPoleTerms = 48;
inline constexpr double kPoleWindow = 4;  // the latest time that shares a pole over the earliest

// By time; all within a factor kPoleWindow. e^{-x} for x in [0, infinity) is, in y = 1 / (1 + x/k), a function with all
// derivatives on [0, 1] and takes 48 Chebyshev polynomials of y to 1e-16, with k = p t between 15 and 60; T_n(2R - 1)
// follows from a three-term recursion with one solve a step, and the mean over [0, t], (1 - e^{-x}) / x, from the same
// vectors. The error is what the last eight terms add, and rounding. Where eigenvalues lie far from the real axis the
// vectors grow exponentially, which is told as `ringing`. Factors `solver`, which must be of the problem's chain.
//
// `decay`, per hour: Q + decay is worked on in place of Q, for courses that fall like e^{-decay t} and lose no digits
// then; means are not estimated.
[[nodiscard]] std::vector<Estimates> by_one_pole(const CourseProblem& problem, RowSolver& solver,
                                                 std::span<const double> times, double decay = 0);

// The same in `steps` equal steps, each from the probabilities of all states that the one before gave: courses that
// fall by many orders and rise again, and rare ones that take many jumps, change little in a step. The errors are
// unknown (0 here): compare numbers of steps.
[[nodiscard]] Estimates by_steps(const CourseProblem& problem, RowSolver& solver, double time, int steps);

// The rate at which what is left in a chain that is killed falls in the end, per hour; by inverse iteration, roughly,
// for times of about `time`.
[[nodiscard]] double decay_rate(const CourseProblem& problem, RowSolver& solver, double time);

}  // namespace nines::markov
