// What is up, as decision diagrams over the parts of one module, as it is and as it would be.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/markov/parts/part.hpp"
#include "model/structure/diagram.hpp"
#include "model/structure/partition.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {

// A question of the form "what if it were up": nothing, all infrastructure, what planned work keeps down, or one
// infrastructure entry. Or "what if it were down", of an entry.
struct Supposing {
  enum class Kind : std::uint8_t { nothing, all_infrastructure, unplanned, entry, without_entry };
  Kind kind = Kind::nothing;
  ComponentId entry = 0;
};

class ModuleView {
 public:
  // `first`: parts that come first in the order of variables, named by the module or not.
  ModuleView(const Model& model, const Parts& parts, const structure::Module& module,
             structure::Diagrams::Budget budget = {}, std::span<const std::uint32_t> first = {});

  [[nodiscard]] structure::Diagrams& diagrams() { return diagrams_; }
  [[nodiscard]] const structure::Diagrams& diagrams() const { return diagrams_; }
  [[nodiscard]] const std::vector<std::uint32_t>& parts_by_level() const { return order_; }
  [[nodiscard]] bool in_block(ComponentId id) const { return parts_.block_of[id] != kNoPart; }

  // Up, with what it needs.
  [[nodiscard]] structure::Ref up(ComponentId id, const Supposing& supposing = {});
  // That a copy is up by itself, of a component in no block.
  [[nodiscard]] structure::Ref up(const Expression& copy);
  // The module's expression; `fixed` sets the value of one of its names.
  [[nodiscard]] structure::Ref whole(const Supposing& supposing = {},
                                     std::optional<std::pair<ComponentId, bool>> fixed = std::nullopt);
  // That the component's mode is this cause of its being down.
  [[nodiscard]] structure::Ref held_by(ComponentId id, Cause cause);

  // Clears the diagrams of functions that nobody asks for any more, when they are crowded: all but what this view
  // knows and `kept`, whose numbers change.
  void tidy(structure::Weights& weights, std::span<structure::Ref* const> kept);
  // The same of all but one function, whose number changes, crowded or not.
  void keep_only(structure::Ref& function);

 private:
  ModuleView(const Model& model, const Parts& parts, const structure::Module& module,
             structure::Diagrams::Budget budget, std::span<const std::uint32_t> first,
             std::span<const ComponentId> names);
  [[nodiscard]] static std::vector<std::uint32_t> order_of(const Model& model, const Parts& parts,
                                                           const structure::Module& module,
                                                           std::span<const ComponentId> names,
                                                           std::span<const std::uint32_t> first);
  [[nodiscard]] static std::vector<std::uint32_t> domains_of(const Parts& parts, std::span<const std::uint32_t> order);
  [[nodiscard]] structure::Ref group_up(ComponentId id, const Supposing& supposing);
  [[nodiscard]] structure::Ref copies_up(ComponentId id, const Supposing& supposing);
  [[nodiscard]] structure::Ref network_up(ComponentId id);
  [[nodiscard]] structure::Ref stocks_up(ComponentId id, const Supposing& supposing);
  [[nodiscard]] structure::Ref combine(const Expression& expression, const std::vector<structure::Ref>& operands);

  const Model& model_;
  const Parts& parts_;
  const structure::Module& module_;
  std::vector<std::uint32_t> order_;  // part by level
  std::unordered_map<std::uint32_t, std::uint32_t> level_of_;
  std::unordered_map<ComponentId, std::uint32_t> place_of_;  // of the module's names, in the order of their variables
  structure::Diagrams diagrams_;
  // What is up, by component: as it is, and as the latest question of each other kind supposes.
  using Known = std::unordered_map<ComponentId, structure::Ref>;
  Known& known(const Supposing& supposing);
  Known known_[5];
  Known networks_;             // by themselves: whatever is supposed, what fails of one stands on nothing
  ComponentId entry_[5] = {};  // by kind
};

}  // namespace nines::markov
