// One piece of a module that falls apart given the values of a few shared parts: its functions and their probabilities,
// given each combination of these values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/markov/modules/module_measures.hpp"
#include "model/markov/parts/sight.hpp"
#include "model/structure/join.hpp"
#include "model/structure/pairs.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {

class Piece {
 public:
  // What one name of a piece is, given each combination.
  struct Named {
    NamedMeasures whatever;            // whatever the values: unavailability and passages; the rest is not used
    std::vector<NamedMeasures> given;  // by combination: all but these
  };
  struct Entry {
    EntryMeasures whatever;
    std::vector<EntryMeasures> given;
  };

  // `shared`: the parts given, first in the order of variables.
  Piece(const Model& model, const Parts& parts, const structure::Module& module, std::span<const std::uint32_t> shared);

  [[nodiscard]] ModuleView& view() { return view_; }
  [[nodiscard]] const ModuleView& view() const { return view_; }
  [[nodiscard]] const std::vector<structure::Variable>& variables() const { return variables_; }
  [[nodiscard]] bool exhausted() { return view_.diagrams().exhausted(); }

  // Everything from here on needs the probabilities of its variables, those that are shared included.
  void begin(std::vector<structure::Variable> variables);
  // `values`: by combination, by shared part.
  using Values = std::vector<std::vector<std::uint32_t>>;
  void work_out(const Values& values, std::span<const ComponentId> entries, bool importance);

  [[nodiscard]] structure::Side side(std::span<const std::uint32_t> values);  // mended ones not told apart
  [[nodiscard]] const std::vector<structure::Side>& sides() const { return sides_; }
  [[nodiscard]] const std::vector<double>& down_passages_per_h() const { return passages_; }
  [[nodiscard]] const std::vector<Named>& named() const { return named_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  // Up as supposed first, as supposed second; each given its values.
  [[nodiscard]] structure::Pair pair(const Supposing& first, std::span<const std::uint32_t> first_values,
                                     const Supposing& second, std::span<const std::uint32_t> second_values);

 private:
  [[nodiscard]] structure::Ref given(structure::Ref f, std::span<const std::uint32_t> values) const;
  [[nodiscard]] double up(structure::Ref f, std::span<const std::uint32_t> values);
  [[nodiscard]] double down(structure::Ref f, std::span<const std::uint32_t> values);

  const Model& model_;
  const structure::Module& module_;
  std::uint32_t shared_;  // levels
  ModuleView view_;
  std::vector<structure::Variable> variables_;
  std::optional<structure::Weights> weights_;
  std::vector<structure::Side> sides_;  // by combination
  std::vector<double> passages_;
  std::vector<Named> named_;
  std::vector<Entry> entries_;
};

}  // namespace nines::markov
