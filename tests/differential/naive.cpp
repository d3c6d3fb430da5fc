#include "tests/differential/naive.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace nines::test {
namespace {

using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
using Vector = Eigen::Matrix<long double, Eigen::Dynamic, 1>;

class Naive {
 public:
  Naive(const Model& model, const process::Process& process, const markov::StateSpace& space)
      : model_(model), process_(process), space_(space) {}

  Answer run() {
    solve();
    classify();
    system_measures();
    component_measures();
    entry_measures();
    importance();
    if (!model_.demand.empty()) demand_measures();
    return std::move(answer_);
  }

 private:
  using Index = Eigen::Index;

  void solve() {
    const auto n = static_cast<Index>(space_.chain.size());
    rates_ = Matrix::Zero(n, n);
    for (Index s = 0; s < n; ++s)
      for (auto t = space_.chain.row_begin[static_cast<std::size_t>(s)];
           t < space_.chain.row_begin[static_cast<std::size_t>(s) + 1]; ++t)
        rates_(s, space_.chain.target[t]) += space_.chain.rate[t];
    Matrix balance = rates_.transpose();
    for (Index s = 0; s < n; ++s) balance(s, s) = -rates_.row(s).sum();
    balance.row(n - 1).setOnes();
    Vector right = Vector::Zero(n);
    right(n - 1) = 1;
    probability_ = balance.partialPivLu().solve(right);
  }

  std::vector<char> up_if(markov::StateIndex s, const std::vector<char>& forced, bool unplanned = false) const {
    process::Signals signals;
    process_.look(space_.state(s), {forced, unplanned}, signals);
    std::vector<char> up(model_.components.size(), 0);
    for (ComponentId id = 0; id < up.size(); ++id)
      if (process_.wiring().group_of[id] != process::kNone) up[id] = signals.up[process_.wiring().group_of[id]];
    return up;
  }

  bool system(const std::vector<char>& up) const {
    return model_.system.evaluate([&](ComponentId id) { return up[id] != 0; });
  }

  void classify() {
    for (markov::StateIndex s = 0; s < space_.chain.size(); ++s) {
      up_.push_back(up_if(s, {}));
      system_up_.push_back(system(up_.back()));
    }
  }

  template <class IsUp>
  double passages(IsUp&& is_up) const {
    long double sum = 0;
    for (Index s = 0; s < rates_.rows(); ++s)
      for (Index t = 0; t < rates_.cols(); ++t)
        if (rates_(s, t) > 0 && is_up(s) && !is_up(t)) sum += probability_(s) * rates_(s, t);
    return static_cast<double>(sum * 8760);
  }

  void system_measures() {
    long double up = 0, down = 0;
    for (Index s = 0; s < rates_.rows(); ++s) (system_up_[static_cast<std::size_t>(s)] ? up : down) += probability_(s);
    answer_.measures.availability = static_cast<double>(up);
    answer_.measures.unavailability = down_ = static_cast<double>(down);
    if (has_planned_outages(model_)) answer_.measures.planned_unavailability = planned();
    answer_.measures.failures_per_year = passages([&](Index s) { return system_up_[static_cast<std::size_t>(s)]; });
    std::vector<Index> number(system_up_.size(), -1);
    Index count = 0;
    for (std::size_t s = 0; s < number.size(); ++s)
      if (system_up_[s]) number[s] = count++;
    Matrix leave = Matrix::Zero(count, count);
    for (Index s = 0; s < rates_.rows(); ++s)
      for (Index t = 0; t < rates_.cols(); ++t) {
        const Index from = number[static_cast<std::size_t>(s)], to = number[static_cast<std::size_t>(t)];
        if (from < 0) continue;
        leave(from, from) += rates_(s, t);
        if (to >= 0) leave(from, to) -= rates_(s, t);
      }
    // Where calendars are taken by their means the time of the first outage is not told.
    const Vector times = leave.partialPivLu().solve(Vector::Ones(count));
    if (number[space_.chain.start] >= 0)
      answer_.measures.mttff_h = static_cast<double>(times(number[space_.chain.start]));
  }

  double planned() const {
    std::vector<char> maintenance(process_.wiring().groups.size(), 0);
    for (process::GroupId g = 0; g < maintenance.size(); ++g)
      maintenance[g] = model_.components[process_.wiring().groups[g].component].hold == Hold::maintenance;
    long double sum = 0;
    for (markov::StateIndex s = 0; s < up_.size(); ++s)
      if (!system_up_[s] && system(up_if(s, maintenance, true))) sum += probability_(s);
    return static_cast<double>(sum);
  }

