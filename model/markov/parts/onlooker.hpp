// What the rest of a model sees of a block that has been explored.
#pragma once

#include <cstdint>
#include <vector>

#include "model/markov/parts/part.hpp"

namespace nines::markov {

struct SeenFromOutside {
  const std::vector<char>& whole_in_block;  // by component, see Parts
  const std::vector<char>& asked;           // by member: whether anything outside of the block asks for it
  bool without_entries = false;             // also as if each infrastructure member were down
};

// Fills value_of, sights and infrastructure of a block: states that look alike from outside, in every scenario, are one
// value. False when the values take more than `bytes`.
[[nodiscard]] bool see_from_outside(const Model& model, const process::Process& process, const SeenFromOutside& from,
                                    std::uint64_t bytes, Part& part);

}  // namespace nines::markov
