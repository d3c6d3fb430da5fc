// Where a Laplace transform has to be known to say what its function is at one point, and how that is summed up.
#pragma once

#include <complex>
#include <span>
#include <vector>

namespace nines::markov {

// f(t) = sum over nodes of weight x F(at), and the same over their conjugates (of a function that is real: twice the
// real part).
struct Node {
  std::complex<double> at, weight;
};

// Nodes of the upper half of a contour round the left half plane (Trefethen, Weideman & Schmelzer 2006,
// doi:10.1007/s10543-006-0077-9, sec. 5): the error falls as 3.89^-(2 x nodes) where F is analytic right of it and off
// the negative axis.
[[nodiscard]] std::vector<Node> contour(double t, int nodes);

// Points of a vertical line (Abate & Whitt 1992, doi:10.1007/BF01158520), the first real. For functions that fall from
// at most 1 the error is relative: below exp(-damping) of the value, if the alternating sum is summed up.
[[nodiscard]] std::vector<std::complex<double>> line(double t, double damping);
// f(t) of the values at these points, by Euler's summation.
[[nodiscard]] double sum_on_line(double t, double damping, std::span<const std::complex<double>> values);

}  // namespace nines::markov
