#include "model/markov/trajectory/together.hpp"

#include <algorithm>
#include <set>

namespace nines::markov {

using structure::Diagrams;
using structure::Ref;

namespace {

Diagrams over(const std::vector<Together::Pairs>& pairs) {
  std::vector<std::uint32_t> domains;
  for (const auto& list : pairs) domains.push_back(std::max<std::uint32_t>(1, static_cast<std::uint32_t>(list.size())));
  return Diagrams(std::move(domains));
}

}  // namespace

Together::Together(const TogetherFunctions& functions, const SharedStates& shared,
                   const std::vector<ClusterStates>& all, const std::vector<std::uint32_t>& clusters, StateIndex here,
                   const Layout& layout, const std::vector<Ref>& entries)
    : f_(functions),
      shared_(shared),
      all_(all),
      clusters_(clusters),
      here_(here),
      layout_(layout),
      widths_(clusters.size(), 0),
      by_state_(clusters.size()),
      columns_(clusters.size()) {
  for (std::size_t c = 0; c < clusters.size(); ++c) by_state_[c].resize(all[clusters[c]].given[here].states.size());
  const std::vector<Pairs> pairs = stay();
  const std::uint32_t fixed = all[0].part->value_of[here];
  Diagrams diagrams = over(pairs);
  const auto lift = [&](Ref f) { return lifted(f_.view->diagrams(), f, diagrams, pairs, false, fixed); };
  const Ref whole = lift(f_.whole), mended = lift(f_.mended);
  std::vector<Ref> roots{whole, diagrams.and_not(mended, whole), mended,
                         f_.planned ? diagrams.and_not(lift(f_.unplanned), whole) : structure::kFalse};
  for (const Ref entry : entries) {
    const Ref if_up = lift(entry);
    roots.push_back(diagrams.and_not(if_up, whole));
    roots.push_back(if_up);
  }
  for (const Ref f : f_.alone) roots.push_back(lift(f));
  std::vector<Ref> shares;
  for (const Ref f : f_.shares) shares.push_back(lift(f));
  exhausted_ = diagrams.exhausted();
  const std::vector<std::size_t> values(clusters.size(), kNone);
  now_ = {std::make_unique<Flat>(diagrams, std::move(roots)), {}, values};
  shares_ = {std::make_unique<Flat>(diagrams, std::move(shares)), {}, values};
  for (Change* change : {&now_, &shares_}) change->probability.resize(pairs.size());
  for (std::size_t level = 0; level < pairs.size(); ++level)
    now_.probability[level] = shares_.probability[level] = f_.variables[level].probability.data();
  make_passages();
  make_moves();
  for (std::size_t c = 0; c < clusters.size(); ++c)
    for (const auto& row : by_state_[c]) columns_[c].insert(columns_[c].end(), row.begin(), row.end());
}

// Nothing changes: each value that there may be, twice.
std::vector<Together::Pairs> Together::stay() const {
  std::vector<Pairs> pairs(f_.variables.size());
  for (std::uint32_t level = 0; level < pairs.size(); ++level)
    for (std::uint32_t v = 0; v < f_.variables[level].probability.size(); ++v)
      if (level != f_.shared_level) pairs[level].emplace_back(v, v);
  for (std::size_t c = 0; c < clusters_.size(); ++c) {
    auto& list = pairs[f_.cluster_levels[c]];
    list.clear();
    for (const std::uint32_t v : all_[clusters_[c]].given[here_].values) list.emplace_back(v, v);
  }
  return pairs;
}

// Of values before and after: those that go together when what is shared moves to `to`, or, where it stays, when the
// value changes.
Together::Pairs Together::pairs_of(std::size_t cluster, StateIndex to) const {
  const ClusterStates& c = all_[clusters_[cluster]];
  const Chain& chain = c.part->space->chain;
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const StateIndex s : c.given[here_].states)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const auto& seen = c.seen[c.seen_of[chain.target[t]]];
      const std::uint32_t value = c.part->value_of[s];
      if (seen.shared == to && (to != here_ || seen.value != value)) pairs.emplace(value, seen.value);
    }
  return {pairs.begin(), pairs.end()};
}

// Rates of these pairs, over `rate`, by state. Where they begin.
std::size_t Together::add_columns(std::size_t cluster, const Pairs& pairs, StateIndex to, double rate) {
  const ClusterStates& c = all_[clusters_[cluster]];
  const Chain& chain = c.part->space->chain;
  const std::size_t begin = widths_[cluster];
  widths_[cluster] += pairs.size();
  const auto& states = c.given[here_].states;
  for (std::size_t i = 0; i < states.size(); ++i) {
    auto& row = by_state_[cluster][i];
    row.resize(widths_[cluster], 0.0);
    const std::uint32_t value = c.part->value_of[states[i]];
    for (auto t = chain.row_begin[states[i]]; t < chain.row_begin[states[i] + 1]; ++t) {
      const auto& seen = c.seen[c.seen_of[chain.target[t]]];
      if (seen.shared != to) continue;
      const auto found = std::lower_bound(pairs.begin(), pairs.end(), std::pair{value, seen.value});
      if (found != pairs.end() && *found == std::pair{value, seen.value})
        row[begin + static_cast<std::size_t>(found - pairs.begin())] += chain.rate[t] / rate;
    }
  }
  return begin;
}

