// A model taken apart: its random parts, the modules of its expression, and what is in each.
#pragma once

#include <memory>
#include <vector>

#include <tl/expected.hpp>

#include "model/markov/parts/part.hpp"
#include "model/markov/parts/sight.hpp"
#include "model/structure/partition.hpp"

namespace nines::markov {

struct Dissection {
  Parts parts;
  structure::Partition partition;
  std::vector<std::vector<ComponentId>> entries;  // by module: the infrastructure in it
  std::vector<char> in_pieces;       // by module: it was solved piece by piece, see Conditioned; empty: none was
  std::uint64_t work_in_pieces = 0;  // steps that a diagram of all of such a module may take
};

// Whether blocks are taken apart that their joint chain is too large for, or that `options` wants to be approximated.
enum class TakeApart : std::uint8_t { never, where_needed };

// `fitting`: of laws in blocks that are not exponential.
[[nodiscard]] tl::expected<Dissection, Refusal> dissect(const Model& model, const SolveOptions& options,
                                                        const Fitting& fitting = {},
                                                        TakeApart apart = TakeApart::never);
// The same without exploring anything: what stands on what. `apart`: see find_parts().
[[nodiscard]] Dissection dissect_structure(const Model& model, std::span<const ComponentId> apart = {});

// Whether the system (all modules joined) is up, given a value for every part.
class UpByValues {
 public:
  // `views`: by module, of those that have one already, which is used up; the others are null, or it is empty.
  UpByValues(const Model& model, const Dissection& dissection, std::vector<std::unique_ptr<ModuleView>> views = {});
  // True: some module's diagram does not fit its budget, and nothing here means anything. To be asked before all else:
  // a module that was solved in pieces has had no diagram of all of it.
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  // `value(part)` is the number of the part's value.
  template <class Value>
  [[nodiscard]] bool operator()(Value&& value) const {
    return partition_.joined.evaluate([&](std::uint32_t m) { return module(m, value); });
  }
  // One module: its diagram, of which nothing but what decides `whole` is left, and the parts by its levels.
  [[nodiscard]] structure::Diagrams& diagrams(std::size_t m) { return views_[m]->diagrams(); }
  [[nodiscard]] structure::Ref whole(std::size_t m) const { return wholes_[m]; }
  [[nodiscard]] const std::vector<std::uint32_t>& parts_by_level(std::size_t m) const {
    return views_[m]->parts_by_level();
  }
  template <class Value>
  [[nodiscard]] bool module(std::size_t m, Value&& value) const {
    const auto& parts = views_[m]->parts_by_level();
    return views_[m]->diagrams().evaluate(wholes_[m], [&](std::uint32_t level) { return value(parts[level]); });
  }

 private:
  const structure::Partition& partition_;
  std::vector<std::unique_ptr<ModuleView>> views_;
  std::vector<structure::Ref> wholes_;
  bool exhausted_ = false;
};

}  // namespace nines::markov
