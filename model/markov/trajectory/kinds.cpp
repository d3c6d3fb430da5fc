#include "model/markov/trajectory/kinds.hpp"

#include <algorithm>

namespace nines::markov {

using structure::kFalse;
using structure::kTrue;
using structure::Ref;

Kind::Kind(const Model& model, const Parts& parts, const structure::Module& module, const SharedStates& shared,
           const std::vector<ClusterStates>& all, std::vector<std::uint32_t> clusters, std::vector<ComponentId> entries,
           bool planned)
    : model_(model),
      module_(module),
      shared_(shared),
      all_(all),
      clusters_(std::move(clusters)),
      planned_(planned),
      view_(std::make_unique<ModuleView>(model, parts, module)),
      entries_(std::move(entries)) {
  functions_together_ = std::make_unique<TogetherFunctions>();
  const auto& levels = view_->parts_by_level();
  for (std::uint32_t level = 0; level < levels.size(); ++level) {
    const Part& part = parts.list[levels[level]];
    variables_.push_back(part.variable);
    const bool is_shared = &part == all[0].part, is_cluster = part.shared != kNoPart;
    if (is_shared) shared_level_ = level;
    if (is_cluster) functions_together_->cluster_levels.push_back(level);
    if (is_shared || is_cluster) variables_.back() = {std::vector<double>(part.values(), 0.0), {}};
  }
  if (functions_together_->cluster_levels.size() == 1) cluster_level_ = functions_together_->cluster_levels[0];
  if (is_joint()) find_clusters(parts);
  weights_ = std::make_unique<structure::Weights>(view_->diagrams(), variables_);
  whole_ = mended_ = view_->whole();
  for (const ComponentId id : module.named)
    if (!model.components[id].infrastructure || model.has_a_section(id))
      mended_ = view_->diagrams().either(mended_, view_->whole({}, std::pair{id, true}));
  if (planned) unplanned_ = view_->whole({Supposing::Kind::unplanned, 0});
  if (is_joint()) ask_together();
}

// In order of the levels; equal clusters have one number.
void Kind::find_clusters(const Parts& parts) {
  clusters_.clear();
  for (const std::uint32_t level : functions_together_->cluster_levels) {
    const std::uint32_t part = view_->parts_by_level()[level], alike = parts.list[part].alike;
    const Part* const original = &parts.list[alike == kNoPart ? part : alike];
    const auto found =
        std::find_if(all_.begin(), all_.end(), [&](const ClusterStates& c) { return c.part == original; });
    clusters_.push_back(static_cast<std::uint32_t>(found - all_.begin()));
  }
}

std::vector<std::uint32_t> Kind::clusters_in(Ref f) const {
  const auto& diagrams = view_->diagrams();
  const auto& levels = functions_together_->cluster_levels;
  std::vector<char> reached(f + std::size_t{1}, 0);
  reached[f] = 1;
  std::vector<std::uint32_t> found;
  for (Ref g = f; g > kTrue; --g) {
    if (!reached[g]) continue;
    const auto at =
        static_cast<std::uint32_t>(std::find(levels.begin(), levels.end(), diagrams.level(g)) - levels.begin());
    if (at < levels.size() && std::find(found.begin(), found.end(), at) == found.end()) found.push_back(at);
    for (const Ref child : diagrams.children(g)) reached[child] = 1;
  }
  return found;
}

void Kind::ask_together() {
  TogetherFunctions& f = *functions_together_;
  auto& diagrams = view_->diagrams();
  f.view = view_.get();
  f.shared_level = shared_level_;
  f.variables = variables_;
  f.whole = whole_;
  f.mended = mended_;
  f.unplanned = unplanned_;
  f.planned = planned_;
  std::size_t names = 0;
  for (const ComponentId id : module_.named) {
    if (model_.components[id].infrastructure && !model_.has_a_section(id)) continue;
    const Ref up = view_->up(id), if_up = view_->whole({}, std::pair{id, true});
    const Ref critical = diagrams.and_not(if_up, whole_);
    if (diagrams.exhausted()) return;
    if (clusters_in(up).size() > 1) {
      not_alone_.push_back(id);
      f.alone.push_back(up);
    }
    const auto share = [&](Share::What what, Ref of, Cause cause = Cause::too_few_nodes) {
      shares_.push_back({what, names, cause});
      f.shares.push_back(of);
    };
    share(Share::What::birnbaum, diagrams.and_not(if_up, view_->whole({}, std::pair{id, false})));
    share(Share::What::critical, critical);
    for (const auto& [cause, why] : split_by_cause(model_, *view_, id, critical)) share(Share::What::cause, why, cause);
    ++names;
  }
  for (std::size_t e = 0; e < entries_.size(); ++e) {
    f.shares.push_back(diagrams.and_not(view_->whole({Supposing::Kind::entry, entries_[e]}), whole_));
    shares_.push_back({Share::What::entry, e, Cause::infrastructure});
  }
  together_.resize(shared_.size());
}

Together& Kind::together(StateIndex shared, const Layout& layout) {
  auto& here = together_[shared];
  if (!here) {
    std::vector<Ref> entries;
    for (const ComponentId id : layout.entries) {
      if (!if_up_.contains(id)) if_up_[id] = view_->whole({Supposing::Kind::entry, id});
      entries.push_back(if_up_.at(id));
    }
    here = std::make_unique<Together>(*functions_together_, shared_, all_, clusters_, shared, layout, entries);
  }
  return *here;
}

ModuleMeasures Kind::measures_from(const std::vector<double>& sums) const {
  ModuleMeasures measures;
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const Share& share = shares_[i];
    if (share.what == Share::What::entry) {
      measures.infrastructure.push_back({entries_[share.number], sums[i]});
      continue;
    }
    measures.named.resize(share.number + 1);
    NamedMeasures& named = measures.named[share.number];
    if (share.what == Share::What::birnbaum) named.birnbaum = sums[i];
    if (share.what == Share::What::critical) named.critical = sums[i];
    if (share.what == Share::What::cause) named.by_cause[static_cast<std::size_t>(share.cause)] += sums[i];
  }
  return measures;
}