Together::Change Together::make(const std::vector<Pairs>& pairs, StateIndex to, std::vector<std::size_t> column,
                                bool all_four) {
  Diagrams diagrams = over(pairs);
  const auto lift = [&](Ref f, bool after) {
    return lifted(f_.view->diagrams(), f, diagrams, pairs, after, all_[0].part->value_of[after ? to : here_]);
  };
  std::vector<Ref> roots;
  const Ref before = lift(f_.whole, false), after = lift(f_.whole, true);
  roots.push_back(diagrams.and_not(before, after));
  if (all_four) {
    roots.push_back(diagrams.both(before, after));
    roots.push_back(diagrams.and_not(after, before));
    roots.push_back(diagrams.either(before, after));
  }
  for (const Ref f : f_.alone) roots.push_back(diagrams.and_not(lift(f, false), lift(f, true)));
  exhausted_ = exhausted_ || diagrams.exhausted();
  Change change{std::make_unique<Flat>(diagrams, std::move(roots)), {}, std::move(column)};
  for (const auto& variable : f_.variables) change.probability.push_back(variable.probability.data());
  return change;
}

// Of each variable by itself, for no two change at once.
void Together::make_passages() {
  for (std::uint32_t level = 0; level < f_.variables.size(); ++level) {
    std::vector<Pairs> pairs = stay();
    std::vector<std::size_t> column(clusters_.size(), kNone);
    const auto cluster = std::find(f_.cluster_levels.begin(), f_.cluster_levels.end(), level);
    if (cluster != f_.cluster_levels.end()) {
      const auto c = static_cast<std::size_t>(cluster - f_.cluster_levels.begin());
      pairs[level] = pairs_of(c, here_);
      column[c] = add_columns(c, pairs[level], here_, 1);
    } else {
      pairs[level].clear();
      for (const auto& flow : f_.variables[level].flows) pairs[level].emplace_back(flow.from, flow.to);
    }
    if (pairs[level].empty()) continue;
    passages_.push_back(make(pairs, here_, std::move(column), false));
    if (cluster != f_.cluster_levels.end()) continue;
    per_hour_.push_back(std::make_unique<std::vector<double>>());
    for (const auto& flow : f_.variables[level].flows) per_hour_.back()->push_back(flow.per_hour);
    passages_.back().probability[level] = per_hour_.back()->data();
  }
}

void Together::make_moves() {
  for (const auto& move : shared_.moves[here_]) {
    std::vector<Pairs> pairs = stay();
    std::vector<std::size_t> column;
    for (std::size_t c = 0; c < clusters_.size(); ++c) {
      pairs[f_.cluster_levels[c]] = pairs_of(c, move.to);
      column.push_back(add_columns(c, pairs[f_.cluster_levels[c]], move.to, move.rate));
    }
    moves_.push_back(make(pairs, move.to, std::move(column), true));
  }
}

void Together::weigh(Change& change, const std::vector<const double*>& values,
                     const std::vector<const double*>& columns) const {
  for (std::size_t c = 0; c < clusters_.size(); ++c)
    change.probability[f_.cluster_levels[c]] = change.column[c] == kNone ? values[c] : columns[c] + change.column[c];
  change.flat->weigh(change.probability);
}

void Together::weigh(const std::vector<const double*>& values, const std::vector<const double*>& columns,
                     std::vector<double>& out) {
  out.assign(layout_.width() + 2 * f_.alone.size(), 0.0);
  double* const alone = out.data() + layout_.width();
  weigh(now_, values, columns);
  out[Layout::kUp] = now_.flat->up(0);
  out[Layout::kMendable] = now_.flat->up(1);
  out[Layout::kSeveral] = now_.flat->down(2);
  out[Layout::kPlanned] = now_.flat->up(3);
  for (std::size_t e = 0; e < layout_.entries.size(); ++e) {
    out[layout_.of_entry(e)] = now_.flat->up(0);
    out[layout_.of_entry(e) + 1] = now_.flat->up(4 + 2 * e);
    out[layout_.of_entry(e) + 3] = now_.flat->down(5 + 2 * e);
  }
  for (std::size_t i = 0; i < f_.alone.size(); ++i) alone[2 * i] = now_.flat->down(4 + 2 * layout_.entries.size() + i);
  for (Change& change : passages_) {
    weigh(change, values, columns);
    out[Layout::kPassages] += change.flat->up(0);
    for (std::size_t i = 0; i < f_.alone.size(); ++i) alone[2 * i + 1] += change.flat->up(1 + i);
  }
  for (std::size_t m = 0; m < moves_.size(); ++m) {
    Flat& flat = *moves_[m].flat;
    weigh(moves_[m], values, columns);
    double* const to = out.data() + layout_.of_move(m);
    to[0] = flat.up(1);
    to[1] = flat.up(0);
    to[2] = flat.up(2);
    to[3] = flat.down(3);
    for (std::size_t i = 0; i < f_.alone.size(); ++i) alone[2 * i + 1] += shared_.moves[here_][m].rate * flat.up(4 + i);
  }
}

void Together::weigh_shares(const std::vector<const double*>& values, std::vector<double>& out) {
  weigh(shares_, values, values);
  out.resize(f_.shares.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = shares_.flat->up(i);
}

}  // namespace nines::markov
