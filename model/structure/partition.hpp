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

// `parts_of[name]` lists the random parts that decide a name. Two operands are independent when they share no part.
// Modules of a coherent structure function in linear time, after Dutuit & Rauzy 1996 (doi:10.1109/24.537011).
[[nodiscard]] Partition take_apart(const Expression& expression, std::span<const std::vector<std::uint32_t>> parts_of);

}  // namespace nines::structure
