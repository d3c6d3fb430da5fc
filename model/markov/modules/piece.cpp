#include "model/markov/modules/piece.hpp"

#include <utility>

namespace nines::markov {

using structure::Pair;
using structure::Ref;
using structure::Side;

Piece::Piece(const Model& model, const Parts& parts, const structure::Module& module,
             std::span<const std::uint32_t> shared)
    : model_(model),
      module_(module),
      shared_(static_cast<std::uint32_t>(shared.size())),
      view_(model, parts, module, {}, shared) {}

void Piece::begin(std::vector<structure::Variable> variables) {
  variables_ = std::move(variables);
  weights_.emplace(view_.diagrams(), variables_);
}

Ref Piece::given(Ref f, std::span<const std::uint32_t> values) const {
  const auto& diagrams = view_.diagrams();
  while (f > structure::kTrue && diagrams.level(f) < shared_) f = diagrams.children(f)[values[diagrams.level(f)]];
  return f;
}

double Piece::up(Ref f, std::span<const std::uint32_t> values) {
  return weights_->up(given(f, values));
}

double Piece::down(Ref f, std::span<const std::uint32_t> values) {
  return weights_->down(given(f, values));
}

Side Piece::side(std::span<const std::uint32_t> values) {
  const Ref whole = view_.whole();
  return {up(whole, values), 0, down(whole, values)};
}

Pair Piece::pair(const Supposing& first, std::span<const std::uint32_t> first_values, const Supposing& second,
                 std::span<const std::uint32_t> second_values) {
  auto& diagrams = view_.diagrams();
  const Ref a = given(view_.whole(first), first_values), b = given(view_.whole(second), second_values);
  if (a == b) return {weights_->up(a), 0, 0, weights_->down(a)};
  return {weights_->up(diagrams.both(a, b)), weights_->up_and_not(a, b), weights_->up_and_not(b, a),
          weights_->down(diagrams.either(a, b))};
}

void Piece::work_out(const Values& values, std::span<const ComponentId> entries, bool importance) {
  auto& diagrams = view_.diagrams();
  const Ref whole = view_.whole();
  Ref mended = whole;
  for (const ComponentId id : module_.named) {
    if (diagrams.exhausted()) return;
    if (model_.components[id].infrastructure && !model_.has_a_section(id)) continue;
    Named named;
    named.whatever.id = id;
    const Ref own = view_.up(id);
    named.whatever.unavailability = weights_->down(own);
    named.whatever.down_passages_per_h = weights_->down_passages(own);
    const Ref if_up = view_.whole({}, std::pair{id, true});
    const Ref if_down = view_.whole({}, std::pair{id, false});
    const Ref decides = diagrams.and_not(if_up, if_down), critical = diagrams.and_not(if_up, whole);
    const auto by_cause = split_by_cause(model_, view_, id, critical);
    mended = diagrams.either(mended, if_up);
    for (const auto& v : values) {
      NamedMeasures& given = named.given.emplace_back();
      given.birnbaum = up(decides, v);
      given.critical = up(critical, v);
      given.down_if_up = down(if_up, v);
      given.down_if_down = down(if_down, v);
      for (const auto& [cause, why] : by_cause) given.by_cause[static_cast<std::size_t>(cause)] += up(why, v);
    }
    named_.push_back(std::move(named));
  }
  const Ref mendable = diagrams.and_not(mended, whole);
  for (const auto& v : values) {
    sides_.push_back({up(whole, v), up(mendable, v), down(mended, v)});
    passages_.push_back(weights_->down_passages(given(whole, v)));
  }
  for (const ComponentId id : entries) {
    if (diagrams.exhausted()) return;
    Entry entry;
    entry.whatever.id = id;
    const Ref if_up = view_.whole({Supposing::Kind::entry, id});
    const Ref critical = diagrams.and_not(if_up, whole);
    const Ref if_down = importance ? view_.whole({Supposing::Kind::without_entry, id}) : structure::kFalse;
    const Ref decides = importance ? diagrams.and_not(if_up, if_down) : structure::kFalse;
    if (importance) entry.whatever.unavailability = weights_->down(view_.up(id));
    for (const auto& v : values) {
      EntryMeasures& given = entry.given.emplace_back();
      given.critical = up(critical, v);
      if (!importance) continue;
      given.birnbaum = up(decides, v);
      given.down_if_up = down(if_up, v);
      given.down_if_down = down(if_down, v);
    }
    entries_.push_back(std::move(entry));
  }
}

}  // namespace nines::markov
