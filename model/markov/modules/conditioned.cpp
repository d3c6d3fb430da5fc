#include "model/markov/modules/conditioned.hpp"

#include <algorithm>
#include <utility>

#include "model/markov/parts/solve_parts.hpp"
#include "model/markov/refusals.hpp"

namespace nines::markov {
namespace {

using structure::Pair;
using structure::Side;

constexpr double kMostJoining = 1e9;
constexpr double kMostKept = 1e7;  // numbers

}  // namespace

Conditioned::Conditioned(const Model& model, Parts& parts, const Condition& condition, const SolveOptions& options)
    : model_(model), parts_(parts), condition_(condition), options_(options) {
  combinations_.resize(Condition::combinations(parts, condition.parts));
  std::vector<std::uint32_t> values(condition.parts.size(), 0);
  for (Combination& one : combinations_) {
    one.values = values;
    for (std::size_t i = values.size(); i-- > 0;) {
      if (++values[i] < parts.list[condition.parts[i]].values()) break;
      values[i] = 0;
    }
  }
}

bool Conditioned::fits() const {
  double flows = 0;  // about: those of blocks are known once they are solved
  for (const std::uint32_t part : condition_.parts) {
    const Part& p = parts_.list[part];
    flows += p.is_block ? static_cast<double>(p.space->chain.transitions()) : static_cast<double>(p.units);
  }
  const auto combinations = static_cast<double>(combinations_.size());
  const double looks =
      combinations *
      (2 + static_cast<double>(condition_.shared_entries.size()) * (options_.importance ? 2 : 1) + flows);
  double kept = 0;
  for (std::size_t p = 0; p < condition_.like.size(); ++p)
    if (condition_.like[p] == p)
      kept += combinations * 14 * static_cast<double>(condition_.partition.modules[p].named.size());
  return kept <= kMostKept && looks * structure::work_to_join(condition_.partition.joined) <= kMostJoining;
}

std::vector<structure::Variable> Conditioned::variables_of(const Piece& piece) const {
  std::vector<structure::Variable> variables;
  for (const std::uint32_t part : piece.view().parts_by_level()) {
    const Part& p = parts_.list[part];
    variables.push_back(p.variable);
    if (!variables.back().probability.empty()) continue;
    variables.back().probability.assign(p.values(), 0.0);  // as long as it is not solved: where it starts
    variables.back().probability[p.value_of[p.space->chain.start]] = 1;
  }
  return variables;
}

tl::expected<void, Refusal> Conditioned::solve_block(std::uint32_t part, const std::vector<double>& weight) {
  const Part& block = parts_.list[part];
  if (std::any_of(weight.begin(), weight.end(), [](double w) { return w != 0; }))
    return markov::solve_block(parts_, part, weight, options_);
  // Down only together with another block: weigh every state in which something is not as at the start.
  std::vector<double> others(weight.size(), 1.0);
  others[block.value_of[block.space->chain.start]] = 0;
  return markov::solve_block(parts_, part, others, options_);
}

void Conditioned::weigh_combinations() {
  for (Combination& one : combinations_) {
    one.probability = 1;
    for (std::size_t i = 0; i < condition_.parts.size(); ++i) {
      const Part& part = parts_.list[condition_.parts[i]];
      one.probability *= !part.variable.probability.empty()
                             ? part.variable.probability[one.values[i]]
                             : (one.values[i] == part.value_of[part.space->chain.start] ? 1.0 : 0.0);
    }
  }
}

tl::expected<void, Refusal> Conditioned::solve_blocks() {
  weigh_combinations();
  const auto& modules = condition_.partition.modules;
  for (std::size_t p = 0; p < modules.size(); ++p) {
    pieces_.push_back(condition_.like[p] == p ? std::make_unique<Piece>(model_, parts_, modules[p], condition_.parts)
                                              : nullptr);
    if (!pieces_[p]) continue;
    Piece& piece = *pieces_[p];
    const structure::Ref whole = piece.view().whole();
    if (piece.exhausted()) return tl::unexpected(structure_too_large());
    const auto& order = piece.view().parts_by_level();
    for (auto level = static_cast<std::uint32_t>(condition_.parts.size()); level < order.size(); ++level) {
      if (!parts_.list[order[level]].is_block) continue;
      const auto variables = variables_of(piece);
      const auto weight = structure::Weights(piece.view().diagrams(), variables).down_given(whole, level);
      if (auto done = solve_block(order[level], weight); !done) return done;
    }
  }
  std::size_t step = combinations_.size();
  for (std::size_t i = 0; i < condition_.parts.size(); ++i) {
    Part& block = parts_.list[condition_.parts[i]];
    step /= block.values();
    if (!block.is_block) continue;
    for (auto& piece : pieces_)
      if (piece) piece->begin(variables_of(*piece));
    std::vector<double> weight(block.values(), 0.0);
    const std::uint32_t start = block.value_of[block.space->chain.start];
    for (std::size_t c = 0; c < combinations_.size(); ++c) {
      const Combination& one = combinations_[c];
      const double others = combinations_[c - one.values[i] * step + start * step].probability;
      if (!(others > 0)) continue;
      std::vector<Side> sides(pieces_.size());
      for (std::size_t p = 0; p < pieces_.size(); ++p)
        sides[p] = pieces_[p] ? pieces_[p]->side(one.values) : sides[condition_.like[p]];
      weight[one.values[i]] += others * structure::join(condition_.partition.joined, sides).whole.down();
    }
    if (auto done = solve_block(condition_.parts[i], weight); !done) return done;
    weigh_combinations();
  }
  for (auto& piece : pieces_)
    if (piece) piece->begin(variables_of(*piece));
  return {};
}

std::vector<Conditioned::Passage> Conditioned::passages() const {
  std::vector<Passage> list;
  std::size_t step = combinations_.size();
  for (std::size_t i = 0; i < condition_.parts.size(); ++i) {
    const Part& part = parts_.list[condition_.parts[i]];
    step /= part.values();
    for (const structure::Flow& flow : part.variable.flows) {
      // More units of a stock never take anything down.
      if (!part.is_block && flow.to > flow.from) continue;
      for (std::size_t c = 0; c < combinations_.size(); ++c) {
        if (combinations_[c].values[i] != flow.from) continue;
        double others = 1;
        for (std::size_t k = 0; k < condition_.parts.size(); ++k)
          if (k != i) others *= parts_.list[condition_.parts[k]].variable.probability[combinations_[c].values[k]];
        if (others > 0) list.push_back({c, c - flow.from * step + flow.to * step, flow.per_hour * others});
      }
    }
  }
  return list;
}

template <class Of>
std::optional<Pair> Conditioned::join(Of&& of_piece) const {
  std::vector<Pair> pairs(pieces_.size());
  for (std::size_t p = 0; p < pieces_.size(); ++p)
    pairs[p] = pieces_[p] ? of_piece(*pieces_[p]) : pairs[condition_.like[p]];
  return structure::join_pairs(condition_.partition.joined, pairs);
}

std::optional<ModuleMeasures> Conditioned::measure() {
  const auto& joined = condition_.partition.joined;
  Piece::Values values;
  for (const Combination& one : combinations_) values.push_back(one.values);
  for (std::size_t p = 0; p < pieces_.size(); ++p)
    if (pieces_[p]) {
      pieces_[p]->work_out(values, condition_.entries[p], options_.importance);
      if (pieces_[p]->exhausted()) return std::nullopt;
    }
  ModuleMeasures result;
  const bool plans = has_planned_outages(model_);
  for (std::size_t c = 0; c < combinations_.size(); ++c) {
    const double probability = combinations_[c].probability;
    std::vector<Side> sides(pieces_.size());
    for (std::size_t p = 0; p < sides.size(); ++p) sides[p] = pieces_[condition_.like[p]]->sides()[c];
    joined_.push_back(structure::join(joined, sides));
    const structure::Joined& at = joined_.back();
    result.up += probability * at.whole.up;
    result.down += probability * at.whole.down();
    result.down_mendable += probability * at.whole.mendable;
    result.down_several += probability * at.whole.several;
    for (std::size_t p = 0; p < sides.size(); ++p)
      result.down_passages_per_h +=
          probability * at.birnbaum[p] * pieces_[condition_.like[p]]->down_passages_per_h()[c];
    if (!plans) continue;
    const auto planned = join([&](Piece& piece) {
      return piece.pair({Supposing::Kind::unplanned, 0}, values[c], {}, values[c]);
    });
    if (!planned) return std::nullopt;
    result.down_planned += probability * planned->first;
  }
  for (const Passage& passage : passages()) {
    const auto lost = join([&](Piece& piece) { return piece.pair({}, values[passage.from], {}, values[passage.to]); });
    if (!lost) return std::nullopt;
    result.down_passages_per_h += passage.per_hour * lost->first;
  }
  add_named(result);
  if (!add_shared_entries(result)) return std::nullopt;
  for (auto& piece : pieces_)
    if (piece && piece->exhausted()) return std::nullopt;
  return result;
}

void Conditioned::add_named(ModuleMeasures& result) const {
  const auto& modules = condition_.partition.modules;
  for (std::size_t p = 0; p < modules.size(); ++p) {
    const Piece& like = *pieces_[condition_.like[p]];
    // The names of equal pieces, one by one in the order of their expressions.
    std::vector<std::pair<ComponentId, ComponentId>> same;
    const auto& terms = modules[p].expression.terms;
    const auto& of = modules[condition_.like[p]].expression.terms;
    for (std::size_t t = 0; t < terms.size(); ++t)
      if (terms[t].op == Expression::Op::name) same.emplace_back(of[t].name, terms[t].name);
    for (const Piece::Named& n : like.named()) {
      NamedMeasures named = n.whatever;
      named.id =
          std::find_if(same.begin(), same.end(), [&](const auto& s) { return s.first == n.whatever.id; })->second;
      for (std::size_t c = 0; c < combinations_.size(); ++c) {
        const double decides = combinations_[c].probability * joined_[c].birnbaum[p];
        const double without = combinations_[c].probability * joined_[c].down_if_up[p];
        const NamedMeasures& given = n.given[c];
        named.birnbaum += decides * given.birnbaum;
        named.critical += decides * given.critical;
        named.down_if_up += without + decides * given.down_if_up;
        named.down_if_down += without + decides * given.down_if_down;
        for (std::size_t k = 0; k < named.by_cause.size(); ++k) named.by_cause[k] += decides * given.by_cause[k];
      }
      result.named.push_back(named);
    }
    for (const Piece::Entry& e : like.entries()) {
      EntryMeasures entry = e.whatever;
      for (std::size_t c = 0; c < combinations_.size(); ++c) {
        const double decides = combinations_[c].probability * joined_[c].birnbaum[p];
        const double without = combinations_[c].probability * joined_[c].down_if_up[p];
        entry.critical += decides * e.given[c].critical;
        entry.birnbaum += decides * e.given[c].birnbaum;
        entry.down_if_up += without + decides * e.given[c].down_if_up;
        entry.down_if_down += without + decides * e.given[c].down_if_down;
      }
      result.infrastructure.push_back(entry);
    }
  }
}

bool Conditioned::add_shared_entries(ModuleMeasures& result) const {
  for (const ComponentId id : condition_.shared_entries) {
    EntryMeasures entry;
    entry.id = id;
    const Supposing with{Supposing::Kind::entry, id}, without{Supposing::Kind::without_entry, id};
    for (const Combination& one : combinations_) {
      if (!(one.probability > 0)) continue;
      const auto mended = join([&](Piece& piece) { return piece.pair(with, one.values, {}, one.values); });
      if (!mended) return false;
      entry.critical += one.probability * mended->first;
      if (!options_.importance) continue;
      const auto decides = join([&](Piece& piece) { return piece.pair(with, one.values, without, one.values); });
      if (!decides) return false;
      entry.birnbaum += one.probability * decides->first;
      entry.down_if_up += one.probability * (decides->second + decides->neither);
      entry.down_if_down += one.probability * (decides->first + decides->neither);
    }
    if (options_.importance) {
      Piece& any = *pieces_[0];
      entry.unavailability = structure::Weights(any.view().diagrams(), any.variables()).down(any.view().up(id));
    }
    result.infrastructure.push_back(entry);
  }
  return true;
}

}  // namespace nines::markov
