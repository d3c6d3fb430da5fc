// A model taken apart: its random parts, the modules of its expression, and what is in each.
#pragma once

#include <memory>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/part.hpp"
#include "model/markov/sight.hpp"
#include "model/structure/partition.hpp"

namespace nines::markov {

struct Dissection {
  Parts parts;
  structure::Partition partition;
  std::vector<std::vector<ComponentId>> entries;  // by module: the infrastructure in it
};

[[nodiscard]] tl::expected<Dissection, Refusal> dissect(const Model& model, const SolveOptions& options);

// Whether the system (all modules joined) is up, given a value for every part.
class UpByValues {
 public:
  UpByValues(const Model& model, const Dissection& dissection);
  // `value(part)` is the number of the part's value.
  template <class Value>
  [[nodiscard]] bool operator()(Value&& value) const {
    return partition_.joined.evaluate([&](std::uint32_t module) {
      const auto& view = *views_[module];
      return views_[module]->diagrams().evaluate(wholes_[module], [&](std::uint32_t level) { return value(view.parts_by_level()[level]); });
    });
  }

 private:
  const structure::Partition& partition_;
  std::vector<std::unique_ptr<ModuleView>> views_;
  std::vector<structure::Ref> wholes_;
};

}  // namespace nines::markov
