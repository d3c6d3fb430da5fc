// Minimal cut sets: the smallest sets of things whose being down together takes the whole down. Listed for people; no
// probability is ever computed from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/description/expression.hpp"
#include "model/structure/diagram.hpp"

namespace nines::structure {

struct CutSets {
  std::vector<std::vector<ComponentId>> sets;  // the smallest first; each ascending
  bool truncated = false;                      // there are more
};

struct CutLimits {
  std::size_t sets = 1000;          // how many are listed,
  std::uint32_t names = 100;        // of so many names each at most
  std::size_t nodes = 2'000'000;    // of the families that are compared on the way
  std::uint64_t steps = 6'000'000;  // the same
};

// Of a coherent function of variables that are up (1) or down (0): `name_of[level]` is what a variable stands for. The
// smallest sets are found first, size by size (minimal solutions in zero-suppressed diagrams: Rauzy 1993,
// doi:10.1016/0951-8320(93)90060-C; Minato 1993, doi:10.1145/157485.164890).
[[nodiscard]] CutSets minimal_cut_sets(Diagrams& diagrams, Ref up, std::span<const ComponentId> name_of,
                                       const CutLimits& limits);

// Of an expression over independent modules, each named once: out of those of the modules.
[[nodiscard]] CutSets join_cut_sets(const Expression& expression, std::span<const CutSets> modules,
                                    const CutLimits& limits);

}  // namespace nines::structure
