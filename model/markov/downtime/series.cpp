#include "model/markov/downtime/series.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/markov/chain/steady_state.hpp"
#include "model/markov/parts/product.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

using Op = Expression::Op;

// The operands of the outermost `and`, each with the modules it names.
struct Operand {
  Expression expression;
  std::vector<std::uint32_t> modules;
};

std::vector<Operand> operands_of(const Expression& joined) {
  std::vector<Operand> list;
  const auto& terms = joined.terms;
  if (terms.empty()) return list;
  // By term: where the expression that ends in it begins; from the last one on.
  std::vector<std::size_t> begin(terms.size()), open;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    begin[t] = t;
    if (terms[t].op != Op::name) {
      begin[t] = begin[open[open.size() - terms[t].operands]];
      open.resize(open.size() - terms[t].operands);
    }
    open.push_back(t);
  }
  std::vector<std::size_t> ends{terms.size() - 1};
  while (!ends.empty()) {
    const std::size_t end = ends.back();
    ends.pop_back();
    if (terms[end].op == Op::all_of) {
      std::size_t last = end;
      for (std::uint32_t i = 0; i < terms[end].operands; ++i) {
        ends.push_back(last - 1);
        last = begin[last - 1];
      }
      continue;
    }
    Operand operand;
    operand.expression.terms.assign(terms.begin() + static_cast<std::ptrdiff_t>(begin[end]),
                                    terms.begin() + static_cast<std::ptrdiff_t>(end) + 1);
    for (const auto& term : operand.expression.terms)
      if (term.op == Op::name) operand.modules.push_back(term.name);
    list.push_back(std::move(operand));
  }
  return list;
}

// States of an operand's joint chain; 0: more than `most`.
std::uint64_t states_of(const Operand& operand, const Dissection& dissection, std::uint64_t most) {
  std::uint64_t states = 1;
  for (const std::uint32_t m : operand.modules)
    if (const auto size = product_size(dissection.parts, dissection.partition.modules[m].parts, most))
      states = std::min(states * *size, most + 1);
    else
      return 0;
  return states > most ? 0 : states;
}

// Small ones are one chain, in which what is down at once counts once.
std::vector<Operand> joined_while_small(std::vector<Operand> operands, const Dissection& dissection,
                                        std::uint64_t most) {
  std::vector<std::pair<std::uint64_t, std::size_t>> small;
  for (std::size_t i = 0; i < operands.size(); ++i)
    if (const auto states = states_of(operands[i], dissection, most); states > 0) small.emplace_back(states, i);
  std::sort(small.begin(), small.end());
  Operand all;
  std::uint64_t states = 1;
  std::vector<char> gone(operands.size(), 0);
  std::uint32_t count = 0;
  for (const auto& [size, i] : small) {
    if (states * size > most) break;
    states *= size;
    ++count;
    gone[i] = 1;
    const Operand& one = operands[i];
    all.expression.terms.insert(all.expression.terms.end(), one.expression.terms.begin(), one.expression.terms.end());
    all.modules.insert(all.modules.end(), one.modules.begin(), one.modules.end());
  }
  if (count < 2) return operands;
  all.expression.terms.push_back({Op::all_of, 0, 0, count});
  std::vector<Operand> result{std::move(all)};
  for (std::size_t i = 0; i < operands.size(); ++i)
    if (!gone[i]) result.push_back(std::move(operands[i]));
  return result;
}

}  // namespace

class Series::Maker {
 public:
  Maker(const Model& model, const Dissection& dissection, const UpByValues& is_up, const SolveOptions& options)
      : model_(model),
        dissection_(dissection),
        options_(options),
        is_up_(is_up),
        operands_(operands_of(dissection.partition.joined)) {}

  [[nodiscard]] std::vector<Operand> operands(std::size_t together) const {
    return joined_while_small(operands_, dissection_, together);
  }

