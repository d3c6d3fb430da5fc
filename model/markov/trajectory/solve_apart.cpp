#include "model/markov/trajectory/solve_apart.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "model/markov/parts/solve_parts.hpp"
#include "model/markov/refusals.hpp"
#include "model/markov/trajectory/history.hpp"

namespace nines::markov {
namespace {

constexpr double kMostWork = 3e11;
constexpr double kErrorOfTimes = 1e-6;  // what sums over times are off, once their means are put right

Refusal too_much_to_follow(const Model& model, const Part& shared) {
  return {"too-many-states",
          fmt::format("what `{}` and the infrastructure beside it go through has too many turns to follow every group "
                      "through them",
                      model.components[shared.members[0]].name),
          {"their joint chain is too large as well"},
          {"leave out a zone or a timing key that hardly matters, or solve the components apart",
           "`nines simulate` has no states to count"}};
}

class Apart {
 public:
  Apart(Solution& s, std::size_t module)
      : s_(s), model_(s.model), parts_(s.dissection.parts), module_(s.dissection.partition.modules[module]) {
    for (const ComponentId id : s.dissection.entries[module]) entries_.push_back(id);
  }

  tl::expected<SolvedApart, Refusal> run() {
    if (auto done = find_shared(); !done) return tl::unexpected(std::move(done.error()));
    auto shared = shared_states(model_, parts_.list[shared_part_], s_.options);
    if (!shared) return tl::unexpected(std::move(shared.error()));
    shared_ = std::move(*shared);
    if (auto done = solve_others(); !done) return tl::unexpected(std::move(done.error()));
    take_module_apart();
    if (auto done = solve_clusters(); !done) return tl::unexpected(std::move(done.error()));
    if (auto done = find_kinds(); !done) return tl::unexpected(std::move(done.error()));
    Gates gates(inner_.joined, kind_of_);
    Question question{shared_, clusters_, kinds_, gates, has_planned_outages(model_), {}, {}};
    ask_for_entries(question);
    if (work_of(question) > kMostWork) return tl::unexpected(too_much_to_follow(model_, parts_.list[shared_part_]));
    const Outcome outcome = markov::outcome(question);
    if (exhausted()) return tl::unexpected(structure_too_large());
    return conclude(question, outcome);
  }

 private:
  tl::expected<void, Refusal> find_shared() {
    for (const std::uint32_t part : module_.parts) {
      const std::uint32_t shared = parts_.list[part].shared;
      if (shared == kNoPart) continue;
      if (shared_part_ != kNoPart && shared_part_ != shared) return tl::unexpected(structure_too_large());
      shared_part_ = shared;
    }
    return {};
  }

  // Blocks that are whole, beside the clusters: every state of theirs may matter.
  tl::expected<void, Refusal> solve_others() {
    for (const std::uint32_t number : module_.parts) {
      Part& part = parts_.list[number];
      if (part.is_block && number != shared_part_ && part.shared == kNoPart) {
        std::vector<double> weight(part.values(), 1.0);
        weight[part.value_of[part.space->chain.start]] = 0;
        if (auto done = solve_block(parts_, number, weight, s_.options); !done) return done;
      }
      error_ += part.error_bound;
    }
    return {};
  }

  // What is shared is given, so it ties nothing any more.
  void take_module_apart() {
    structure::Support support = support_of(model_, parts_);
    const auto is_shared = [&](ComponentId id) { return parts_.block_of[id] == shared_part_; };
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      std::erase(support.parts[id], shared_part_);
      std::erase_if(support.asks[id], is_shared);
      if (is_shared(id)) support.asks[id].clear();
    }
    inner_ = structure::take_apart(module_.expression, support);
  }

  [[nodiscard]] std::vector<ComponentId> own_of(std::uint32_t part) const {
    std::vector<ComponentId> own;
    for (const ComponentId id : parts_.list[part].members)
      if (parts_.block_of[id] == part) own.push_back(id);
    return own;
  }

  tl::expected<void, Refusal> solve_clusters() {
    clusters_.push_back(alone(shared_, parts_.list[shared_part_]));
    for (const std::uint32_t number : module_.parts) {
      const Part& part = parts_.list[number];
      if (part.shared == kNoPart || part.alike != kNoPart) continue;
      std::vector<std::size_t> own;
      for (std::size_t m = 0; m < part.members.size(); ++m)
        if (parts_.block_of[part.members[m]] == number && !model_.components[part.members[m]].infrastructure)
          own.push_back(m);
      auto cluster = cluster_states(shared_, part, own, s_.options);
      if (!cluster) return tl::unexpected(std::move(cluster.error()));
      error_ += cluster->error_bound;
      cluster_of_[number] = static_cast<std::uint32_t>(clusters_.size());
      clusters_.push_back(std::move(*cluster));
    }
    return {};
  }

