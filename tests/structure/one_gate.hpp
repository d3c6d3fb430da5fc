// An expression of one gate over names 0, 1, 2, ...
#pragma once

#include <cstdint>

#include "model/description/expression.hpp"

namespace nines::structure {

inline Expression of(Expression::Op op, std::uint32_t need, std::uint32_t operands) {
  Expression e;
  for (std::uint32_t i = 0; i < operands; ++i) e.terms.push_back({Expression::Op::name, i, 0, 0});
  e.terms.push_back({op, 0, need, operands});
  return e;
}

}  // namespace nines::structure
