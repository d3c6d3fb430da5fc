// Sweeps whose change shrinks by the same factor again and again move along one slow mode: the rest of the way is then
// a geometric series, whose sum is known (Aitken 1926; of vectors by the power method: Wilkinson, The Algebraic
// Eigenvalue Problem, sec. 9.10). What comes of it is an iterate like any other, for the certificate to judge.
#pragma once

#include <cstddef>
#include <vector>

namespace nines::markov {

class Extrapolation {
 public:
  // Looks at the iterate after a sweep, and now and then moves it to where it seems to go.
  void look(std::vector<double>& y);

  [[nodiscard]] static std::size_t bytes(std::size_t states) { return 2 * sizeof(double) * states; }

 private:
  std::size_t sweeps_ = 0;
  std::vector<double> before_, last_;  // two looks ago and one
  double ratio_ = 0;                   // of the latest changes; 0: not known
};

}  // namespace nines::markov