bool Kind::exhausted() const {
  return view_->diagrams().exhausted() || std::any_of(together_.begin(), together_.end(), [](const auto& together) {
           return together && together->exhausted();
         });
}

// Children come before parents, so one pass over what f reaches is enough.
Ref Kind::given(Ref f, StateIndex shared, std::uint32_t value) {
  if (f <= kTrue) return f;
  auto& diagrams = view_->diagrams();
  const auto fixed = [&](Ref g) { return diagrams.level(g) == shared_level_ || diagrams.level(g) == cluster_level_; };
  const auto child_of = [&](Ref g) {
    const std::uint32_t at = diagrams.level(g) == shared_level_ ? shared_value(shared) : value;
    return diagrams.children(g)[at];
  };
  while (f > kTrue && fixed(f)) f = child_of(f);
  std::map<Ref, Ref> result{{kFalse, kFalse}, {kTrue, kTrue}};
  std::vector<Ref> stack{f};
  while (!stack.empty()) {
    const Ref g = stack.back();
    if (result.contains(g)) {
      stack.pop_back();
      continue;
    }
    const std::vector<Ref> children = fixed(g)
                                          ? std::vector<Ref>{child_of(g)}
                                          : std::vector<Ref>(diagrams.children(g).begin(), diagrams.children(g).end());
    const std::size_t before = stack.size();
    for (const Ref child : children)
      if (!result.contains(child)) stack.push_back(child);
    if (stack.size() > before) continue;
    stack.pop_back();
    if (fixed(g)) {
      result[g] = result.at(children[0]);
      continue;
    }
    std::vector<Ref> cases;
    for (const Ref child : children) cases.push_back(result.at(child));
    result[g] = diagrams.select(diagrams.level(g), cases);
  }
  return result.at(f);
}

const Kind::Functions& Kind::functions(StateIndex shared, std::uint32_t value, const Layout& layout) {
  const auto [found, fresh] = functions_.try_emplace({shared, value});
  Functions& f = found->second;
  if (fresh) {
    f.whole = given(whole_, shared, value);
    f.mended = given(mended_, shared, value);
    if (planned_) f.unplanned = given(unplanned_, shared, value);
  }
  while (f.entries.size() < layout.entries.size()) {
    const ComponentId id = layout.entries[f.entries.size()];
    if (!if_up_.contains(id)) if_up_[id] = view_->whole({Supposing::Kind::entry, id});
    f.entries.push_back(given(if_up_.at(id), shared, value));
  }
  return f;
}

Twice Kind::twice(Ref before, Ref after) {
  const auto [found, fresh] = twice_.try_emplace({before, after});
  if (!fresh) return found->second;
  auto& diagrams = view_->diagrams();
  Twice& t = found->second;
  t.up_up = weights_->up(diagrams.both(before, after));
  t.up_down = weights_->up_and_not(before, after);
  t.down_up = weights_->up_and_not(after, before);
  t.down_down = weights_->down(diagrams.either(before, after));
  return t;
}

namespace {

void put(const Twice& t, double share, std::vector<double>& row, std::size_t at) {
  row[at] += share * t.up_up;
  row[at + 1] += share * t.up_down;
  row[at + 2] += share * t.down_up;
  row[at + 3] += share * t.down_down;
}

}  // namespace

