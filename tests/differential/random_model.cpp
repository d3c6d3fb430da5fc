#include "tests/differential/random_model.hpp"

#include <algorithm>
#include <string>

#include "model/description/read_demand.hpp"
#include "tests/differential/dice.hpp"

namespace nines::test {
namespace {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_(seed) {}

  Model run() {
    model_.name = "random";
    const std::uint32_t units = 1 + dice_.below(3);
    for (std::uint32_t i = 0; i < units; ++i) model_.units.push_back(unit());
    const std::uint32_t entries = dice_.below(4);
    for (std::uint32_t i = 0; i < entries; ++i) add(true, i);
    const std::uint32_t components = 1 + dice_.below(3);
    for (std::uint32_t i = 0; i < components; ++i) add(false, i);
    model_.system = over(entries, entries + components, true);
    find_used();
    if (dice_.one_in(2)) add_crews();
    if (dice_.one_in(2)) add_demand();
    return std::move(model_);
  }

 private:
  Law time(double low, double high) { return Law::exponential(dice_.between(low, high)); }
  std::optional<Law> maybe_time(double low, double high) {
    return dice_.one_in(2) ? std::optional(time(low, high)) : std::nullopt;
  }

  Unit unit() {
    Unit unit;
    const std::uint32_t modes = dice_.one_in(4) ? 2 : 1;
    for (std::uint32_t m = 0; m < modes; ++m) {
      FailureMode mode{"m" + std::to_string(m), time(50, 500), {}};
      const std::uint32_t steps = dice_.one_in(4) ? 2 : 1;
      for (std::uint32_t s = 0; s < steps; ++s)
        mode.recovery.push_back({"s", time(1, 20), s + 1 == steps ? 1.0 : dice_.between(0.2, 0.9)});
      unit.modes.push_back(mode);
    }
    return unit;
  }

  void add(bool infrastructure, std::uint32_t number) {
    const auto below = static_cast<ComponentId>(infrastructure ? number : entries());
    Component component;
    component.name = (infrastructure ? "z" : "c") + std::to_string(number);
    component.infrastructure = infrastructure;
    const bool plain = infrastructure && !dice_.one_in(4);
    const std::uint32_t nodes = plain ? 1 : 1 + dice_.below(infrastructure ? 2 : 3);
    const bool alike = !dice_.one_in(3);
    const UnitId first = dice_.below(static_cast<std::uint32_t>(model_.units.size()));
    for (std::uint32_t i = 0; i < nodes; ++i)
      component.nodes.push_back(alike ? first : dice_.below(static_cast<std::uint32_t>(model_.units.size())));
    if (!plain) component.redundancy = redundancy(nodes);
    if (below > 0 && dice_.one_in(infrastructure ? 4 : 2)) {
      const std::uint32_t places = 1 + dice_.below(below);
      for (std::uint32_t i = 0; i < nodes; ++i) component.placement.push_back((number + i % places) % below);
    }
    if (below > 0 && dice_.one_in(3)) component.needs = over(0, below, false);
    model_.components.push_back(std::move(component));
  }

  [[nodiscard]] std::uint32_t entries() const {
    return static_cast<std::uint32_t>(std::count_if(model_.components.begin(), model_.components.end(),
                                                    [](const auto& c) { return c.infrastructure; }));
  }

