// The independent random parts a model comes down to, each with a chain of its own:
// *blocks* of groups that react over shared infrastructure, explored together, and *stocks*: equal units of one passive
// component in one place, of which only the number that works matters.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "model/answer/answer.hpp"
#include "model/markov/phase_type/fitted_laws.hpp"
#include "model/markov/solve.hpp"
#include "model/markov/space/explore.hpp"
#include "model/process/process.hpp"
#include "model/structure/network_order.hpp"
#include "model/structure/partition.hpp"
#include "model/structure/weights.hpp"

namespace nines::markov {

inline constexpr std::uint32_t kNoPart = UINT32_MAX;

// What the rest of the model can see of a block in one state.
struct Sight {
  std::vector<char> up;                      // scenarios x members (see Part), row by row
  std::vector<std::optional<Cause>> causes;  // by member: why its mode holds it down
  std::vector<double> amounts;               // Part::serving x levels of demand, row by row: what they serve
};

struct Part {
  std::vector<ComponentId> members;  // a block's, ascending; of a stock the one component
  bool is_block = false;

  std::shared_ptr<const StateSpace> space;  // of a stock: null when too large to be worth a chain
  std::vector<std::uint32_t> value_of;      // by state of `space`; of a stock without one by state of `unit_space`
  structure::Variable variable;             // its values; probabilities and flows once solved
  double error_bound = 0;                   // relative, of what matters to the system
  std::vector<FittedLaw> fitted;            // of a block

  // Blocks. Scenario 0 is what is; 1: as if all infrastructure were up; 2: as if nothing planned were under way; 3 + i:
  // as if infrastructure member i were up; with SolveOptions::importance after those the same as if it were down.
  std::vector<Sight> sights;                // by value
  std::vector<ComponentId> serving;         // members of which it is asked what they serve, ascending
  std::vector<ComponentId> infrastructure;  // members that are infrastructure, the scenarios' order; holds left out

  // Of a block that is taken apart (structure::Split) what is shared is a part of its own, and so is each cluster,
  // explored with it: `shared` is the other's number, `shared_state` its state by state of `space`. One that is equal
  // to an earlier cluster has no space: `alike` is the number of that one.
  std::uint32_t shared = kNoPart, alike = kNoPart;
  std::vector<StateIndex> shared_state;

  // Stocks: value = number of units that work.
  std::shared_ptr<const StateSpace> unit_space;  // of one unit alone
  UnitId unit = 0;
  ComponentId place = 0;  // the infrastructure they stand on,
  bool placed = false;    // if they do
  std::uint32_t units = 0;
  std::uint32_t element = kPerfect;  // of a network, of which it is the one unit

  [[nodiscard]] std::size_t values() const { return is_block ? sights.size() : units + std::size_t{1}; }
  // Whether a member is up in a scenario, at a value.
  [[nodiscard]] bool sees_up(std::size_t value, std::size_t scenario, ComponentId member) const;
  static constexpr std::size_t kAllInfrastructure = 1, kUnplanned = 2, kFirstEntry = 3;
  // The scenario in which this infrastructure entry is as if up (as if down); 0 when it is not a member.
  [[nodiscard]] std::size_t scenario_with(ComponentId infrastructure_entry) const;
  [[nodiscard]] std::size_t scenario_without(ComponentId infrastructure_entry) const;
};

// The long run of a block, as it was weighed (see solve_block()).
struct SolvedBlock {
  std::vector<double> weight;
  structure::Variable variable;
  double error_bound = 0;
};

// Everything random in a model.
struct Parts {
  std::vector<Part> list;                             // blocks first
  std::vector<std::uint32_t> block_of;                // by component; kNoPart
  std::vector<std::vector<std::uint32_t>> stocks_of;  // by component that is in no block
  std::vector<char> whole_in_block;                   // by component: what it needs is in its block too
  std::vector<std::uint32_t> like;                    // by part: the first that is equal to it, once explored
  std::map<std::uint32_t, SolvedBlock> solved;        // by the first of those that are equal
  // Of networks in no block. Their stocks, one for each element, come as the order decides.
  std::unordered_map<ComponentId, structure::NetworkOrder> networks;
};

// A network that is up even when all of it that can fail has failed, and that nothing takes down as a whole. Outside of
// blocks it may be in no part, and several modules may ask for it.
[[nodiscard]] bool never_fails(const Model& model, ComponentId id);

// What plays in a part: made anew, for a part is small beside it.
[[nodiscard]] process::Process process_of(const Model& model, const Part& part);
// So many units of a stock, with nothing beside them.
[[nodiscard]] process::Process process_of_units(const Model& model, const Part& stock, std::uint32_t units);

// What parts there are; their chains are still to be made. `apart`: the first members of blocks to be taken apart,
// which structure::split_block() can do.
[[nodiscard]] Parts find_parts(const Model& model, std::span<const ComponentId> apart = {});

// Why parts have no chains, and the first member of the block whose fault it is, if that is whole.
struct Unexplored {
  Refusal refusal;
  std::optional<ComponentId> block;
};
// Explores every part: stocks by the means of their laws (see refuse_laws), blocks with phase-type laws in place of
// those that are not exponential. Refuses what does not fit the limits.
[[nodiscard]] tl::expected<void, Unexplored> explore_parts(const Model& model, const SolveOptions& options,
                                                           const Fitting& fitting, Parts& parts);

// What decides whether a component or infrastructure entry is up: its parts, and what it stands on and needs.
[[nodiscard]] structure::Support support_of(const Model& model, const Parts& parts);

}  // namespace nines::markov
