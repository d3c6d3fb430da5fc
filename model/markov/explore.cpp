#include "model/markov/explore.hpp"

#include <algorithm>

#include "model/markov/state_set.hpp"

namespace nines::markov {
namespace {

using process::Enabled;
using process::Group;
using process::NodeId;
using process::Orbit;
using process::Process;
using process::Slot;
using process::State;

// Plays an event once for every sequence of answers: the last answer that still has an alternative is turned round.
class ScriptedChooser final : public process::Chooser {
 public:
  bool happens(double p) override {
    if (position_ == script_.size()) script_.push_back({p, p > 0});
    const Answer& answer = script_[position_++];
    probability_ *= answer.yes ? answer.p : 1 - answer.p;
    return answer.yes;
  }

  void begin_event() {
    script_.clear();
    begin_run();
  }
  void begin_run() {
    position_ = 0;
    probability_ = 1;
  }
  [[nodiscard]] double probability() const { return probability_; }

  // Whether another sequence of answers is left; it is then set up.
  bool next() {
    while (!script_.empty() && !(script_.back().yes && script_.back().p < 1)) script_.pop_back();
    if (script_.empty()) return false;
    script_.back().yes = false;
    begin_run();
    return true;
  }

 private:
  struct Answer {
    double p;
    bool yes;
  };
  std::vector<Answer> script_;
  std::size_t position_ = 0;
  double probability_ = 1;
};

// Sorts the states of equal nodes; the node that a group's mode is about moves with its state.
class CanonicalForm {
 public:
  CanonicalForm(const Process& process, bool lump) : process_(process) {
    for (const Orbit& orbit : process.wiring().orbits) {
      if (lump)
        orbits_.push_back(orbit);
      else
        for (NodeId node : orbit.nodes) orbits_.push_back({{node}});
    }
    for (const Orbit& orbit : orbits_)
      if (orbit.nodes.size() > 1) shared_.push_back(orbit);
  }

  [[nodiscard]] const std::vector<Orbit>& orbits() const { return orbits_; }

  // The node of an orbit's group that its mode is about, if any.
  [[nodiscard]] NodeId question(const Orbit& orbit, std::span<const Slot> slots) const {
    const auto& wiring = process_.wiring();
    return process_.node_in_question(wiring.groups[wiring.nodes[orbit.nodes[0]].group], slots);
  }

  // What tells a node of an orbit from another: its phase and whether the mode is about it.
  [[nodiscard]] std::uint32_t mark(NodeId id, NodeId question, std::span<const Slot> slots) const {
    return 2u * slots[process_.wiring().nodes[id].slot] + (question == id ? 1u : 0u);
  }

  void apply(std::span<Slot> slots) {
    const auto& wiring = process_.wiring();
    for (const Orbit& orbit : shared_) {
      marks_.clear();
      const NodeId asked = question(orbit, slots);
      for (NodeId node : orbit.nodes) marks_.push_back(mark(node, asked, slots));
      if (std::is_sorted(marks_.begin(), marks_.end())) continue;
      std::sort(marks_.begin(), marks_.end());
      for (std::size_t i = 0; i < marks_.size(); ++i) {
        const auto& node = wiring.nodes[orbit.nodes[i]];
        slots[node.slot] = static_cast<Slot>(marks_[i] / 2);
        if (marks_[i] % 2 == 1) process_.set_node_in_question(wiring.groups[node.group], slots, orbit.nodes[i]);
      }
    }
  }

 private:
  const Process& process_;
  std::vector<Orbit> orbits_, shared_;  // all; those of more than one node
  std::vector<std::uint32_t> marks_;
};

struct Successor {
  StateIndex target;
  double rate;
};

class Explorer {
 public:
  Explorer(const Process& process, const ExploreLimits& limits)
      : process_(process),
        limits_(limits),
        canonical_(process, limits.lump),
        packing_(process.wiring()),
        found_(packing_.words()),
        source_(process.start()) {
    for (const auto& activity : process.wiring().activities) mean_h_.push_back(activity.law.mean_h);
  }

