#include "model/markov/solve.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include <fmt/format.h>

#include "model/markov/approximations.hpp"
#include "model/markov/dissection.hpp"
#include "model/markov/module_amounts.hpp"
#include "model/markov/module_measures.hpp"
#include "model/markov/orders.hpp"
#include "model/markov/product.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/served.hpp"
#include "model/markov/solve_parts.hpp"
#include "model/markov/steady_state.hpp"
#include "model/structure/join.hpp"

namespace nines::markov {
namespace {

constexpr double kHoursPerYear = 8760;
constexpr double kMinutesPerYear = 525600;
constexpr std::uint64_t kFirstOutageStates = 20'000;
constexpr double kMostJoining = 2e9;

class Solver {
 public:
  Solver(const Model& model, const SolveOptions& options, const Fitting& fitting)
      : model_(model), options_(options), fitting_(fitting) {
    options_.memory_limit = memory_limit(options);  // asked once, not by every part
  }

  tl::expected<FittedAnswer, Refusal> run() {
    auto dissection = dissect(model_, options_, fitting_);
    if (!dissection) return tl::unexpected(std::move(dissection.error()));
    dissection_ = std::move(*dissection);
    if (structure::work_to_join(dissection_.partition.joined) > kMostJoining)
      return tl::unexpected(structure_too_large());
    for (Part& part : dissection_.parts.list)
      if (!part.is_block)
        if (auto done = solve_stock(part, options_); !done) return tl::unexpected(std::move(done.error()));
    for (std::size_t m = 0; m < dissection_.partition.modules.size(); ++m)
      if (auto done = solve_module(m); !done) return tl::unexpected(std::move(done.error()));
    fill_measures();
    if (auto done = fill_served(); !done) return tl::unexpected(std::move(done.error()));
    fill_first_outage();
    fill_shares();
    fill_method();
    fill_money_and_target();
    FittedAnswer done{std::move(answer_), {}};
    for (Part& part : dissection_.parts.list)
      done.laws.insert(done.laws.end(), std::make_move_iterator(part.fitted.begin()),
                       std::make_move_iterator(part.fitted.end()));
    return done;
  }

 private:
  tl::expected<void, Refusal> solve_module(std::size_t m) {
    const structure::Module& module = dissection_.partition.modules[m];
    ModuleView view(model_, dissection_.parts, module);
    std::vector<structure::Variable> variables;
    for (const std::uint32_t part : view.parts_by_level()) {
      const Part& p = dissection_.parts.list[part];
      variables.push_back(p.variable);
      if (p.is_block) {  // as long as it is not solved: where it starts
        variables.back().probability.assign(p.values(), 0.0);
        variables.back().probability[p.value_of[p.space->chain.start]] = 1;
      }
    }
    const structure::Ref whole = view.whole();
    if (view.diagrams().exhausted()) return tl::unexpected(structure_too_large());
    double error = 0;
    for (std::uint32_t level = 0; level < variables.size(); ++level) {
      Part& part = dissection_.parts.list[view.parts_by_level()[level]];
      if (part.is_block) {
        auto weight = structure::Weights(view.diagrams(), variables).down_given(whole, level);
        if (std::all_of(weight.begin(), weight.end(), [](double w) { return w == 0; })) {
          // Down only together with another block: weigh every state in which something is not as at the start.
          weight.assign(weight.size(), 1.0);
          weight[part.value_of[part.space->chain.start]] = 0;
        }
        if (auto done = solve_block(part, weight, options_); !done) return done;
        variables[level] = part.variable;
      }
      error += part.error_bound;
    }
    measures_.push_back(measure(model_, view, module, variables, dissection_.entries[m]));
    if (view.diagrams().exhausted()) return tl::unexpected(structure_too_large());
    errors_.push_back(error);
    if (model_.demand.empty()) return {};
    auto amounts = module_amounts(model_, dissection_.parts, view, module, variables);
    if (!amounts) return tl::unexpected(std::move(amounts.error()));
    amounts_.push_back(std::move(*amounts));
    return {};
  }

