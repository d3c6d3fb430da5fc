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

// Nodes of the upper half of a parabola round the left half plane (Weideman & Trefethen 2007,
// doi:10.1090/S0025-5718-07-01945-X), for F analytic outside of it: what `width` times wider than high it encloses at
// Re z = -a is |Im z| <= sqrt(4 width a) / t. The error is below 1e-11 of the largest value.
[[nodiscard]] std::vector<Node> contour(double t, double width);

// Points of a vertical line (Abate & Whitt 1992, doi:10.1007/BF01158520), the first real. For functions that fall from
// at most 1 the error is relative: below exp(-damping) of the value, if the alternating sum is summed up.
[[nodiscard]] std::vector<std::complex<double>> line(double t, double damping);
// f(t) of the values at these points, by Euler's summation.
[[nodiscard]] double sum_on_line(double t, double damping, std::span<const std::complex<double>> values);

}  // namespace nines::markov
