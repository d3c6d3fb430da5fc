// A large module, piece by piece, given the values of the few parts that all of it shares: for each combination of
// these, independent pieces are joined as modules are; then the combinations are weighed.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/modules/condition.hpp"
#include "model/markov/modules/module_measures.hpp"
#include "model/markov/modules/piece.hpp"
#include "model/markov/solve.hpp"
#include "model/structure/join.hpp"

namespace nines::markov {

class Conditioned {
 public:
  Conditioned(const Model& model, Parts& parts, const Condition& condition, const SolveOptions& options);

  // Whether it is worth doing: what is joined, and what is kept, stay within bounds.
  [[nodiscard]] bool fits() const;
  // Solves the blocks in it, each once. Stocks are solved.
  [[nodiscard]] tl::expected<void, Refusal> solve_blocks();
  // Nothing where a vote, or a diagram, is too large.
  [[nodiscard]] std::optional<ModuleMeasures> measure();

 private:
  struct Combination {
    std::vector<std::uint32_t> values;  // by shared part
    double probability = 0;
  };
  // A passage of one shared part, the others staying as they are.
  struct Passage {
    std::size_t from = 0, to = 0;  // combinations
    double per_hour = 0;
  };

  void weigh_combinations();
  [[nodiscard]] std::vector<Passage> passages() const;
  [[nodiscard]] std::vector<structure::Variable> variables_of(const Piece& piece) const;
  [[nodiscard]] tl::expected<void, Refusal> solve_block(std::uint32_t part, const std::vector<double>& weight);
  template <class Of>
  [[nodiscard]] std::optional<structure::Pair> join(Of&& of_piece) const;
  void add_named(ModuleMeasures& result) const;
  [[nodiscard]] bool add_shared_entries(ModuleMeasures& result) const;

  const Model& model_;
  Parts& parts_;
  const Condition& condition_;
  const SolveOptions& options_;
  std::vector<Combination> combinations_;
  std::vector<std::unique_ptr<Piece>> pieces_;  // those that are not like another one, else null
  std::vector<structure::Joined> joined_;       // by combination
};

}  // namespace nines::markov
