#include "model/markov/module_amounts.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "model/markov/refusals.hpp"
#include "model/structure/amount_diagram.hpp"

namespace nines::markov {
namespace {

using structure::Ref;

// One level of demand: what each name serves, as a function of the values of the parts.
class OneLevel {
 public:
  OneLevel(const Model& model, const Parts& parts, ModuleView& view, double demand)
      : model_(model), parts_(parts), view_(view), scale_(demand), amounts_(view.diagrams(), scale_, {}) {
    const auto& order = view.parts_by_level();
    for (std::uint32_t level = 0; level < order.size(); ++level) level_of_[order[level]] = level;
  }

  [[nodiscard]] bool exhausted() const { return amounts_.exhausted() || view_.diagrams().exhausted() || out_of_sums_; }

  [[nodiscard]] structure::Amounts run(const structure::Module& module, std::span<const structure::Variable> variables,
                                       structure::AmountBudget& budget) {
    std::unordered_map<ComponentId, Ref> serves;
    std::vector<Ref> mentions;
    Expression over;  // the same expression, over mentions
    for (Expression::Term term : module.expression.terms) {
      if (term.op == Expression::Op::name) {
        const auto [found, fresh] = serves.try_emplace(term.name, 0);
        if (fresh) found->second = served_by(term.name);
        term.name = static_cast<ComponentId>(mentions.size());
        mentions.push_back(found->second);
      }
      over.terms.push_back(term);
      if (exhausted()) return {};
    }
    if (auto amounts = given_what_is_shared(over, mentions, variables, budget)) return std::move(*amounts);
    return as_one(over, mentions, variables);
  }

 private:
  // Given the values of all that several mentions depend on, they are independent, and few sums are. Nothing when
  // there are too many such values.
  std::optional<structure::Amounts> given_what_is_shared(const Expression& over, std::span<const Ref> mentions,
                                                         std::span<const structure::Variable> variables,
                                                         structure::AmountBudget& budget) {
    std::vector<structure::AmountDiagrams::Extent> extents;
    std::vector<std::uint32_t> asked(variables.size(), 0), shared;
    double nodes = 0, ways = 1;
    for (const Ref mention : mentions) {
      extents.push_back(amounts_.extent(mention));
      nodes += static_cast<double>(extents.back().nodes);
      for (const std::uint32_t level : extents.back().levels) ++asked[level];
    }
    for (std::uint32_t level = 0; level < asked.size(); ++level)
      if (asked[level] > 1) {
        shared.push_back(level);
        ways *= static_cast<double>(variables[level].probability.size());
      }
    if (ways > kMostWays || ways * nodes > kMostWork) return std::nullopt;

    structure::AmountJoiner joiner(scale_, budget);
    std::vector<structure::Chance> all;
    std::vector<std::uint32_t> fixed(variables.size(), structure::AmountDiagrams::kRandom);
    for (const std::uint32_t level : shared) fixed[level] = 0;
    for (bool more = true; more;) {
      long double probability = 1;
      for (const std::uint32_t level : shared) probability *= variables[level].probability[fixed[level]];
      if (probability > 0) {
        std::vector<structure::Amounts> given;
        for (const Ref mention : mentions) given.push_back(amounts_.distribution(mention, variables, fixed));
        for (const auto& [amount, p] : joiner.join(over, given))
          all.push_back({amount, static_cast<double>(probability * p)});
        if (joiner.exhausted()) return out_of_sums_ = true, structure::Amounts{};
      }
      more = false;
      for (const std::uint32_t level : shared) {
        if (++fixed[level] < variables[level].probability.size()) {
          more = true;
          break;
        }
        fixed[level] = 0;
      }
    }
    return joiner.merged(std::move(all));
  }

  structure::Amounts as_one(const Expression& over, std::span<const Ref> mentions,
                            std::span<const structure::Variable> variables) {
    std::vector<Ref> stack;
    for (const auto& term : over.terms) {
      if (term.op == Expression::Op::name) {
        stack.push_back(mentions[term.name]);
        continue;
      }
      join_last(stack, term);
      if (exhausted()) return {};
    }
    return amounts_.distribution(stack.back(), variables);
  }