  void fill_measures() {
    std::vector<structure::Side> sides;
    for (const ModuleMeasures& m : measures_) sides.push_back({m.up, m.down_mendable, m.down_several});
    joined_ = structure::join(dissection_.partition.joined, sides);
    double frequency = 0, error = 0;
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      frequency += joined_.birnbaum[m] * measures_[m].down_passages_per_h;
      if (joined_.whole.down() > 0)
        error += joined_.birnbaum[m] * measures_[m].down / joined_.whole.down() * errors_[m];
    }
    Measures& out = answer_.measures;
    const double up = joined_.whole.up, down = joined_.whole.down();
    out.availability = up;
    out.unavailability = down;
    if (down > 0) out.nines = 0.0 - std::log10(down);
    if (down == 0)
      answer_.method.notes.push_back(
          has_chain() ? "the unavailability is given as 0: in the long run the system is never down, or so rarely that "
                        "it is out of the range of numbers"
                      : "the unavailability is below 1e-300, out of the range of numbers: it is given as 0");
    out.downtime_min_per_year = down * kMinutesPerYear;
    if (has_planned_outages(model_)) {
      // Two sums of nearly equal terms: what the difference loses is little beside the unavailability.
      for (std::size_t m = 0; m < sides.size(); ++m)
        sides[m] = {measures_[m].up + measures_[m].down_planned, 0, measures_[m].down - measures_[m].down_planned};
      const double without = structure::join(dissection_.partition.joined, sides).whole.down();
      out.planned_unavailability = std::max(0.0, down - without);
    }
    out.failures_per_year = frequency * kHoursPerYear;
    if (frequency > 0) {
      out.mean_up_time_h = up / frequency;
      out.mean_down_time_h = down / frequency;
    }
    // What the joining itself rounds: a few units in the last place per module and value, with a margin.
    answer_.method.error_bound = error + 1e-15 * (8.0 + std::sqrt(static_cast<double>(measures_.size())));
  }

  [[nodiscard]] bool has_chain() const {
    for (ComponentId id = 0; id < model_.components.size(); ++id)
      if (model_.used[id] && model_.drawn(id)) return true;
    return false;
  }

  tl::expected<void, Refusal> fill_served() {
    if (model_.demand.empty()) return {};
    const auto mean = mean_served(model_, dissection_.partition.joined, amounts_);
    if (!mean) return tl::unexpected(mean.error());
    answer_.measures.served = mean->served;
    answer_.unserved = mean->unserved;
    return {};
  }

  void fill_first_outage() {
    if (!all_exponential_outside(model_, dissection_.parts)) {
      answer_.method.notes.push_back("mttff_h is left out: it depends on more than the means of the times");
      return;
    }
    std::vector<std::uint32_t> all;
    for (const auto& module : dissection_.partition.modules)
      all.insert(all.end(), module.parts.begin(), module.parts.end());
    std::sort(all.begin(), all.end());
    const auto& parts = dissection_.parts;
    if (!product_size(parts, all, std::min(kFirstOutageStates, options_.max_states))) {
      answer_.method.notes.push_back(fmt::format(
          "mttff_h is left out: the joint chain of everything has more than {} states", kFirstOutageStates));
      return;
    }
    const Product product = make_product(parts, all);
    const UpByValues is_up(model_, dissection_);
    std::vector<std::uint32_t> column(parts.list.size(), 0);
    for (std::uint32_t i = 0; i < all.size(); ++i) column[all[i]] = i;
    std::vector<char> down(product.chain.size());
    for (StateIndex s = 0; s < down.size(); ++s)
      down[s] = !is_up([&](std::uint32_t part) { return parts.list[part].value_of[product.states[s][column[part]]]; });
    SteadyStateOptions steady;
    steady.memory_limit = memory_limit(options_);
    steady.wanted_error = 1e-9;
    const auto passage = mean_time_to_first(product.chain, down, steady);
    if (!passage)
      answer_.method.notes.push_back("mttff_h is left out: " + passage.error().message);
    else if (!std::isfinite(passage->mean_h))
      answer_.method.notes.push_back("mttff_h is left out: it is infinite, for there may never be an outage");
    else
      answer_.measures.mttff_h = passage->mean_h;
  }

