#include "model/markov/explore.hpp"

#include <algorithm>

#include "model/markov/state_set.hpp"

namespace nines::markov {
namespace {

using process::Group;
using process::NodeId;
using process::Orbit;
using process::Process;
using process::Running;
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

// Sorts the states of equal nodes; the node that a group's mode is about moves with its state, and so does the place of
// one that waits for a crew.
class CanonicalForm {
 public:
  CanonicalForm(const Process& process, bool lump) : process_(process), place_(process.wiring().nodes.size(), 0) {
    for (const Orbit& orbit : process.wiring().orbits) {
      if (lump)
        orbits_.push_back(orbit);
      else
        for (NodeId node : orbit.nodes) orbits_.push_back({{node}});
    }
  }

  [[nodiscard]] const std::vector<Orbit>& orbits() const { return orbits_; }

  // To be called before mark() whenever the slots are others: who stands where in the queues.
  void look_at_queues(std::span<const Slot> slots) {
    for (const NodeId id : queued_) place_[id] = 0;
    queued_.clear();
    for (const auto& crew : process_.wiring().crews) process_.queue_members(crew, slots, queued_);
    for (std::size_t i = 0; i < queued_.size(); ++i) place_[queued_[i]] = i + 1;
  }

  // What tells a node of an orbit from another: its phase, its place in a queue, and whether the mode is about it.
  [[nodiscard]] std::uint64_t mark(NodeId id, std::span<const Slot> slots) const {
    const auto& node = process_.wiring().nodes[id];
    const bool in_question = process_.node_in_question(process_.wiring().groups[node.group], slots) == id;
    return (std::uint64_t{slots[node.slot]} << 32U) | (place_[id] << 1U) | (in_question ? 1U : 0U);
  }

  void apply(std::span<Slot> slots) {
    const auto& wiring = process_.wiring();
    if (!wiring.crews.empty()) look_at_queues(slots);
    bool renamed = false;
    for (const Orbit& orbit : orbits_) {
      if (orbit.nodes.size() < 2) continue;
      const Group& group = wiring.groups[wiring.nodes[orbit.nodes[0]].group];
      marks_.clear();
      for (NodeId node : orbit.nodes) marks_.push_back(mark(node, slots));
      if (std::is_sorted(marks_.begin(), marks_.end())) continue;
      std::sort(marks_.begin(), marks_.end());
      for (std::size_t i = 0; i < marks_.size(); ++i) {
        slots[wiring.nodes[orbit.nodes[i]].slot] = static_cast<Slot>(marks_[i] >> 32U);
        if (marks_[i] % 2 == 1) process_.set_node_in_question(group, slots, orbit.nodes[i]);
        const std::uint64_t place = (marks_[i] & 0xFFFFFFFFU) >> 1U;
        if (place == 0) continue;
        renamed = renamed || queued_[place - 1] != orbit.nodes[i];
        queued_[place - 1] = orbit.nodes[i];
      }
    }
    if (renamed) write_queues(slots);
  }

 private:
  void write_queues(std::span<Slot> slots) {
    const auto& wiring = process_.wiring();
    lengths_.clear();
    for (const auto& crew : wiring.crews) {
      old_.clear();
      process_.queue_members(crew, slots, old_);
      lengths_.push_back(old_.size());
      for (const NodeId id : old_) slots[wiring.nodes[id].next_slot] = 0;
    }
    std::size_t from = 0;
    for (std::size_t c = 0; c < wiring.crews.size(); ++c) {
      process_.set_queue(wiring.crews[c], std::span(queued_).subspan(from, lengths_[c]), slots);
      from += lengths_[c];
    }
    // place_ is of the names before: look_at_queues() forgets those in queued_ only.
    std::fill(place_.begin(), place_.end(), 0);
    queued_.clear();
  }

  const Process& process_;
  std::vector<Orbit> orbits_;
  std::vector<std::uint64_t> marks_;
  std::vector<std::uint64_t> place_;  // by node: 1 + where it stands, over all queues, or 0
  std::vector<NodeId> queued_, old_;  // over all queues
  std::vector<std::size_t> lengths_;
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
        key_(packing_.words()),
        source_(process.start()) {}

  tl::expected<StateSpace, TooLarge> run() {
    Chain chain;
    chain.row_begin.push_back(0);
    index_of(source_.slots);
    for (StateIndex from = 0; from < found_.size(); ++from) {
      packing_.unpack(found_.key(from), source_.slots);
      process_.look(source_.slots, {}, source_.signals);
      row_.clear();
      collect();
      merge_row(from);
      for (const Successor& s : row_) {
        chain.target.push_back(s.target);
        chain.rate.push_back(s.rate);
      }
      chain.row_begin.push_back(chain.target.size());
      if (found_.size() > limits_.states) return tl::unexpected(TooLarge{TooLarge::What::states, limits_.states});
      const std::uint64_t bytes =
          found_.size() * (8 * packing_.words() + 16 + 2 * source_.slots.size()) + chain.target.size() * 12;
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
    if (!process_.wiring().crews.empty()) canonical_.look_at_queues(source_.slots);
    for (const Orbit& orbit : canonical_.orbits()) {
      for (std::size_t i = 0; i < orbit.nodes.size();) {
        std::size_t same = i + 1;
        if (orbit.nodes.size() > 1) {
          const auto mark = canonical_.mark(orbit.nodes[i], source_.slots);
          while (same < orbit.nodes.size() && canonical_.mark(orbit.nodes[same], source_.slots) == mark) ++same;
        }
        play_all(process_.running_of_node(orbit.nodes[i], source_), static_cast<double>(same - i));
        i = same;
        // Playing has renamed the nodes of other states.
        if (!process_.wiring().crews.empty()) canonical_.look_at_queues(source_.slots);
      }
    }
    for (process::GroupId g = 0; g < process_.wiring().groups.size(); ++g)
      play_all(process_.running_of_group(g, source_), 1);
  }

  void play_all(const Running& running, double times) {
    for (std::uint32_t i = 0; i < running.count; ++i) {
      const Law& law = process_.wiring().activities[running.first + i].law;
      if (!law.is_never()) play(running.first + i, times * running.speed / law.mean_h);
    }
  }

  void play(process::ActivityId activity, double rate) {
    chooser_.begin_event();
    do {
      target_.slots = source_.slots;
      target_.signals = source_.signals;
      process_.fire(activity, target_, chooser_);
      const double probability = chooser_.probability();
      if (probability > 0) row_.push_back({index_of(target_.slots), rate * probability});
    } while (chooser_.next());
  }

  StateIndex index_of(std::vector<Slot>& slots) {
    canonical_.apply(slots);
    packing_.pack(slots, key_.data());
    return found_.insert(key_.data()).index;
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
  std::vector<std::uint64_t> key_;
  State source_, target_;
  ScriptedChooser chooser_;
  std::vector<Successor> row_;
};

}  // namespace

tl::expected<StateSpace, TooLarge> explore(const Process& process, const ExploreLimits& limits) {
  return Explorer(process, limits).run();
}

}  // namespace nines::markov
