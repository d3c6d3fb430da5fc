// What is known of a model while it is solved, and the steps that fill its answer.
#pragma once

#include <memory>
#include <vector>

#include <tl/expected.hpp>

#include "model/answer/answer.hpp"
#include "model/markov/modules/module_cuts.hpp"
#include "model/markov/modules/module_measures.hpp"
#include "model/markov/parts/dissection.hpp"
#include "model/markov/phase_type/fitted_laws.hpp"
#include "model/markov/solve.hpp"
#include "model/structure/amounts.hpp"
#include "model/structure/join.hpp"

namespace nines::markov {

inline constexpr double kHoursPerYear = 8760;
inline constexpr double kMinutesPerYear = 525600;

struct Solution {
  const Model& model;
  SolveOptions options;
  Dissection dissection{};
  std::vector<ModuleMeasures> measures{};                  // by module
  std::vector<double> errors{};                            // by module, relative, of its being down
  std::vector<double> approximations{};                    // the same, estimated: of taking groups apart
  std::vector<ModuleCuts> cuts{};                          // by module; with options.importance alone
  std::vector<std::vector<structure::Amounts>> amounts{};  // by module, by level of demand
  structure::Joined joined{};
  Answer answer{};

  std::vector<std::unique_ptr<ModuleView>> views{};  // by module: those that were made, until is_up() takes them
  std::unique_ptr<UpByValues> up_by_values{};
  // Made once. After all modules are solved.
  [[nodiscard]] UpByValues& is_up() {
    if (!up_by_values) up_by_values = std::make_unique<UpByValues>(model, dissection, std::move(views));
    return *up_by_values;
  }
};

// By module: solves its parts, each once, and weighs its diagrams.
[[nodiscard]] tl::expected<void, Refusal> solve_module(Solution& s, std::size_t module);

[[nodiscard]] structure::CutLimits cut_limits(const SolveOptions& options);

// The steps after that, in this order: each needs those before it.
void fill_measures(Solution& s);
[[nodiscard]] tl::expected<void, Refusal> fill_served(Solution& s);
void fill_first_outage(Solution& s);
void fill_over_time(Solution& s);
void fill_shares(Solution& s);
void fill_importance(Solution& s);  // after fill_shares(): of what is listed there
void fill_method(Solution& s);
void fill_downtime(Solution& s);
void fill_money_and_target(Solution& s);

}  // namespace nines::markov
