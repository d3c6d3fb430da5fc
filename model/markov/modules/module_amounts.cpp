#include "model/markov/modules/module_amounts.hpp"

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
  OneLevel(const Model& model, const Parts& parts, ModuleView& view, std::size_t number)
      : model_(model),
        parts_(parts),
        view_(view),
        number_(number),
        scale_(model.demand[number].level),
        amounts_(view.diagrams(), scale_, {}) {
    const auto& order = view.parts_by_level();
    for (std::uint32_t level = 0; level < order.size(); ++level) level_of_[order[level]] = level;
  }

  [[nodiscard]] bool exhausted() const { return amounts_.exhausted() || view_.diagrams().exhausted() || out_of_sums_; }

  [[nodiscard]] structure::Amounts run(const structure::Module& module, std::span<const structure::Variable> variables,
                                       structure::AmountBudget& budget) {
    std::vector<Ref> mentions;
    Expression over;  // the same expression, over mentions
    for (Expression::Term term : module.expression.terms) {
      if (term.op == Expression::Op::name) {
        mentions.push_back(served_by(term.name));
        term.name = static_cast<ComponentId>(mentions.size() - 1);
      }
      over.terms.push_back(term);
      if (exhausted()) return {};
    }
    if (auto amounts = given_what_is_shared(over, mentions, variables, budget)) return std::move(*amounts);
    const Ref whole = joined(over, mentions);
    if (exhausted()) return {};
    return amounts_.distribution(whole, variables);
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

  Ref joined(const Expression& over, std::span<const Ref> mentions) {
    std::vector<Ref> stack;
    for (const auto& term : over.terms) {
      if (term.op == Expression::Op::name) {
        stack.push_back(mentions[term.name]);
        continue;
      }
      // Deepest variables first, so that long chains of operands are joined from below.
      Ref joined = stack.back();
      for (std::uint32_t i = 1; i < term.operands; ++i) {
        const Ref other = stack[stack.size() - 1 - i];
        joined = term.op == Expression::Op::all_of ? amounts_.least(other, joined) : amounts_.sum(other, joined);
      }
      stack.resize(stack.size() - term.operands);
      stack.push_back(joined);
      if (exhausted()) return 0;
    }
    return stack.empty() ? amounts_.all() : stack.back();
  }

  // Nothing while it is down, for whatever reason. What is in copies comes before what they are copies of.
  Ref served_by(ComponentId wanted) {
    std::vector<ComponentId> stack{wanted};
    while (!stack.empty() && !exhausted()) {
      const ComponentId id = stack.back();
      const std::uint32_t block = parts_.block_of[id];
      const std::size_t before = stack.size();
      if (block == kNoPart && !known_.contains(id))
        for (const Expression& copy : model_.components[id].copies)
          for (const auto& term : copy.terms)
            if (term.op == Expression::Op::name && !known_.contains(term.name)) stack.push_back(term.name);
      if (stack.size() > before) continue;
      stack.pop_back();
      if (known_.contains(id)) continue;
      const Ref up = amounts_.where(view_.up(id));
      if (exhausted()) break;
      const Ref own = block != kNoPart                       ? by_block(id, block)
                      : model_.components[id].copies.empty() ? by_stocks(id)
                                                             : by_copies(id);
      known_[id] = amounts_.least(up, own);
    }
    return exhausted() ? 0 : known_.at(wanted);
  }

  Ref by_block(ComponentId id, std::uint32_t block) {
    const Part& part = parts_.list[block];
    if (model_.has_a_section(id)) return amounts_.all();
    const auto member =
        static_cast<std::size_t>(std::lower_bound(part.serving.begin(), part.serving.end(), id) - part.serving.begin());
    std::vector<double> amounts;
    for (const Sight& sight : part.sights) amounts.push_back(sight.amounts[member * model_.demand.size() + number_]);
    return amounts_.by_value(level_of_.at(block), amounts);
  }

  // Copies of which nothing reacts to the loss of one.
  Ref by_copies(ComponentId id) {
    const Component& component = model_.components[id];
    Ref sum = amounts_.nothing();
    for (std::size_t i = component.copies.size(); i-- > 0 && !exhausted();) {
      std::vector<Ref> mentions;
      Expression over = component.copies[i];
      for (auto& term : over.terms)
        if (term.op == Expression::Op::name) {
          mentions.push_back(known_.at(term.name));
          term.name = static_cast<ComponentId>(mentions.size() - 1);
        }
      Ref copy = amounts_.least(copy_is_up(component, i), joined(over, mentions));
      copy =
          amounts_.least(amounts_.constant(std::min(model_.units[component.nodes[i]].capacity, scale_.demand())), copy);
      sum = amounts_.sum(copy, sum);
    }
    return sum;
  }

  // All of the demand while the copy is up, nothing else: a `k of` in it may be down and yet serve.
  Ref copy_is_up(const Component& component, std::size_t number) {
    Ref up = amounts_.where(view_.up(component.copies[number]));
    if (!component.placement.empty()) up = amounts_.least(amounts_.where(view_.up(component.placement[number])), up);
    return up;
  }

  // Units that work in places that are up. Of a primary-standby group, which has no memory here, any would serve as
  // much.
  Ref by_stocks(ComponentId id) {
    const Component& component = model_.components[id];
    if (model_.network(id)) return amounts_.all();
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
  std::size_t number_;  // of the level
  structure::Scale scale_;
  structure::AmountDiagrams amounts_;
  bool out_of_sums_ = false;
  std::unordered_map<ComponentId, Ref> known_;
  std::unordered_map<std::uint32_t, std::uint32_t> level_of_;  // by part
};

}  // namespace

tl::expected<std::vector<structure::Amounts>, Refusal> module_amounts(const Model& model, const Parts& parts,
                                                                      ModuleView& view, const structure::Module& module,
                                                                      std::span<const structure::Variable> variables) {
  std::vector<structure::Amounts> by_level;
  structure::AmountBudget budget;
  for (std::size_t level = 0; level < model.demand.size(); ++level) {
    OneLevel one(model, parts, view, level);
    by_level.push_back(one.run(module, variables, budget));
    if (one.exhausted()) return tl::unexpected(too_many_amounts());
  }
  return by_level;
}

}  // namespace nines::markov
