// An expression whose names change one at a time: each change costs as much as it moves, not the whole expression.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/expression.hpp"

namespace nines::structure {

class LiveExpression {
 public:
  // All names up. `names`: one more than the largest name in the expression, at least.
  LiveExpression(const Expression& expression, std::size_t names);

  // Changes a name; saying what is so already changes nothing.
  void set(ComponentId name, bool up);
  [[nodiscard]] bool is_up(ComponentId name) const { return up_[name] != 0; }
  // The whole; an empty expression is always up.
  [[nodiscard]] bool whole() const { return whole_; }
  // The whole if this name were up.
  [[nodiscard]] bool whole_with(ComponentId name);

 private:
  struct Gate {
    std::uint32_t parent = 0;  // kRoot: it is the whole
    std::uint32_t need = 1;
    std::uint32_t count = 0;  // operands that are up
  };
  static constexpr std::uint32_t kRoot = UINT32_MAX;

  void move(std::uint32_t gate, bool up);

  std::vector<Gate> gates_;
  std::vector<char> up_;                 // by name
  std::vector<std::uint32_t> first_;     // by name: where its mentions begin in mentions_
  std::vector<std::uint32_t> mentions_;  // gates that a name is an operand of; kRoot: it is the whole
  bool whole_ = true;
};

}  // namespace nines::structure