  [[nodiscard]] std::uint32_t original(std::uint32_t part) const {
    return parts_.list[part].alike == kNoPart ? part : parts_.list[part].alike;
  }

  tl::expected<void, Refusal> find_kinds() {
    std::map<std::string, std::uint32_t> known;
    const bool planned = has_planned_outages(model_);
    for (structure::Module& module : inner_.modules) {
      std::vector<std::uint32_t> clusters;
      for (const std::uint32_t part : module.parts)
        if (parts_.list[part].shared != kNoPart) clusters.push_back(cluster_of_.at(original(part)));
      const std::string key = key_of(module);
      if (!key.empty()) {
        const auto [found, fresh] = known.try_emplace(key, kinds_.size());
        kind_of_.push_back(found->second);
        if (!fresh) continue;
      } else {
        kind_of_.push_back(static_cast<std::uint32_t>(kinds_.size()));
      }
      if (clusters.empty()) clusters.push_back(0);
      first_of_.push_back(static_cast<std::uint32_t>(kind_of_.size() - 1));
      module.parts.insert(std::lower_bound(module.parts.begin(), module.parts.end(), shared_part_), shared_part_);
      kinds_.emplace_back(model_, parts_, module, shared_, clusters_, std::move(clusters), entries_of(module), planned);
      if (kinds_.back().exhausted()) return tl::unexpected(structure_too_large());
    }
    return {};
  }

  // Equal for modules that are one name each and weigh the same; empty for others.
  std::string key_of(const structure::Module& module) {
    if (module.expression.terms.size() != 1 || module.expression.terms[0].op != Expression::Op::name) return {};
    const ComponentId name = module.expression.terms[0].name;
    const std::uint32_t part = parts_.block_of[name];
    if (part == kNoPart || parts_.list[part].shared == kNoPart) return {};
    const auto own = own_of(part);
    const auto position = [&](ComponentId id) { return std::lower_bound(own.begin(), own.end(), id) - own.begin(); };
    std::string key = fmt::format("{} {}", original(part), position(name));
    for (const auto& term : model_.components[name].needs.terms) {
      if (term.op != Expression::Op::name) {
        key += fmt::format(" {}/{}/{}", static_cast<int>(term.op), term.need, term.operands);
      } else if (parts_.block_of[term.name] == part) {
        key += fmt::format(" own {}", position(term.name));
      } else {
        const Component& needed = model_.components[term.name];
        const bool hold = needed.hold != Hold::none && parts_.block_of[term.name] == kNoPart;
        key += hold
                   ? fmt::format(" hold {} {}", static_cast<int>(needed.hold), number_of(model_.units[needed.nodes[0]]))
                   : fmt::format(" {}", term.name);
      }
    }
    return key;
  }

  std::size_t number_of(const Unit& unit) {
    const auto found = std::find(units_.begin(), units_.end(), unit);
    if (found != units_.end()) return static_cast<std::size_t>(found - units_.begin());
    units_.push_back(unit);
    return units_.size() - 1;
  }

  void ask_for_entries(Question& question) const {
    for (const ComponentId id : entries_)
      if (parts_.block_of[id] == shared_part_) question.entries.push_back(id);
    const Part& part = parts_.list[shared_part_];
    const process::Process process = process_of(model_, part);
    process::Signals signals;
    for (StateIndex z = 0; z < shared_.size(); ++z) {
      process.look(part.space->state(z), {}, signals);
      question.entry_is_up.emplace_back();
      for (const ComponentId id : question.entries)
        question.entry_is_up.back().push_back(signals.up[process.wiring().group_of[id]]);
    }
  }

  [[nodiscard]] bool exhausted() {
    return std::any_of(kinds_.begin(), kinds_.end(), [](Kind& kind) { return kind.exhausted(); });
  }

  // Infrastructure that is not shared, of one module.
  [[nodiscard]] std::vector<ComponentId> entries_of(const structure::Module& module) const {
    std::vector<ComponentId> list;
    for (const ComponentId id : entries_) {
      const std::uint32_t block = parts_.block_of[id];
      if (block == kNoPart && parts_.stocks_of[id].empty()) continue;  // a network of which nothing fails
      const std::uint32_t part = block != kNoPart ? block : parts_.stocks_of[id][0];
      if (part != shared_part_ && std::binary_search(module.parts.begin(), module.parts.end(), part))
        list.push_back(id);
    }
    return list;
  }