  Redundancy redundancy(std::uint32_t nodes) {
    const std::uint32_t kind = dice_.below(5);
    if (kind == 0) return Series{};
    const bool covered = dice_.one_in(2);
    if (kind <= 2) {
      PrimaryStandby pair;
      pair.standby_stress = dice_.one_in(2) ? 1 : dice_.one_in(2) ? 0 : dice_.between(0.1, 0.9);
      pair.detection = maybe_time(0.05, 1);
      pair.failover = maybe_time(0.05, 2);
      if (dice_.one_in(3)) pair.failback = time(0.1, 1);
      if (dice_.one_in(3)) pair.false_failover_mean_h = dice_.between(100, 500);
      if (!covered) {
        pair.coverage = dice_.between(0.5, 0.95);
        pair.manual_recovery = time(0.5, 4);
      }
      return pair;
    }
    Cluster cluster;
    cluster.need = 1 + dice_.below(nodes);
    cluster.detection = maybe_time(0.05, 1);
    cluster.failover = maybe_time(0.05, 2);
    cluster.pause = static_cast<Pause>(dice_.below(3));
    if (dice_.one_in(4)) cluster.load_sharing = dice_.between(0.2, 2);
    if (!covered) {
      cluster.coverage = dice_.between(0.5, 0.95);
      cluster.manual_recovery = time(0.5, 4);
    }
    return cluster;
  }

  // A random expression over [first, last); the system names every component at least once, and may name
  // infrastructure and repeat names.
  Expression over(ComponentId first, ComponentId last, bool whole_system) {
    Expression expression;
    std::uint32_t open = 0;
    const auto name = [&](ComponentId id) {
      expression.terms.push_back({Expression::Op::name, id, 0, 0});
      ++open;
    };
    const auto join = [&] {
      const std::uint32_t operands = std::min(open, 2 + dice_.below(2));
      if (operands < 2) return;
      const auto op = static_cast<Expression::Op>(1 + dice_.below(3));
      expression.terms.push_back({op, 0, op == Expression::Op::at_least ? 1 + dice_.below(operands) : 0, operands});
      open -= operands - 1;
    };
    if (whole_system) {
      for (ComponentId id = first; id < last; ++id) {
        name(id);
        if (dice_.one_in(2)) join();
      }
      if (dice_.one_in(3)) name(first + dice_.below(last - first));
      if (first > 0 && dice_.one_in(4)) name(dice_.below(first));
    } else {
      const std::uint32_t names = 1 + dice_.below(2);
      for (std::uint32_t i = 0; i < names; ++i) name(first + dice_.below(last - first));
    }
    while (open > 1) join();
    return expression;
  }

  void add_crews() {
    const std::uint32_t crews = 1 + dice_.below(2);
    for (std::uint32_t c = 0; c < crews; ++c)
      model_.crews.push_back({"crew" + std::to_string(c), dice_.one_in(4) ? 2U : 1U, dice_.one_in(2)});
    for (Unit& unit : model_.units)
      for (FailureMode& mode : unit.modes) {
        if (dice_.one_in(4)) continue;
        mode.crew = dice_.below(crews);
        if (model_.crews[mode.crew].by_priority) mode.priority = dice_.below(3);
      }
  }

  void add_demand() {
    for (Unit& unit : model_.units)
      if (!dice_.one_in(4)) unit.capacity = 5.0 * (1 + dice_.below(4)) + 0.1 * dice_.below(3);
    const std::uint32_t levels = 1 + dice_.below(3);
    for (std::uint32_t i = 0; i < levels; ++i)
      model_.demand.push_back({"d" + std::to_string(i), dice_.between(1, 40), 1.0 / levels});
    mark_what_demand_asks(model_);
  }

  void find_used() {
    model_.used.assign(model_.components.size(), 0);
    const auto use = [&](const Expression& expression) {
      for (const auto& term : expression.terms)
        if (term.op == Expression::Op::name) model_.used[term.name] = 1;
    };
    use(model_.system);
    for (ComponentId id = 0; id < model_.components.size(); ++id)
      if (model_.used[id]) model_.named.push_back(id);
    for (std::size_t id = model_.components.size(); id-- > 0;) {  // whatever is stood on is listed before
      if (!model_.used[id]) continue;
      for (const ComponentId on : model_.components[id].placement) model_.used[on] = 1;
      use(model_.components[id].needs);
    }
  }

  Dice dice_;
  Model model_;
};

}  // namespace

Model random_model(std::uint64_t seed) {
  return Generator(seed).run();
}

}  // namespace nines::test