  // Nothing while it is down, for whatever reason.
  Ref served_by(ComponentId id) {
    const Ref up = amounts_.where(view_.up(id));
    const std::uint32_t block = parts_.block_of[id];
    if (exhausted()) return up;
    return amounts_.least(up, block != kNoPart                          ? by_block(id, block)
                              : model_.components[id].copies.empty() ? by_stocks(id)
                                                                     : by_copies(id));
  }

  // The sum over copies that are up; as deep as copies are nested.
  Ref by_copies(ComponentId id) {
    const Component& component = model_.components[id];
    Ref sum = amounts_.nothing();
    for (std::size_t i = component.copies.size(); i-- > 0 && !exhausted();) {
      std::vector<Ref> stack;
      for (const auto& term : component.copies[i].terms) {
        if (term.op == Expression::Op::name) {
          stack.push_back(served_by(term.name));
          continue;
        }
        join_last(stack, term);
        if (exhausted()) return sum;
      }
      Ref own = stack.back();
      if (!component.placement.empty()) own = amounts_.least(amounts_.where(view_.up(component.placement[i])), own);
      sum = amounts_.sum(own, sum);
    }
    return sum;
  }

  // Deepest variables first, so that long chains of operands are joined from below.
  void join_last(std::vector<Ref>& stack, const Expression::Term& term) {
    Ref joined = stack.back();
    for (std::uint32_t i = 1; i < term.operands; ++i) {
      const Ref other = stack[stack.size() - 1 - i];
      joined = term.op == Expression::Op::all_of ? amounts_.least(other, joined) : amounts_.sum(other, joined);
    }
    stack.resize(stack.size() - term.operands);
    stack.push_back(joined);
  }

  Ref by_block(ComponentId id, std::uint32_t block) {
    const Part& part = parts_.list[block];
    const auto member =
        static_cast<std::size_t>(std::lower_bound(part.members.begin(), part.members.end(), id) - part.members.begin());
    std::vector<double> amounts;
    for (const Sight& sight : part.sights) amounts.push_back(sight.services[member].of(scale_.demand()));
    return amounts_.by_value(level_of_.at(block), amounts);
  }

  // Units that work in places that are up. Of a primary-standby group, which has no memory here, any would serve as
  // much.
  Ref by_stocks(ComponentId id) {
    const Component& component = model_.components[id];
    const auto capacity = [&](UnitId unit) { return std::min(model_.units[unit].capacity, scale_.demand()); };
    if (std::holds_alternative<PrimaryStandby>(component.redundancy))
      return amounts_.constant(capacity(component.nodes.front()));
    Ref sum = amounts_.nothing();
    const auto& stocks = parts_.stocks_of[id];
    for (auto it = stocks.rbegin(); it != stocks.rend() && !exhausted(); ++it) {
      const Part& stock = parts_.list[*it];
      std::vector<double> amounts;
      for (std::uint32_t works = 0; works <= stock.units; ++works) amounts.push_back(works * capacity(stock.unit));
      Ref own = amounts_.by_value(level_of_.at(*it), amounts);
      if (stock.placed) own = amounts_.least(amounts_.where(view_.up(stock.place)), own);
      sum = amounts_.sum(own, sum);
    }
    return sum;
  }

  static constexpr double kMostWays = 10'000, kMostWork = 3e7;

  const Model& model_;
  const Parts& parts_;
  ModuleView& view_;
  structure::Scale scale_;
  structure::AmountDiagrams amounts_;
  bool out_of_sums_ = false;
  std::unordered_map<std::uint32_t, std::uint32_t> level_of_;  // by part
};

}  // namespace

tl::expected<std::vector<structure::Amounts>, Refusal> module_amounts(const Model& model, const Parts& parts,
                                                                      ModuleView& view, const structure::Module& module,
                                                                      std::span<const structure::Variable> variables) {
  std::vector<structure::Amounts> by_level;
  structure::AmountBudget budget;
  for (const DemandLevel& level : model.demand) {
    OneLevel one(model, parts, view, level.level);
    by_level.push_back(one.run(module, variables, budget));
    if (one.exhausted()) return tl::unexpected(too_many_amounts());
  }
  return by_level;
}

}  // namespace nines::markov