  tl::expected<SeriesTerm, std::string> make(const Operand& operand, double period_h, const LikelyLimits& limits) {
    std::vector<std::uint32_t> which;
    for (const std::uint32_t m : operand.modules) {
      const auto& parts = dissection_.partition.modules[m].parts;
      which.insert(which.end(), parts.begin(), parts.end());
    }
    std::sort(which.begin(), which.end());
    std::vector<PartInLongRun> parts;
    std::vector<std::uint32_t> column(dissection_.parts.list.size(), 0);
    for (std::uint32_t i = 0; i < which.size(); ++i) {
      column[which[i]] = i;
      const Part& part = dissection_.parts.list[which[i]];
      if (!part.space)
        return tl::unexpected(fmt::format("there are more than {} units in one component", part.units - 1));
      auto steady = steady_of(which[i]);
      if (!steady) return tl::unexpected(steady.error());
      parts.push_back({&part.space->chain, **steady});
    }
    const auto is_down = [&](std::span<const StateIndex> state) {
      const auto value = [&](std::uint32_t part) { return dissection_.parts.list[part].value_of[state[column[part]]]; };
      return !operand.expression.evaluate([&](std::uint32_t m) { return is_up_.module(m, value); });
    };
    SeriesTerm term;
    term.chain = likely_states(parts, is_down, period_h, limits);
    for (const std::uint32_t part : which)
      term.chain.may_ring = term.chain.may_ring || may_ring(dissection_.parts.list[part]);
    add_up(term);
    return term;
  }

  // The diagrams do not fit: nothing else may be asked.
  [[nodiscard]] bool too_large() const { return is_up_.exhausted(); }

 private:
  [[nodiscard]] bool may_ring(const Part& part) const {
    return !part.fitted.empty() || std::any_of(part.members.begin(), part.members.end(),
                                               [&](ComponentId id) { return model_.drawn(id) != nullptr; });
  }

  static void add_up(SeriesTerm& term) {
    const UpDownChain& of = term.chain;
    long double failures = 0, down = 0;
    for (StateIndex s = 0; s < of.down.size(); ++s) {
      if (of.down[s]) {
        down += of.long_run[s];
        continue;
      }
      for (auto t = of.chain.row_begin[s]; t < of.chain.row_begin[s + 1]; ++t)
        if (of.down[of.chain.target[t]]) failures += static_cast<long double>(of.long_run[s]) * of.chain.rate[t];
    }
    term.failures_per_h = static_cast<double>(failures) + of.left_out_per_h;
    term.unavailability = static_cast<double>(down) + of.left_out_at_start;
  }

  // By state, with digits where it is not as at the start.
  tl::expected<const std::vector<double>*, std::string> steady_of(std::uint32_t part) {
    const auto found = steady_.find(part);
    if (found != steady_.end()) return &found->second;
    const Part& p = dissection_.parts.list[part];
    const Chain& chain = p.space->chain;
    std::vector<double> reward(chain.size());
    for (StateIndex s = 0; s < chain.size(); ++s) reward[s] = p.value_of[s] == p.value_of[chain.start] ? 0 : 1;
    SteadyStateOptions steady;
    steady.memory_limit = memory_limit(options_);
    auto solved = steady_state(chain, reward, steady);
    if (!solved) return tl::unexpected(solved.error().message);
    return &steady_.emplace(part, std::move(solved->probability)).first->second;
  }

  const Model& model_;
  const Dissection& dissection_;
  const SolveOptions& options_;
  const UpByValues& is_up_;
  std::vector<Operand> operands_;
  std::map<std::uint32_t, std::vector<double>> steady_;  // by part
};

Series::Series(const Model& model, const Dissection& dissection, const UpByValues& is_up, const SolveOptions& options)
    : maker_(std::make_unique<Maker>(model, dissection, is_up, options)) {}
Series::~Series() = default;

tl::expected<std::vector<SeriesTerm>, std::string> Series::terms(double period_h, const LikelyLimits& limits) {
  if (maker_->too_large()) return tl::unexpected(structure_too_large().message);
  std::vector<SeriesTerm> terms;
  std::multimap<double, std::size_t> by_failures;  // equal ones are kept once, by what they look like
  for (const Operand& operand : maker_->operands(limits.together)) {
    auto term = maker_->make(operand, period_h, limits);
    if (!term) return tl::unexpected(term.error());
    const auto [first, last] = by_failures.equal_range(term->failures_per_h);
    const auto like =
        std::find_if(first, last, [&](const auto& entry) { return terms[entry.second].chain == term->chain; });
    if (like != last) {
      ++terms[like->second].times;
      continue;
    }
    by_failures.emplace(term->failures_per_h, terms.size());
    terms.push_back(std::move(*term));
  }
  return terms;
}

}  // namespace nines::markov