// Without moves of the cluster, or of what is shared.
std::vector<double> Kind::row(StateIndex shared, std::uint32_t value, const Layout& layout) {
  const Functions& f = functions(shared, value, layout);
  std::vector<double> row(layout.width(), 0.0);
  row[Layout::kUp] = weights_->up(f.whole);
  row[Layout::kMendable] = weights_->up_and_not(f.mended, f.whole);
  row[Layout::kSeveral] = weights_->down(f.mended);
  row[Layout::kPassages] = weights_->down_passages(f.whole);
  if (planned_) row[Layout::kPlanned] = weights_->up_and_not(f.unplanned, f.whole);
  for (std::size_t i = 0; i < layout.entries.size(); ++i) put(twice(f.entries[i], f.whole), 1, row, layout.of_entry(i));
  return row;
}

std::vector<double> Kind::columns(StateIndex shared, const Layout& layout) {
  const ClusterStates& c = cluster();
  const Chain& chain = c.part->space->chain;
  std::map<std::uint32_t, std::vector<double>> by_value;
  for (const std::uint32_t value : c.given[shared].values) by_value[value] = row(shared, value, layout);
  std::vector<double> all;
  for (const StateIndex s : c.given[shared].states) {
    const std::uint32_t value = c.part->value_of[s];
    std::vector<double> row = by_value.at(value);
    const Ref before = functions(shared, value, layout).whole;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const auto& to = c.seen[c.seen_of[chain.target[t]]];
      if (to.shared == shared) {
        if (to.value == value) continue;
        row[Layout::kPassages] += chain.rate[t] * twice(before, functions(shared, to.value, layout).whole).up_down;
        continue;
      }
      const auto& moves = shared_.moves[shared];
      const auto move = static_cast<std::size_t>(
          std::find_if(moves.begin(), moves.end(), [&](const auto& m) { return m.to == to.shared; }) - moves.begin());
      put(twice(before, functions(to.shared, to.value, {}).whole), chain.rate[t] / moves[move].rate, row,
          layout.of_move(move));
    }
    all.insert(all.end(), row.begin(), row.end());
  }
  return all;
}

std::vector<double> Kind::means(StateIndex shared, const Layout& layout) {
  const ClusterStates& c = cluster();
  std::vector<double> mean(layout.width(), 0.0);
  double total = 0;
  for (std::uint32_t i = 0; i < c.seen.size(); ++i) {
    if (c.seen[i].shared != shared) continue;
    const auto row = this->row(shared, c.seen[i].value, layout);
    for (std::size_t k = 0; k < row.size(); ++k) mean[k] += c.in_all.probability[i] * row[k];
    total += c.in_all.probability[i];
  }
  const auto& moves = shared_.moves[shared];
  for (const auto& flow : c.in_all.flows) {
    const auto& from = c.seen[flow.from];
    const auto& to = c.seen[flow.to];
    if (from.shared != shared) continue;
    const Twice t = twice(functions(shared, from.value, layout).whole,
                          functions(to.shared, to.value, to.shared == shared ? layout : Layout{}).whole);
    if (to.shared == shared) {
      mean[Layout::kPassages] += flow.per_hour * t.up_down;
      continue;
    }
    const auto move = std::find_if(moves.begin(), moves.end(), [&](const auto& m) { return m.to == to.shared; });
    put(t, flow.per_hour / move->rate, mean, layout.of_move(static_cast<std::size_t>(move - moves.begin())));
  }
  for (double& x : mean) x /= total;
  return mean;
}

std::optional<Kind::Alone> Kind::alone(ComponentId named) {
  const Ref up = view_->up(named);
  if (is_joint()) {
    const auto clusters = clusters_in(up);
    if (clusters.size() > 1) return std::nullopt;
    at_cluster_ = clusters.empty() ? 0 : clusters[0];
    cluster_level_ = functions_together_->cluster_levels[at_cluster_];
  }
  const ClusterStates& c = cluster();
  std::vector<Ref> by_seen;
  for (const auto& seen : c.seen) by_seen.push_back(given(up, seen.shared, seen.value));
  Alone alone;
  for (std::uint32_t i = 0; i < c.seen.size(); ++i) {
    alone.down += c.in_all.probability[i] * weights_->down(by_seen[i]);
    alone.down_passages_per_h += c.in_all.probability[i] * weights_->down_passages(by_seen[i]);
  }
  for (const auto& flow : c.in_all.flows)
    alone.down_passages_per_h += flow.per_hour * twice(by_seen[flow.from], by_seen[flow.to]).up_down;
  return alone;
}

ModuleMeasures Kind::measures(StateIndex shared, std::uint32_t value) {
  auto variables = variables_;
  variables[shared_level_].probability[shared_value(shared)] = 1;
  if (cluster_level_ != UINT32_MAX) variables[cluster_level_].probability[value] = 1;
  return measure(model_, *view_, module_, variables, entries_, false);
}

}  // namespace nines::markov
