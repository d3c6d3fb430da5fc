// In which state shared infrastructure is, seen from the chain of a group that is explored with it.
#pragma once

#include <vector>

#include "model/markov/phase_type/stages.hpp"
#include "model/markov/space/explore.hpp"

namespace nines::markov {

// By state of `space`: the state of `shared_space`. The members of `shared` are members of `process` too, and nothing
// that is not shared has a say in what they do (structure::Split).
[[nodiscard]] std::vector<StateIndex> project(const process::Process& process, const Stages& stages,
                                              const StateSpace& space, const process::Process& shared,
                                              const Stages& shared_stages, const StateSpace& shared_space);

}  // namespace nines::markov