  tl::expected<StateSpace, TooLarge> run() {
    Chain chain;
    chain.row_begin.push_back(0);
    stage(source_.slots, 0);
    find_staged();
    for (StateIndex from = 0; from < found_.size(); ++from) {
      packing_.unpack(found_.key(from), source_.slots);
      process_.look(source_.slots, {}, source_.signals);
      collect();
      find_staged();
      merge_row(from);
      for (const Successor& s : row_) {
        chain.target.push_back(s.target);
        chain.rate.push_back(s.rate);
      }
      chain.row_begin.push_back(chain.target.size());
      if (found_.size() > limits_.states) return tl::unexpected(TooLarge{TooLarge::What::states, limits_.states});
      const std::uint64_t bytes =
          found_.size() * (StateSet::bytes_per_state(packing_.words()) + 12 + 2 * source_.slots.size()) +
          chain.target.size() * 12;
      if (bytes > limits_.bytes) return tl::unexpected(TooLarge{TooLarge::What::bytes, limits_.bytes});
    }
    StateSpace space{std::move(chain), {}, source_.slots.size()};
    space.slots.resize(found_.size() * source_.slots.size());
    for (StateIndex i = 0; i < found_.size(); ++i)
      packing_.unpack(found_.key(i), std::span(space.slots).subspan(i * space.slots_per_state, space.slots_per_state));
    return space;
  }

 private:
  // One of equal nodes in the same state stands for all of them.
  void collect() {
    for (const Orbit& orbit : canonical_.orbits()) {
      for (std::size_t i = 0; i < orbit.nodes.size();) {
        std::size_t same = i + 1;
        if (orbit.nodes.size() > 1) {
          const NodeId asked = canonical_.question(orbit, source_.slots);
          const auto mark = canonical_.mark(orbit.nodes[i], asked, source_.slots);
          while (same < orbit.nodes.size() && canonical_.mark(orbit.nodes[same], asked, source_.slots) == mark) ++same;
        }
        enabled_.clear();
        process_.enabled_of_node(orbit.nodes[i], source_, enabled_);
        for (const Enabled& e : enabled_) play(e, static_cast<double>(same - i));
        i = same;
      }
    }
    enabled_.clear();
    for (process::GroupId g = 0; g < process_.wiring().groups.size(); ++g)
      process_.enabled_of_group(g, source_, enabled_);
    for (const Enabled& e : enabled_) play(e, 1);
  }

  void play(const Enabled& enabled, double times) {
    const double rate = times * enabled.speed / mean_h_[enabled.activity];
    chooser_.begin_event();
    do {
      target_.slots = source_.slots;
      target_.signals = source_.signals;
      process_.fire(enabled.activity, target_, chooser_);
      const double probability = chooser_.probability();
      if (probability > 0) stage(target_.slots, rate * probability);
    } while (chooser_.next());
  }

  // Successors are looked for together at the end of their row: see StateSet::prefetch.
  void stage(std::vector<Slot>& slots, double rate) {
    canonical_.apply(slots);
    const std::size_t at = keys_.size();
    keys_.resize(at + packing_.words());
    packing_.pack(slots, keys_.data() + at);
    const std::uint64_t hash = found_.hash(keys_.data() + at);
    found_.prefetch(hash);
    staged_.push_back({hash, rate});
  }

  void find_staged() {
    row_.clear();
    for (std::size_t i = 0; i < staged_.size(); ++i)
      row_.push_back({found_.insert(keys_.data() + i * packing_.words(), staged_[i].hash).index, staged_[i].rate});
    staged_.clear();
    keys_.clear();
  }

  void merge_row(StateIndex self) {
    std::sort(row_.begin(), row_.end(), [](const Successor& a, const Successor& b) { return a.target < b.target; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].target == self) continue;
      if (kept > 0 && row_[kept - 1].target == row_[i].target)
        row_[kept - 1].rate += row_[i].rate;
      else
        row_[kept++] = row_[i];
    }
    row_.resize(kept);
  }

  const Process& process_;
  ExploreLimits limits_;
  CanonicalForm canonical_;
  Packing packing_;
  StateSet found_;
  struct Staged {
    std::uint64_t hash;
    double rate;
  };
  std::vector<Staged> staged_;
  std::vector<std::uint64_t> keys_;  // of the staged, packed
  State source_, target_;
  std::vector<double> mean_h_;  // by activity
  ScriptedChooser chooser_;
  std::vector<Enabled> enabled_;
  std::vector<Successor> row_;
};

}  // namespace

tl::expected<StateSpace, TooLarge> explore(const Process& process, const ExploreLimits& limits) {
  return Explorer(process, limits).run();
}

}  // namespace nines::markov
