#include <algorithm>
#include <limits>
#include <numeric>
#include <variant>

#include "tests/differential/naive_states.hpp"

namespace nines::test {
namespace {

double served(const NaiveStates& of, markov::StateIndex s, const Expression& expression, double demand, bool clip);

// What a component serves of this much demand, as the model reference says it.
double served_by(const NaiveStates& of, markov::StateIndex s, ComponentId id, double demand) {
  if (!of.up[s][id]) return 0;
  if (of.model.has_a_section(id)) return std::numeric_limits<double>::infinity();
  const auto& group = of.process.wiring().groups[of.process.wiring().group_of[id]];
  const auto slots = of.space.state(s);
  process::Signals signals;
  of.process.look(slots, {}, signals);
  const auto& nodes = of.model.components[id].nodes;
  const auto& copies = of.model.components[id].copies;
  const auto capacity = [&](std::uint32_t number) {
    return copies.empty() ? of.model.units[nodes[number]].capacity : served(of, s, copies[number], demand, false);
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

double served(const NaiveStates& of, markov::StateIndex s, const Expression& expression, double demand, bool clip) {
  std::vector<double> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      stack.push_back(served_by(of, s, term.name, demand));
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

}  // namespace

void add_served(const NaiveStates& of, Answer& answer) {
  long double served_share = 0, unserved = 0;
  for (markov::StateIndex s = 0; s < of.up.size(); ++s)
    for (const DemandLevel& level : of.model.demand) {
      const double share = served(of, s, of.model.system, level.level, true);
      served_share += of.probability[s] * level.share * share;
      unserved += of.probability[s] * level.share * (1 - share);
    }
  answer.measures.served = static_cast<double>(served_share);
  answer.unserved = static_cast<double>(unserved);
}

}  // namespace nines::test
