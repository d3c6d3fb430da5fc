// A large module of which all share a few parts: given the values of these, it falls into pieces that share nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/markov/parts/part.hpp"
#include "model/structure/partition.hpp"

namespace nines::markov {

struct Condition {
  std::vector<std::uint32_t> parts;               // that are shared
  structure::Partition partition;                 // of the module's expression, given their values
  std::vector<std::vector<ComponentId>> entries;  // by piece: infrastructure whose parts are its own
  std::vector<ComponentId> shared_entries;        // infrastructure whose parts are shared
  std::vector<std::uint32_t> like;                // by piece: the first one that is equal to it, or itself

  // Names that could change places with those of an earlier piece, each with its counterpart there: the pieces are
  // equal and operands of one term.
  [[nodiscard]] std::unordered_map<ComponentId, ComponentId> interchangeable() const;
  // Every combination of values of `parts`, the last one fastest.
  [[nodiscard]] static std::size_t combinations(const Parts& all, std::span<const std::uint32_t> parts);
};

// Nothing where the module has fewer than `many_names`, or no few parts take it apart. `entries`: the infrastructure in
// it.
[[nodiscard]] std::optional<Condition> find_condition(const Model& model, const Parts& parts,
                                                      const structure::Module& module,
                                                      std::span<const ComponentId> entries, std::uint32_t many_names);

}  // namespace nines::markov
