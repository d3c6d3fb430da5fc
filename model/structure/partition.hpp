// An expression taken apart where its operands share nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/description/expression.hpp"

namespace nines::structure {

// A part of an expression that is independent of the rest.
struct Module {
  Expression expression;             // over the same names
  std::vector<ComponentId> named;    // each once, ascending
  std::vector<std::uint32_t> parts;  // what its names stand on, each once, ascending
};

struct Partition {
  std::vector<Module> modules;
  Expression joined;  // over the numbers of the modules, each named exactly once
};

// What decides each name, by name.
struct Support {
  std::vector<std::vector<std::uint32_t>> parts;  // random parts of its own
  std::vector<std::vector<ComponentId>> asks;  // names that it asks for, never itself by any way; empty: no name asks
};

// Two operands are independent when they, with all that they ask for, share no part. Linear but for nested votes and
// groups. Modules of a coherent structure function: Dutuit & Rauzy 1996 (doi:10.1109/24.537011).
[[nodiscard]] Partition take_apart(const Expression& expression, const Support& support);

}  // namespace nines::structure