  void fill_shares() {
    const double down = joined_.whole.down();
    std::vector<std::pair<ComponentId, ComponentShare>> components;
    std::vector<std::pair<ComponentId, InfrastructureShare>> infrastructure;
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      const double birnbaum = joined_.birnbaum[m];
      for (const NamedMeasures& n : measures_[m].named) {
        const std::string& name = model_.components[n.id].name;
        ComponentShare share{name, n.unavailability, n.down_passages_per_h * kHoursPerYear, birnbaum * n.birnbaum,
                             0,    std::nullopt};
        if (down > 0) share.downtime_share = birnbaum * n.critical / down;
        components.emplace_back(n.id, share);
        for (int c = 0; c < kCauses; ++c) {
          const double minutes = birnbaum * n.by_cause[static_cast<std::size_t>(c)] * kMinutesPerYear;
          if (minutes > 0) answer_.causes.push_back({name, static_cast<Cause>(c), minutes});
        }
      }
      for (const EntryMeasures& e : measures_[m].infrastructure)
        infrastructure.emplace_back(
            e.id, InfrastructureShare{model_.components[e.id].name, down > 0 ? birnbaum * e.critical / down : 0});
    }
    const auto by_id = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::sort(components.begin(), components.end(), by_id);
    std::sort(infrastructure.begin(), infrastructure.end(), by_id);
    for (auto& [id, share] : components) answer_.components.push_back(std::move(share));
    for (auto& [id, share] : infrastructure) answer_.infrastructure.push_back(std::move(share));
    std::stable_sort(answer_.causes.begin(), answer_.causes.end(), [](const CauseShare& a, const CauseShare& b) {
      return a.downtime_min_per_year > b.downtime_min_per_year;
    });
    const double several = joined_.whole.several * kMinutesPerYear;
    if (several > 0) answer_.causes.push_back({std::nullopt, std::nullopt, several});
  }

  void fill_method() {
    Method& method = answer_.method;
    for (const Part& part : dissection_.parts.list) {
      const StateSpace& space = part.space ? *part.space : *part.unit_space;
      method.states += space.chain.size();
      method.transitions += space.chain.transitions();
    }
    const auto approximate = approximations(model_);
    method.exact = approximate.empty();
    method.notes.insert(method.notes.begin(), approximate.begin(), approximate.end());
    method.modules = static_cast<std::uint32_t>(dissection_.partition.modules.size());
    if (!all_exponential_outside(model_, dissection_.parts))
      method.notes.push_back(
          "not all times are exponential: only their means matter in the long run, for the units that have them are "
          "restored independently");
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      if (!model_.used[id]) continue;
      const Component& component = model_.components[id];
      const bool for_good = std::any_of(component.nodes.begin(), component.nodes.end(), [&](UnitId unit) {
        const auto& modes = model_.units[unit].modes;
        return std::any_of(modes.begin(), modes.end(), [](const FailureMode& mode) {
          return mode.recovery.back().takes.is_never() && !mode.life.is_never();
        });
      });
      if (for_good)
        method.notes.push_back(
            fmt::format("`{}` has units that are never repaired: long-run measures are those of what is "
                        "left when all such units have failed",
                        component.name));
    }
  }

  void fill_money_and_target() {
    const Measures& m = answer_.measures;
    if (model_.has_cost)
      answer_.measures.cost_per_year =
          model_.node_cost_per_year() + *m.unavailability * kHoursPerYear * model_.downtime_cost_per_h;
    if (model_.target_downtime)
      answer_.method.notes.push_back("the target of " + to_string(*model_.target_downtime) +
                                     " is left out: `nines simulate` says how likely it is kept");
    // Near 1 a target is compared on the side that has digits.
    const auto compare = [&](const char* measure, double wanted, double got, double rest) {
      answer_.targets.push_back({measure, wanted, got, rest <= 1 - wanted || got >= wanted});
    };
    if (model_.target_availability)
      compare("availability", *model_.target_availability, *m.availability, *m.unavailability);
    if (model_.target_served) compare("served", *model_.target_served, *m.served, *answer_.unserved);
  }

  const Model& model_;
  SolveOptions options_;
  Fitting fitting_;
  Dissection dissection_;
  std::vector<ModuleMeasures> measures_;
  std::vector<double> errors_;                            // by module, relative, of its being down
  std::vector<std::vector<structure::Amounts>> amounts_;  // by module, by level of demand
  structure::Joined joined_;
  Answer answer_;
};

}  // namespace

tl::expected<Answer, Refusal> solve(const Model& model, const SolveOptions& options) {
  const auto solve_with = [&](const SolveOptions& within, const Fitting& fitting) {
    return Solver(model, within, fitting).run();
  };
  if (!all_exponential(model)) return solve_by_orders(options, solve_with);
  auto done = solve_with(options, {});
  if (!done) return tl::unexpected(std::move(done.error()));
  return std::move(done->answer);
}

}  // namespace nines::markov
