#include "model/markov/solve.hpp"

#include <iterator>

#include "model/markov/orders.hpp"
#include "model/markov/parts/solve_parts.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/solution/solution.hpp"
#include "model/structure/join.hpp"

namespace nines::markov {
namespace {

constexpr double kMostJoining = 2e9;

tl::expected<FittedAnswer, Refusal> solve_with(const Model& model, const SolveOptions& options,
                                               const Fitting& fitting) {
  Solution s{.model = model, .options = options};
  s.options.memory_limit = memory_limit(options);  // asked once, not by every part
  auto dissection = dissect(model, s.options, fitting, TakeApart::where_needed);
  if (!dissection) return tl::unexpected(std::move(dissection.error()));
  s.dissection = std::move(*dissection);
  if (structure::work_to_join(s.dissection.partition.joined) > kMostJoining)
    return tl::unexpected(structure_too_large());
  if (auto done = solve_stocks(s.dissection.parts, s.options); !done) return tl::unexpected(std::move(done.error()));
  s.views.resize(s.dissection.partition.modules.size());
  for (std::size_t m = 0; m < s.dissection.partition.modules.size(); ++m)
    if (auto done = solve_module(s, m); !done) return tl::unexpected(std::move(done.error()));
  fill_measures(s);
  if (auto done = fill_served(s); !done) return tl::unexpected(std::move(done.error()));
  fill_first_outage(s);
  fill_over_time(s);
  fill_shares(s);
  fill_importance(s);
  fill_method(s);
  fill_downtime(s);
  fill_money_and_target(s);
  FittedAnswer done{std::move(s.answer), {}};
  for (Part& part : s.dissection.parts.list)
    done.laws.insert(done.laws.end(), std::make_move_iterator(part.fitted.begin()),
                     std::make_move_iterator(part.fitted.end()));
  return done;
}

}  // namespace

tl::expected<Answer, Refusal> solve(const Model& model, const SolveOptions& options) {
  if (!all_exponential(model))
    return solve_by_orders(options, [&](const SolveOptions& within, const Fitting& fitting) {
      return solve_with(model, within, fitting);
    });
  auto done = solve_with(model, options, {});
  if (!done) return tl::unexpected(std::move(done.error()));
  return std::move(done->answer);
}

}  // namespace nines::markov
