// What an expression serves, whose names change one at a time: the least under `and`, the sum under `or` and `k of`.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/expression.hpp"

namespace nines::structure {

class LiveAmounts {
 public:
  // All names serve `amount`. `names`: one more than the largest name in the expression, at least.
  LiveAmounts(const Expression& expression, std::size_t names, double amount);

  // Changes a name wherever it stands; saying what is so already changes nothing.
  void set(ComponentId name, double amount);
  [[nodiscard]] double whole() const { return values_.back(); }

 private:
  struct Gate {
    bool least = false;
    std::uint32_t first = 0, last = 0;  // operands, in operands_; none: a name
  };
  static constexpr std::uint32_t kRoot = UINT32_MAX;

  void work_out(std::uint32_t term);

  // By term of the expression, the whole last. A sum is always added up anew and in order, so that nothing drifts.
  std::vector<Gate> gates_;
  std::vector<std::uint32_t> parent_;
  std::vector<double> values_;
  std::vector<std::uint32_t> operands_;
  std::vector<std::vector<std::uint32_t>> mentions_;  // by name
};

}  // namespace nines::structure
