// Which components and infrastructure entries, down together, take an expression down for certain: its structure
// function over these signals, everything else being as good as it can be.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/description/model.hpp"
#include "model/structure/diagram.hpp"

namespace nines::structure {

class Signals {
 public:
  // `chosen`: the signals, each once; what else the expression reaches is taken to be up by itself.
  Signals(const Model& model, const Expression& expression, std::span<const ComponentId> chosen,
          Diagrams::Budget budget);

  [[nodiscard]] Diagrams& diagrams() { return diagrams_; }
  [[nodiscard]] const std::vector<ComponentId>& by_level() const { return order_; }
  // That the expression can be up. Nothing of this holds once the diagrams are exhausted.
  [[nodiscard]] Ref whole();

 private:
  [[nodiscard]] static std::vector<ComponentId> order_of(const Model& model, const Expression& expression,
                                                         std::span<const ComponentId> chosen);
  [[nodiscard]] Ref up(ComponentId id);
  [[nodiscard]] Ref nodes_up(const Component& component);
  [[nodiscard]] Ref evaluate(const Expression& expression);

  const Model& model_;
  const Expression& expression_;
  std::vector<ComponentId> order_;
  Diagrams diagrams_;
  std::unordered_map<ComponentId, std::uint32_t> level_of_;
  std::unordered_map<ComponentId, Ref> known_;
};

}  // namespace nines::structure