  // What the modules of a leaf have in common: what each contributes when it decides about the whole.
  ModuleMeasures sum_up(Kind& kind, const std::vector<std::vector<double>>& decides) {
    const ClusterStates& cluster = clusters_[kind.clusters()[0]];
    ModuleMeasures sum;
    for (StateIndex z = 0; z < shared_.size(); ++z)
      for (std::size_t v = 0; v < decides[z].size(); ++v) {
        const double weight = decides[z][v];
        const ModuleMeasures one = kind.measures(z, cluster.given[z].values[v]);
        sum.named.resize(one.named.size());
        for (std::size_t i = 0; i < one.named.size(); ++i) {
          NamedMeasures& named = sum.named[i];
          named.id = one.named[i].id;
          named.birnbaum += weight * one.named[i].birnbaum;
          named.critical += weight * one.named[i].critical;
          for (std::size_t c = 0; c < named.by_cause.size(); ++c)
            named.by_cause[c] += weight * one.named[i].by_cause[c];
        }
        sum.infrastructure.resize(one.infrastructure.size());
        for (std::size_t i = 0; i < one.infrastructure.size(); ++i) {
          sum.infrastructure[i].id = one.infrastructure[i].id;
          sum.infrastructure[i].critical += weight * one.infrastructure[i].critical;
        }
      }
    return sum;
  }

  tl::expected<SolvedApart, Refusal> conclude(Question& question, const Outcome& outcome) {
    SolvedApart solved;
    ModuleMeasures& all = solved.measures;
    all.up = outcome.up;
    all.down_mendable = outcome.mendable;
    all.down_several = outcome.several;
    all.down = outcome.down();
    all.down_passages_per_h = outcome.down_passages_per_h;
    all.down_planned = outcome.down_planned;
    solved.error = error_;
    if (outcome.down() > 0)
      solved.approximation = std::abs(outcome.down_of_one_epoch / outcome.down() - 1) + kErrorOfTimes;
    for (std::size_t e = 0; e < question.entries.size(); ++e)
      all.infrastructure.push_back({question.entries[e], outcome.entries[e]});

    std::vector<std::vector<Kind::Alone>> alone(kinds_.size());
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      auto next = outcome.alone[k].begin();
      for (const ComponentId id : named_in(inner_.modules[first_of_[k]])) {
        const auto exact = kinds_[k].alone(id);
        alone[k].push_back(exact ? *exact : Kind::Alone{next[0], next[1]});
        if (!exact) next += 2;
      }
    }
    const auto& leaves = question.gates.leaves();
    std::vector<ModuleMeasures> of_leaf;
    for (std::size_t l = 0; l < leaves.size(); ++l) {
      Kind& kind = kinds_[leaves[l].kind];
      of_leaf.push_back(kind.is_joint() ? kind.measures_from(outcome.shares[l]) : sum_up(kind, outcome.decides[l]));
      if (kind.exhausted()) return tl::unexpected(structure_too_large());
    }
    for (std::uint32_t m = 0; m < inner_.modules.size(); ++m) {
      const ModuleMeasures& one = of_leaf[question.gates.leaf_of(m)];
      const auto names = named_in(inner_.modules[m]);
      for (std::size_t i = 0; i < one.named.size(); ++i) {
        NamedMeasures named = one.named[i];
        named.id = names[i];
        named.unavailability = alone[kind_of_[m]][i].down;
        named.down_passages_per_h = alone[kind_of_[m]][i].down_passages_per_h;
        all.named.push_back(named);
      }
      const auto entries = entries_of(inner_.modules[m]);
      for (std::size_t i = 0; i < one.infrastructure.size(); ++i)
        all.infrastructure.push_back({entries[i], one.infrastructure[i].critical});
    }
    return solved;
  }

  // As measure() lists them.
  [[nodiscard]] std::vector<ComponentId> named_in(const structure::Module& module) const {
    std::vector<ComponentId> list;
    for (const ComponentId id : module.named)
      if (!model_.components[id].infrastructure || model_.has_a_section(id)) list.push_back(id);
    return list;
  }

  Solution& s_;
  const Model& model_;
  Parts& parts_;
  const structure::Module& module_;
  std::vector<ComponentId> entries_;
  std::uint32_t shared_part_ = kNoPart;
  SharedStates shared_;
  structure::Partition inner_;
  std::vector<ClusterStates> clusters_;                // that of what is shared first
  std::map<std::uint32_t, std::uint32_t> cluster_of_;  // by part
  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> kind_of_;   // by module
  std::vector<std::uint32_t> first_of_;  // by kind: its first module
  std::vector<Unit> units_;              // of holds, each once
  double error_ = 0;
};

}  // namespace

bool is_apart(const Parts& parts, const structure::Module& module) {
  return std::any_of(module.parts.begin(), module.parts.end(),
                     [&](std::uint32_t part) { return parts.list[part].shared != kNoPart; });
}

tl::expected<SolvedApart, Refusal> solve_apart(Solution& s, std::size_t module) {
  return Apart(s, module).run();
}

}  // namespace nines::markov
