// Chains with known answers, for tests.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "model/markov/chain/chain.hpp"

namespace nines::test {

using Transition = std::tuple<markov::StateIndex, markov::StateIndex, double>;

[[nodiscard]] markov::Chain chain_of(std::size_t states, const std::vector<Transition>& transitions,
                                     markov::StateIndex start = 0);

// 0 <-> 1 <-> ... <-> n with these rates.
[[nodiscard]] markov::Chain birth_death(const std::vector<double>& up, const std::vector<double>& down);

// Haverkort, Hermanns, Katoen, SRDS 2000: two pools of n workstations behind switches, a backbone, one repair unit that
// inspects (10/h) before it repairs. `minimum[s]`: at least 3/4 n workstations work together.
struct WorkstationCluster {
  markov::Chain chain;
  std::vector<char> minimum;
};
[[nodiscard]] WorkstationCluster workstation_cluster(int n);

// The steady state by the plain algorithm of Grassmann, Taksar and Heyman in long double, n^3.
[[nodiscard]] std::vector<long double> plain_gth(const markov::Chain& chain);

}  // namespace nines::test
