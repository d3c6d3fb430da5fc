// What becomes of the states of a cluster while what it shares with others stays as it is.
#pragma once

#include <cstddef>
#include <vector>

#include "model/markov/trajectory/cluster_states.hpp"

namespace nines::markov {

// The times at which it is looked at: 0, then first, 2 first, 4 first, ... in hours.
struct Times {
  double first_h = 0;
  std::size_t count = 1;  // 0 included

  // By time: the probability, of a time that is exponential with this rate, that goes to it. By the trapezoidal rule in
  // the logarithm of time, whose error for exponentials of any rate is 7 parts in a million at steps of a factor of 2
  // (it falls as exp(-pi^2 / step): Trefethen & Weideman 2014, doi:10.1137/130932132). Sums to 1.
  [[nodiscard]] std::vector<double> weights(double rate) const;
};

// Times from where nothing has happened yet to where no exponential of `rate` lasts. `fastest`: the largest rate out
// of a state.
[[nodiscard]] Times times_for(double rate, double fastest);

// `fastest` of a cluster, given a state of what is shared.
[[nodiscard]] double fastest_of(const ClusterStates& cluster, StateIndex shared);

struct Transients {
  std::size_t settled = 0;     // from this time on nothing changes; times.count if it never settles
  std::vector<double> ahead;   // times x states x columns: the columns' mean at that time, by the state at 0
  std::vector<double> behind;  // times x rows x states: where the rows of `from` are at that time
};

// `columns`: states x width, by row; `from`: rows x states. All are not negative, and nothing is subtracted: the matrix
// exponential at `first_h` is a sum over the jumps of the uniformised chain, and each next one the square of the last.
[[nodiscard]] Transients transients(const ClusterStates& cluster, StateIndex shared, const Times& times,
                                    const std::vector<double>& columns, std::size_t width,
                                    const std::vector<double>& from);

}  // namespace nines::markov