  Cause cause_of(markov::StateIndex s, ComponentId id) const {
    const auto group = process_.wiring().group_of[id];
    for (const ComponentId hold : model_.components[id].holds)
      if (!up_[s][hold]) return static_cast<Cause>(static_cast<int>(model_.components[hold].hold) - 1);
    process::Signals signals;
    process_.look(space_.state(s), {}, signals);
    if (const auto cause = process_.mode_cause(group, space_.state(s), signals)) return *cause;
    if (model_.network(id)) return Cause::too_few_nodes;
    std::vector<char> forced(process_.wiring().groups.size(), 0);
    for (process::GroupId g = 0; g < forced.size(); ++g) {
      const Component& component = model_.components[process_.wiring().groups[g].component];
      forced[g] = component.infrastructure && component.hold == Hold::none;
    }
    return up_if(s, forced)[id] ? Cause::infrastructure : Cause::too_few_nodes;
  }

  void component_measures() {
    std::map<std::pair<ComponentId, Cause>, long double> causes;
    long double several = 0;
    std::vector<char> mendable(up_.size(), 0);
    for (const ComponentId id : model_.named) {
      if (model_.components[id].infrastructure && !model_.has_a_section(id)) continue;
      ComponentShare share{model_.components[id].name, 0, 0, 0.0, 0, std::nullopt};
      share.failures_per_year = passages([&](Index s) { return up_[static_cast<std::size_t>(s)][id] != 0; });
      for (markov::StateIndex s = 0; s < up_.size(); ++s) {
        const double p = static_cast<double>(probability_(s));
        auto with = up_[s], without = up_[s];
        with[id] = 1;
        without[id] = 0;
        if (!up_[s][id]) share.unavailability += p;
        if (system(with) && !system(without)) *share.birnbaum += p;
        if (system_up_[s] || !system(with)) continue;
        share.downtime_share += p / down_;
        causes[{id, cause_of(s, id)}] += probability_(s);
        mendable[s] = 1;
      }
      answer_.components.push_back(share);
    }
    for (const auto& [key, p] : causes)
      answer_.causes.push_back({model_.components[key.first].name, key.second, static_cast<double>(p * 525600)});
    for (markov::StateIndex s = 0; s < up_.size(); ++s)
      if (!system_up_[s] && !mendable[s]) several += probability_(s);
    answer_.causes.push_back({std::nullopt, std::nullopt, static_cast<double>(several * 525600)});
  }

  void entry_measures() {
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      if (!model_.used[id] || !model_.components[id].infrastructure || model_.components[id].hold != Hold::none)
        continue;
      if (model_.has_a_section(id) && !model_.carries[id]) continue;
      std::vector<char> forced(process_.wiring().groups.size(), 0);
      forced[process_.wiring().group_of[id]] = 1;
      InfrastructureShare share{model_.components[id].name, 0};
      for (markov::StateIndex s = 0; s < up_.size(); ++s)
        if (!system_up_[s] && system(up_if(s, forced)))
          share.downtime_share += static_cast<double>(probability_(s)) / down_;
      answer_.infrastructure.push_back(share);
    }
  }

  // Whether something can be up at all while these are down.
  bool can_be_up(const Expression& expression, const std::vector<char>& down) const {
    return expression.evaluate([&](ComponentId id) { return can_be_up(id, down); });
  }
  bool can_be_up(ComponentId id, const std::vector<char>& down) const {
    const Component& component = model_.components[id];
    if (component.hold != Hold::none) return true;
    if (down[id] || !can_be_up(component.needs, down)) return false;
    if (model_.has_a_section(id)) return true;
    std::size_t able = 0;
    for (std::size_t i = 0; i < component.nodes.size(); ++i)
      able += (component.placement.empty() || can_be_up(component.placement[i], down)) &&
              (component.copies.empty() || can_be_up(component.copies[i], down));
    if (const auto* cluster = std::get_if<Cluster>(&component.redundancy)) return able >= cluster->need;
    return std::holds_alternative<PrimaryStandby>(component.redundancy) ? able > 0 : able == component.nodes.size();
  }

