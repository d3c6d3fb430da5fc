#include "tests/differential/naive.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>

#include "tests/differential/naive_states.hpp"

namespace nines::test {
namespace {

using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
using Vector = Eigen::Matrix<long double, Eigen::Dynamic, 1>;

class Naive {
 public:
  Naive(const Model& model, const process::Process& process, const markov::StateSpace& space)
      : model_(model), process_(process), space_(space), states_{model, process, space} {}

  Answer run() {
    solve();
    classify();
    system_measures();
    component_measures();
    entry_measures();
    states_.down = down_;
    add_importance(states_, answer_);
    if (!model_.demand.empty()) add_served(states_, answer_);
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
    states_.probability.assign(probability_.begin(), probability_.end());
  }

  void classify() {
    for (markov::StateIndex s = 0; s < space_.chain.size(); ++s) {
      states_.up.push_back(states_.up_if(s, {}));
      system_up_.push_back(states_.system(states_.up.back()));
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
    for (markov::StateIndex s = 0; s < states_.up.size(); ++s)
      if (!system_up_[s] && states_.system(states_.up_if(s, maintenance, true))) sum += probability_(s);
    return static_cast<double>(sum);
  }

  Cause cause_of(markov::StateIndex s, ComponentId id) const {
    const auto group = process_.wiring().group_of[id];
    for (const ComponentId hold : model_.components[id].holds)
      if (!states_.up[s][hold]) return static_cast<Cause>(static_cast<int>(model_.components[hold].hold) - 1);
    process::Signals signals;
    process_.look(space_.state(s), {}, signals);
    if (const auto cause = process_.mode_cause(group, space_.state(s), signals)) return *cause;
    if (model_.network(id)) return Cause::too_few_nodes;
    std::vector<char> forced(process_.wiring().groups.size(), 0);
    for (process::GroupId g = 0; g < forced.size(); ++g) {
      const Component& component = model_.components[process_.wiring().groups[g].component];
      forced[g] = component.infrastructure && component.hold == Hold::none;
    }
    return states_.up_if(s, forced)[id] ? Cause::infrastructure : Cause::too_few_nodes;
  }

  void component_measures() {
    std::map<std::pair<ComponentId, Cause>, long double> causes;
    long double several = 0;
    std::vector<char> mendable(states_.up.size(), 0);
    for (const ComponentId id : model_.named) {
      if (model_.components[id].infrastructure && !model_.has_a_section(id)) continue;
      ComponentShare share{model_.components[id].name, 0, 0, 0.0, 0, std::nullopt};
      share.failures_per_year = passages([&](Index s) { return states_.up[static_cast<std::size_t>(s)][id] != 0; });
      for (markov::StateIndex s = 0; s < states_.up.size(); ++s) {
        const double p = static_cast<double>(probability_(s));
        auto with = states_.up[s], without = states_.up[s];
        with[id] = 1;
        without[id] = 0;
        if (!states_.up[s][id]) share.unavailability += p;
        if (states_.system(with) && !states_.system(without)) *share.birnbaum += p;
        if (system_up_[s] || !states_.system(with)) continue;
        share.downtime_share += p / down_;
        causes[{id, cause_of(s, id)}] += probability_(s);
        mendable[s] = 1;
      }
      answer_.components.push_back(share);
    }
    for (const auto& [key, p] : causes)
      answer_.causes.push_back({model_.components[key.first].name, key.second, static_cast<double>(p * 525600)});
    for (markov::StateIndex s = 0; s < states_.up.size(); ++s)
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
      for (markov::StateIndex s = 0; s < states_.up.size(); ++s)
        if (!system_up_[s] && states_.system(states_.up_if(s, forced)))
          share.downtime_share += static_cast<double>(probability_(s)) / down_;
      answer_.infrastructure.push_back(share);
    }
  }

  const Model& model_;
  const process::Process& process_;
  const markov::StateSpace& space_;
  Matrix rates_;
  Vector probability_;
  NaiveStates states_;
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
