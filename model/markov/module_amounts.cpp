#include "model/markov/module_amounts.hpp"

#include <algorithm>
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

  [[nodiscard]] bool exhausted() const { return amounts_.exhausted() || view_.diagrams().exhausted(); }

  [[nodiscard]] structure::Amounts run(const structure::Module& module,
                                       std::span<const structure::Variable> variables) {
    std::unordered_map<ComponentId, Ref> serves;
    std::vector<Ref> stack;
    for (const auto& term : module.expression.terms) {
      if (exhausted()) return {};
      if (term.op == Expression::Op::name) {
        const auto [found, fresh] = serves.try_emplace(term.name, 0);
        if (fresh) found->second = served_by(term.name);
        stack.push_back(found->second);
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
    }
    if (exhausted()) return {};
    return amounts_.distribution(stack.empty() ? amounts_.all() : stack.back(), variables);
  }

 private:
  // Nothing while it is down, for whatever reason.
  Ref served_by(ComponentId id) {
    const Ref up = amounts_.where(view_.up(id));
    const std::uint32_t block = parts_.block_of[id];
    if (exhausted()) return up;
    return amounts_.least(up, block != kNoPart ? by_block(id, block) : by_stocks(id));
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

  const Model& model_;
  const Parts& parts_;
  ModuleView& view_;
  structure::Scale scale_;
  structure::AmountDiagrams amounts_;
  std::unordered_map<std::uint32_t, std::uint32_t> level_of_;  // by part
};

}  // namespace

tl::expected<std::vector<structure::Amounts>, Refusal> module_amounts(const Model& model, const Parts& parts,
                                                                      ModuleView& view, const structure::Module& module,
                                                                      std::span<const structure::Variable> variables) {
  std::vector<structure::Amounts> by_level;
  for (const DemandLevel& level : model.demand) {
    OneLevel one(model, parts, view, level.level);
    by_level.push_back(one.run(module, variables));
    if (one.exhausted()) return tl::unexpected(too_many_amounts());
  }
  return by_level;
}

}  // namespace nines::markov