  // Every set of signals, by its bits, that is a minimal cut set.
  std::vector<std::uint32_t> minimal_cut_sets(const std::vector<ComponentId>& signals) const {
    std::vector<std::uint32_t> found, sets(std::size_t{1} << signals.size());
    std::iota(sets.begin(), sets.end(), 0u);
    std::stable_sort(sets.begin(), sets.end(),
                     [](std::uint32_t a, std::uint32_t b) { return std::popcount(a) < std::popcount(b); });
    for (const std::uint32_t set : sets) {
      if (std::any_of(found.begin(), found.end(), [&](std::uint32_t smaller) { return (smaller & set) == smaller; }))
        continue;
      std::vector<char> down(model_.components.size(), 0);
      for (std::size_t i = 0; i < signals.size(); ++i) down[signals[i]] = set >> i & 1U;
      if (!can_be_up(model_.system, down)) found.push_back(set);
    }
    return found;
  }

  // By the definitions, state by state. Components and entries are listed already.
  void importance() {
    std::vector<ComponentId> named, entries, signals = model_.named;
    for (const ComponentId id : model_.named)
      if (!model_.components[id].infrastructure || model_.has_a_section(id)) named.push_back(id);
    for (ComponentId id = 0; id < model_.components.size(); ++id) {
      const bool listed =
          model_.used[id] && model_.components[id].infrastructure && model_.components[id].hold == Hold::none;
      if (listed && (!model_.has_a_section(id) || model_.carries[id])) entries.push_back(id);
    }
    signals.insert(signals.end(), entries.begin(), entries.end());
    std::sort(signals.begin(), signals.end());
    signals.erase(std::unique(signals.begin(), signals.end()), signals.end());
    const auto never_fails = [&](ComponentId id) {
      if (!model_.network(id)) return false;
      process::Signals seen;
      for (markov::StateIndex s = 0; s < space_.chain.size(); ++s) {
        process_.look(space_.state(s), {}, seen);
        if (!seen.up[process_.wiring().group_of[id]]) return false;
      }
      return true;
    };
    std::erase_if(signals, never_fails);
    if (signals.size() > 12) return;
    const auto cuts = minimal_cut_sets(signals);
    answer_.cut_sets.emplace();
    for (const std::uint32_t set : cuts) {
      auto& names = answer_.cut_sets->sets.emplace_back();
      for (std::size_t i = 0; i < signals.size(); ++i)
        if (set >> i & 1U) names.push_back(model_.components[signals[i]].name);
    }
    const auto fussell_vesely = [&](ComponentId id) {
      if (std::find(signals.begin(), signals.end(), id) == signals.end()) return 0.0;
      const auto bit = std::find(signals.begin(), signals.end(), id) - signals.begin();
      long double sum = 0;
      for (markov::StateIndex s = 0; s < up_.size(); ++s) {
        std::uint32_t down = 0;
        for (std::size_t i = 0; i < signals.size(); ++i) down |= (up_[s][signals[i]] ? 0U : 1U) << i;
        if (std::any_of(cuts.begin(), cuts.end(),
                        [&](std::uint32_t set) { return (set >> bit & 1U) != 0 && (set & down) == set; }))
          sum += probability_(s);
      }
      return static_cast<double>(sum / down_);
    };
    // `up_if(state, up)`: whether the system is up if the signal is.
    const auto measure = [&](ComponentId id, const auto& system_if, std::optional<double>& birnbaum) {
      long double unavailability = 0, decides = 0, with = 0, without = 0;
      for (markov::StateIndex s = 0; s < up_.size(); ++s) {
        const bool if_up = system_if(s, true), if_down = system_if(s, false);
        if (!up_[s][id]) unavailability += probability_(s);
        if (if_up && !if_down) decides += probability_(s);
        if (!if_up) with += probability_(s);
        if (!if_down) without += probability_(s);
      }
      birnbaum = static_cast<double>(decides);
      Importance importance;
      importance.criticality = static_cast<double>(decides * unavailability / down_);
      importance.fussell_vesely = fussell_vesely(id);
      importance.raw = static_cast<double>(without / down_);
      if (with > 0) importance.rrw = static_cast<double>(down_ / with);
      return importance;
    };
    for (std::size_t i = 0; i < named.size(); ++i)
      answer_.components[i].importance = measure(
          named[i],
          [&](markov::StateIndex s, bool value) {
            auto up = up_[s];
            up[named[i]] = value;
            return system(up);
          },
          answer_.components[i].birnbaum);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (never_fails(entries[i])) continue;  // nothing is said of it
      answer_.infrastructure[i].importance = measure(
          entries[i],
          [&](markov::StateIndex s, bool value) {
            std::vector<char> forced(process_.wiring().groups.size(), 0);
            forced[process_.wiring().group_of[entries[i]]] = 1;
            process::Signals seen;
            process_.look(space_.state(s),
                          value ? process::Supposing{forced, false} : process::Supposing{{}, false, forced}, seen);
            return model_.system.evaluate([&](ComponentId id) { return seen.up[process_.wiring().group_of[id]] != 0; });
          },
          answer_.infrastructure[i].birnbaum);
    }
  }

  // What a component serves of this much demand, as the model reference says it.
  double served_by(markov::StateIndex s, ComponentId id, double demand) const {
    if (!up_[s][id]) return 0;
    if (model_.has_a_section(id)) return std::numeric_limits<double>::infinity();
    const auto& group = process_.wiring().groups[process_.wiring().group_of[id]];
    const auto slots = space_.state(s);
    process::Signals signals;
    process_.look(slots, {}, signals);
    const auto& nodes = model_.components[id].nodes;
    const auto& copies = model_.components[id].copies;
    const auto capacity = [&](std::uint32_t number) {
      return copies.empty() ? model_.units[nodes[number]].capacity : served(s, copies[number], demand, false);
    };
    if (std::holds_alternative<PrimaryStandby>(group.redundancy)) return capacity(slots[group.slot + 1]);
    double sum = 0, up = 0;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      if (!signals.node_up[group.first_node + i]) continue;
      sum += capacity(i);
      ++up;
    }
    const bool cluster = std::holds_alternative<Cluster>(group.redundancy);
    if (!cluster || slots[group.slot] != process::mode::kTakeoverDetecting) return sum;
    return std::min(sum, demand * up / static_cast<double>(nodes.size()));
  }

  double served(markov::StateIndex s, const Expression& expression, double demand, bool clip) const {
    std::vector<double> stack;
    for (const auto& term : expression.terms) {
      if (term.op == Expression::Op::name) {
        stack.push_back(served_by(s, term.name, demand));
        continue;
      }
      const auto first = stack.end() - term.operands;
      const double joined = term.op == Expression::Op::all_of ? *std::min_element(first, stack.end())
                                                              : std::accumulate(first, stack.end(), 0.0);
      stack.erase(first, stack.end());
      stack.push_back(joined);
    }
    return clip ? std::min(1.0, stack.back() / demand) : stack.back();
  }

  void demand_measures() {
    long double served_share = 0, unserved = 0;
    for (markov::StateIndex s = 0; s < up_.size(); ++s)
      for (const DemandLevel& level : model_.demand) {
        const double share = served(s, model_.system, level.level, true);
        served_share += probability_(s) * level.share * share;
        unserved += probability_(s) * level.share * (1 - share);
      }
    answer_.measures.served = static_cast<double>(served_share);
    answer_.unserved = static_cast<double>(unserved);
  }

  const Model& model_;
  const process::Process& process_;
  const markov::StateSpace& space_;
  Matrix rates_;
  Vector probability_;
  std::vector<std::vector<char>> up_;  // by state, by component
  std::vector<char> system_up_;
  double down_ = 0;
  Answer answer_;
};

}  // namespace

std::optional<Whole> explore_naively(const Model& model, std::size_t max_states) {
  std::vector<ComponentId> members;
  for (ComponentId id = 0; id < model.components.size(); ++id)
    if (model.used[id]) members.push_back(id);
  process::Process process(model, members);
  markov::ExploreLimits limits;
  limits.states = max_states;
  limits.lump = false;
  auto space = markov::explore(process, limits);
  if (!space) return std::nullopt;
  return Whole{std::move(process), std::move(*space)};
}

std::optional<Answer> solve_naively(const Model& given, std::size_t max_states) {
  // Nothing is forgotten, needed or not.
  Model model = given;
  if (!model.demand.empty())
    for (Component& component : model.components) {
      if (auto* pair = std::get_if<PrimaryStandby>(&component.redundancy)) pair->who_serves_matters = true;
      if (auto* cluster = std::get_if<Cluster>(&component.redundancy))
        cluster->detection_matters = cluster->detection.has_value();
    }
  const auto whole = explore_naively(model, max_states);
  if (!whole) return std::nullopt;
  return Naive(model, whole->process, whole->space).run();
}

}  // namespace nines::test
