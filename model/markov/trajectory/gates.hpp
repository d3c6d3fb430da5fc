// `system` over modules that are independent given a trajectory, weighed again and again: equal modules under one gate
// are counted, not listed, so that a thousand of them cost as much as one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/description/expression.hpp"
#include "model/structure/join.hpp"

namespace nines::markov {

// Of one thing at two moments, or seen in two ways: up at both, up then down, down then up, down at both. The four sum
// to 1, none is got by subtraction.
struct Twice {
  double up_up = 0, up_down = 0, down_up = 0, down_down = 0;
};

class Gates {
 public:
  // `expression` names module i at most once; `kind_of[i]` is equal for modules that always weigh the same.
  Gates(const Expression& expression, std::span<const std::uint32_t> kind_of);

  // A leaf stands for all modules of one kind under one gate.
  struct Leaf {
    std::uint32_t kind = 0, modules = 0;
  };
  [[nodiscard]] const std::vector<Leaf>& leaves() const { return leaves_; }
  [[nodiscard]] std::uint32_t leaf_of(std::uint32_t module) const { return leaf_of_[module]; }
  // Steps that weighing twice takes, about.
  [[nodiscard]] double work() const { return work_; }

  // The whole, and by leaf the Birnbaum importance of each module in it.
  structure::Side weigh(std::span<const structure::Side> by_kind, std::span<double> birnbaum);
  Twice weigh_twice(std::span<const Twice> by_kind);

 private:
  struct Operand {
    std::uint32_t number = 0;  // leaf or gate
    std::uint32_t times = 1;
    bool is_leaf = false;
  };
  struct Gate {
    Expression::Op op = Expression::Op::all_of;
    std::uint32_t need = 0;
    std::vector<Operand> operands;
  };
  void weigh_gate(std::uint32_t gate, std::span<const structure::Side> by_kind);
  void spread_birnbaum(std::uint32_t gate, std::span<const structure::Side> by_kind, std::span<double> birnbaum);
  [[nodiscard]] const structure::Side& side_of(const Operand& operand, std::span<const structure::Side> by_kind) const {
    return operand.is_leaf ? by_kind[leaves_[operand.number].kind] : sides_[operand.number];
  }
  [[nodiscard]] std::vector<structure::Side> listed(const Gate& gate, std::span<const structure::Side> by_kind) const;
  [[nodiscard]] Twice vote_twice(const Gate& gate, std::span<const Twice> by_kind) const;

  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> leaf_of_;  // by module
  std::vector<Gate> gates_;             // operands first, the whole last
  double work_ = 0;
  // Room to work in.
  std::vector<structure::Side> sides_;
  std::vector<double> importance_;  // by gate
  std::vector<Twice> twice_;
};

}  // namespace nines::markov
