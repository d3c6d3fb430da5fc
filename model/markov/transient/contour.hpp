// Chains over time by numerical inversion of the Laplace transform along a parabola.
#pragma once

#include "model/markov/transient/estimate.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {

// A parabola, in units of 1 / time: z(u) = crossing - width + width (1 + iu)^2.
struct Parabola {
  double crossing;    // of the real axis
  double width;       // the larger, the farther from the real axis
  double step;        // of u
  std::size_t nodes;  // above the real axis, at u = step/2, 3 step/2, ...
};

// The parabola with the least nodes that leaves out e^-30 where the transform is analytic outside |Im z| <= `height`
// at Re z = -25.
[[nodiscard]] Parabola parabola(double crossing, double height);

// f(t) = 1/(2 pi i) integral of e^{zt} p (z - Q)^-1 1_class dz, by the trapezoidal rule, which converges geometrically
// (Weideman & Trefethen 2007, doi:10.1090/S0025-5718-07-01945-X). The error is that of rounding alone: compare two
// crossings. Rare classes ask for crossings near the saddle of e^{zt} F(z): a course like t^k for one about k + 1.
[[nodiscard]] Estimates by_contour(const CourseProblem& problem, Resolvent& resolvent, double time,
                                   const Parabola& parabola);

}  // namespace nines::markov
